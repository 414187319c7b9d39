import { describe, expect, it } from "vitest";
import { estimate } from "../../../runtime/core/cost/estimate.js";
import { type Costed, lines, resource } from "./costed.js";

const cases: readonly (readonly [string, Costed, readonly string[]])[] = [
  ["an EKS cluster", { type: "aws:eks/cluster:Cluster" }, ["control plane 1 $73.00"]],
  [
    "a node group with its nodes and their disks",
    {
      type: "aws:eks/nodeGroup:NodeGroup",
      props: { instanceTypes: ["m6i.xlarge"], scalingConfig: { desiredSize: 2, maxSize: 24 } },
    },
    ["m6i.xlarge instances 2 $280.32", "GiB of node disks 40 $3.20"],
  ],
  [
    "an instance of a small size",
    { type: "aws:ec2/instance:Instance", props: { instanceType: "t3.small" } },
    ["t3.small instances 1 $15.18"],
  ],
  [
    "gateways and addresses of a network, one in each zone",
    {
      type: "awsx:ec2:Vpc",
      props: { availabilityZoneNames: ["a", "b", "c"], natGateways: { strategy: "OnePerAz" } },
    },
    ["NAT gateways 3 $98.55", "public addresses 3 $10.95"],
  ],
  [
    "the one gateway of a network that has one",
    { type: "awsx:ec2:Vpc", props: { natGateways: { strategy: "Single" } } },
    ["NAT gateways 1 $32.85", "public addresses 1 $3.65"],
  ],
  [
    "no gateway where there is none",
    { type: "awsx:ec2:Vpc", props: { natGateways: { strategy: "None" } } },
    [],
  ],
  [
    "an interface endpoint in each zone",
    {
      type: "aws:ec2/vpcEndpoint:VpcEndpoint",
      props: { vpcEndpointType: "Interface", subnetIds: ["a", "b", "c"] },
    },
    ["interface endpoints, a zone each 3 $21.90"],
  ],
  [
    "no gateway endpoint",
    { type: "aws:ec2/vpcEndpoint:VpcEndpoint", props: { vpcEndpointType: "Gateway" } },
    [],
  ],
  [
    "a public load balancer with its addresses",
    { type: "aws:lb/loadBalancer:LoadBalancer", props: { subnets: ["a", "b", "c"] } },
    ["application load balancers 1 $16.43", "public addresses 3 $10.95"],
  ],
  [
    "an internal load balancer without any",
    { type: "aws:lb/loadBalancer:LoadBalancer", props: { subnets: ["a", "b"], internal: true } },
    ["application load balancers 1 $16.43"],
  ],
  [
    "an attachment of a transit gateway",
    { type: "aws:ec2transitgateway/vpcAttachment:VpcAttachment" },
    ["attachments 1 $36.50"],
  ],
  [
    "a database in two zones, with its storage in both",
    {
      type: "aws:rds/instance:Instance",
      props: {
        engine: "postgres",
        instanceClass: "db.r5.4xlarge",
        multiAz: true,
        allocatedStorage: 2_000,
        storageType: "gp3",
      },
    },
    ["db.r5.4xlarge instances of postgres 2 $2920.00", "GiB of gp3 storage 4000 $460.00"],
  ],
  [
    "an instance of a cluster, in Frankfurt",
    {
      type: "aws:rds/clusterInstance:ClusterInstance",
      region: "eu-central-1",
      props: { engine: "aurora-postgresql", instanceClass: "db.r6g.large" },
    },
    ["db.r6g.large instances of aurora-postgresql 1 $228.49"],
  ],
  [
    "each node of each shard of a cache",
    {
      type: "aws:elasticache/replicationGroup:ReplicationGroup",
      props: {
        engine: "valkey",
        nodeType: "cache.r7g.large",
        numNodeGroups: 3,
        replicasPerNodeGroup: 2,
      },
    },
    ["cache.r7g.large nodes of valkey 9 $1151.06"],
  ],
  ["a key", { type: "aws:kms/key:Key" }, ["keys 1 $1.00"]],
  [
    "a secret and each of its replicas",
    { type: "aws:secretsmanager/secret:Secret", props: { replicas: [{ region: "us-west-2" }] } },
    ["secrets and replicas 2 $0.80"],
  ],
  ["a zone", { type: "aws:route53/zone:Zone" }, ["hosted zones 1 $0.50"]],
  [
    "a check of an endpoint of AWS, over TLS every ten seconds",
    {
      type: "aws:route53/healthCheck:HealthCheck",
      props: { type: "HTTPS", fqdn: "api.us-east-1.elb.amazonaws.com", requestInterval: 10 },
    },
    ["health checks 1 $0.50", "features of health checks 2 $2.00"],
  ],
  [
    "a check of another endpoint",
    {
      type: "aws:route53/healthCheck:HealthCheck",
      props: { type: "HTTP", fqdn: "api.shop.example" },
    },
    ["health checks 1 $0.75"],
  ],
  [
    "a cluster of routing controls",
    { type: "aws:route53recoverycontrol/cluster:Cluster" },
    ["routing control clusters 1 $1825.00"],
  ],
  [
    "an accelerator",
    { type: "aws:globalaccelerator/accelerator:Accelerator" },
    ["accelerators 1 $18.25"],
  ],
  ["an alarm", { type: "aws:cloudwatch/metricAlarm:MetricAlarm" }, ["alarm metrics 1 $0.10"]],
  [
    "each metric of an alarm by an expression, and those of high resolution apart",
    {
      type: "aws:cloudwatch/metricAlarm:MetricAlarm",
      props: {
        metricQueries: [
          { id: "e", expression: "a/b" },
          { id: "a", metric: { period: 60 } },
          { id: "b", metric: { period: 10 } },
        ],
      },
    },
    ["alarm metrics 1 $0.10", "alarm metrics of high resolution 1 $0.30"],
  ],
  [
    "a composite alarm",
    { type: "aws:cloudwatch/compositeAlarm:CompositeAlarm" },
    ["composite alarms 1 $0.50"],
  ],
  ["a dashboard", { type: "aws:cloudwatch/dashboard:Dashboard" }, ["dashboards 1 $3.00"]],
  [
    "each run of a canary that runs every five minutes",
    {
      type: "aws:synthetics/canary:Canary",
      props: { schedule: { expression: "rate(5 minutes)" } },
    },
    ["runs of canaries 8760 $10.51"],
  ],
  [
    "no run of a canary whose schedule does not tell how often",
    {
      type: "aws:synthetics/canary:Canary",
      props: { schedule: { expression: "cron(0 9 * * ? *)" } },
    },
    [],
  ],
  [
    "the servers of each lane",
    {
      type: "aws-dr:recovery:SpokeAccount",
      props: {
        lanes: [
          { region: "us-east-1", declaredServers: 250 },
          { region: "us-west-1", declaredServers: 10 },
        ],
      },
    },
    ["replicating servers 250 $5110.00", "replicating servers 10 $204.40"],
  ],
];

describe("an estimate", () => {
  it.each(cases)("prices %s", (_what, shown, expected) => {
    expect(lines(resource(shown))).toEqual(expected);
    expect(estimate([resource(shown)]).unpriced).toEqual([]);
  });
});
