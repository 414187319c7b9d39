import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { notYetKnown } from "../../../runtime/core/cells/edges/values.js";
import { estimate } from "../../../runtime/core/cost/estimate.js";
import { lines, resource } from "./costed.js";

const golden = "test/components/golden";
const registeredTypes = readdirSync(golden).flatMap((file) =>
  readFileSync(`${golden}/${file}`, "utf8").match(/^aws\S*/gm),
);

describe("an estimate", () => {
  it("knows every type that a component of this package registers", () => {
    const resources = registeredTypes.map((type, index) =>
      resource({ type: type ?? "", name: `one-${index}` }),
    );
    const unknown = estimate(resources).unpriced.filter(({ why }) => why === "type-not-known");
    expect(registeredTypes.length).toBeGreaterThan(300);
    expect(unknown.map(({ type }) => type)).toEqual([]);
  });

  it("names a type of AWS that it does not know, and leaves types of others alone", () => {
    const resources = [
      resource({ type: "aws:msk/cluster:Cluster" }),
      resource({ type: "shop:index:Checkout" }),
      resource({ type: "random:index/randomId:RandomId" }),
    ];
    expect(estimate(resources).unpriced).toEqual([
      {
        urn: resources[0]?.urn,
        type: "aws:msk/cluster:Cluster",
        what: "aws:msk/cluster:Cluster",
        why: "type-not-known",
      },
    ]);
  });

  it.each([
    [
      "another Region",
      { type: "aws:ec2/natGateway:NatGateway", region: "sa-east-1" },
      "VPC: NAT gateways in sa-east-1",
    ],
    [
      "another instance",
      { type: "aws:ec2/instance:Instance", props: { instanceType: "p5.48xlarge" } },
      "EC2: p5.48xlarge instances in us-east-1",
    ],
    [
      "another engine",
      {
        type: "aws:rds/clusterInstance:ClusterInstance",
        props: { engine: "aurora-mysql", instanceClass: "db.r6g.large" },
      },
      "Aurora: db.r6g.large instances of aurora-mysql in us-east-1",
    ],
    [
      "a check of another kind",
      { type: "aws:route53/healthCheck:HealthCheck", props: { type: "RECOVERY_CONTROL" } },
      "Route 53: health checks of type RECOVERY_CONTROL",
    ],
    [
      "another tier of parameters",
      { type: "aws:ssm/parameter:Parameter", props: { tier: "Intelligent-Tiering" } },
      "Systems Manager: parameters of tier Intelligent-Tiering in us-east-1",
    ],
    [
      "servers that nobody has counted",
      { type: "aws-dr:recovery:SpokeAccount", props: { lanes: [{ region: "us-west-2" }] } },
      "DRS: replicating servers in us-west-2",
    ],
  ] as const)("tells that the table holds no price of %s", (_what, shown, what) => {
    const { lines: priced, unpriced } = estimate([resource(shown)]);
    expect(priced).toEqual([]);
    expect(unpriced).toMatchObject([{ what, why: "no-price" }]);
  });

  it("tells which property it would need to know before the deployment", () => {
    const database = resource({
      type: "aws:rds/instance:Instance",
      props: { engine: "postgres", instanceClass: notYetKnown, allocatedStorage: 20 },
    });
    const { lines: priced, unpriced } = estimate([database]);
    expect(priced).toEqual([]);
    expect(unpriced).toMatchObject([{ what: "instanceClass", why: "not-known-yet" }]);
  });

  it("needs to know every lane of an account to count its servers", () => {
    const account = resource({
      type: "aws-dr:recovery:SpokeAccount",
      props: { lanes: [{ region: "us-east-1", declaredServers: 10 }, notYetKnown] },
    });
    const { lines: priced, unpriced } = estimate([account]);
    expect(priced).toEqual([]);
    expect(unpriced).toMatchObject([{ what: "lanes", why: "not-known-yet" }]);
  });

  it("takes parameters of the standard tier and stages without a cache for free", () => {
    const { lines: priced, unpriced } = estimate([
      resource({ type: "aws:ssm/parameter:Parameter" }),
      resource({ type: "aws:apigateway/stage:Stage" }),
    ]);
    expect([...priced, ...unpriced]).toEqual([]);
  });

  it("lists what is charged by use once for each Region, with its price", () => {
    const logs = (name: string, region: string) =>
      resource({ type: "aws:cloudwatch/logGroup:LogGroup", name, region });
    const { byUse } = estimate([
      logs("a", "us-west-2"),
      logs("b", "us-west-2"),
      logs("c", "eu-west-1"),
    ]);
    expect(byUse).toEqual([
      { service: "CloudWatch", what: "logs kept", region: "eu-west-1", resources: 1 },
      {
        service: "CloudWatch",
        what: "logs kept",
        region: "us-west-2",
        resources: 2,
        dollars: 0.03,
        per: "GiB a month",
      },
      { service: "CloudWatch", what: "logs taken in", region: "eu-west-1", resources: 1 },
      {
        service: "CloudWatch",
        what: "logs taken in",
        region: "us-west-2",
        resources: 2,
        dollars: 0.5,
        per: "GiB",
      },
    ]);
  });

  it("counts the gateways of a network once where they are registered too", () => {
    const vpc = resource({ type: "awsx:ec2:Vpc" });
    const gateway = {
      ...resource({ type: "aws:ec2/natGateway:NatGateway" }),
      urn: "urn:pulumi:test::shop::awsx:ec2:Vpc$aws:ec2/natGateway:NatGateway::one",
    };
    expect(lines(vpc, gateway)).toEqual(["NAT gateways 1 $32.85"]);
  });

  it("takes the zones of the network behind subnets that are not known yet", () => {
    const { region: _none, ...vpc } = resource({
      type: "awsx:ec2:Vpc",
      props: {
        region: "eu-west-1",
        availabilityZoneNames: ["a", "b"],
        natGateways: { strategy: "None" },
      },
    });
    const endpoint = resource({
      type: "aws:ec2/vpcEndpoint:VpcEndpoint",
      props: { vpcEndpointType: "Interface", subnetIds: notYetKnown },
      madeOf: { subnetIds: vpc },
    });
    const balancer = resource({
      type: "aws:lb/loadBalancer:LoadBalancer",
      props: { subnets: notYetKnown },
      madeOf: { subnets: vpc },
    });
    expect(lines(vpc, endpoint, balancer)).toEqual([
      "interface endpoints, a zone each 2 $14.60",
      "application load balancers 1 $16.43",
      "public addresses 2 $7.30",
    ]);
  });

  it("takes a name that is not known yet for one of AWS where a service of AWS gives it", () => {
    const api = resource({ type: "aws:apigateway/restApi:RestApi" });
    const check = resource({
      type: "aws:route53/healthCheck:HealthCheck",
      props: { type: "HTTPS", fqdn: notYetKnown },
      madeOf: { fqdn: api },
    });
    expect(lines(api, check)).toEqual([
      "health checks 1 $0.50",
      "features of health checks 1 $1.00",
    ]);
  });

  it("places the gateways of a network where the network is told to be", () => {
    const { region: _none, ...vpc } = resource({
      type: "awsx:ec2:Vpc",
      props: { region: "eu-central-1", natGateways: { strategy: "Single" } },
    });
    expect(lines(vpc)).toEqual(["NAT gateways 1 $37.96", "public addresses 1 $3.65"]);
  });

  it("takes engine and storage of a replica from its source", () => {
    const source = resource({
      type: "aws:rds/instance:Instance",
      name: "source",
      props: {
        identifier: "shop",
        engine: "postgres",
        instanceClass: "db.m6g.large",
        allocatedStorage: 100,
        storageType: "gp3",
      },
    });
    const replica = resource({
      type: "aws:rds/instance:Instance",
      name: "replica",
      region: "eu-central-1",
      props: {
        replicateSourceDb: "arn:aws:rds:us-east-1:1:db:shop",
        instanceClass: "db.m6g.large",
        storageType: "gp3",
      },
    });
    expect(lines(source, replica).slice(2)).toEqual([
      "db.m6g.large instances of postgres 1 $137.97",
      "GiB of gp3 storage 100 $13.70",
    ]);
  });

  it("names the disks of nodes whose launch template says how large they are", () => {
    const { byUse } = estimate([
      resource({
        type: "aws:eks/nodeGroup:NodeGroup",
        props: { instanceTypes: ["m6i.xlarge"], launchTemplate: { version: "1" } },
      }),
    ]);
    expect(byUse.map(({ service, what }) => [service, what])).toEqual([
      ["EKS", "disks of launch templates"],
    ]);
  });

  it("takes nodes and shards of a datastore's other member from its primary", () => {
    const type = "aws:elasticache/replicationGroup:ReplicationGroup";
    const primary = resource({
      type,
      name: "primary",
      props: {
        replicationGroupId: "one",
        engine: "redis",
        nodeType: "cache.r6g.large",
        numNodeGroups: 2,
        replicasPerNodeGroup: 1,
      },
    });
    const datastore = resource({
      type: "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup",
      props: { primaryReplicationGroupId: "one" },
    });
    const other = resource({
      type,
      name: "other",
      region: "eu-west-1",
      props: { replicasPerNodeGroup: 1 },
      madeOf: { globalReplicationGroupId: datastore },
    });
    expect(lines(primary, datastore, other).at(-1)).toBe(
      "cache.r6g.large nodes of redis 4 $668.68",
    );
  });
});
