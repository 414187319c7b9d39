import type { CostedResource } from "../../runtime/core/cost/resources.js";

type Resource = readonly [type: string, props: Readonly<Record<string, unknown>>];

/** A Region of a cell, and what stands in it. */
interface RegionEstate {
  readonly region: string;
  readonly primaryRegion: string;
  readonly recoveryRegion: string;
  readonly resources: readonly Resource[];
}

const zones = ["a", "b", "c"];
const endpointsOfARegion = 7;

const endpoint: Resource = [
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  { vpcEndpointType: "Interface", subnetIds: zones },
];

const network: readonly Resource[] = [
  ["awsx:ec2:Vpc", { availabilityZoneNames: zones, natGateways: { strategy: "OnePerAz" } }],
  ...Array.from({ length: endpointsOfARegion }, () => endpoint),
  ["aws:ec2transitgateway/vpcAttachment:VpcAttachment", {}],
  ["aws:ec2transitgateway/peeringAttachment:PeeringAttachment", {}],
];

const balancer: Resource = ["aws:lb/loadBalancer:LoadBalancer", { subnets: zones }];

function database(instanceClass: string, allocatedStorage: number): readonly Resource[] {
  const props = { engine: "postgres", instanceClass, multiAz: true, allocatedStorage };
  return [["aws:rds/instance:Instance", { ...props, storageType: "gp3" }]];
}

/** Three shards of a writer and two readers. */
function cache(nodeType: string): Resource {
  const props = { engine: "redis", nodeType, numNodeGroups: 3, replicasPerNodeGroup: 2 };
  return ["aws:elasticache/replicationGroup:ReplicationGroup", props];
}

/** Tasks of two virtual CPUs and four GiB, of which none of the documents says the size. */
function tasks(desiredCount: number, maxCapacity: number): readonly Resource[] {
  return [
    ["aws:ecs/taskDefinition:TaskDefinition", { cpu: "2048", memory: "4096" }],
    ["aws:ecs/service:Service", { name: "api", desiredCount }],
    ["aws:appautoscaling/target:Target", { resourceId: "service/api/api", maxCapacity }],
  ];
}

function nodes(desiredSize: number, maxSize: number): readonly Resource[] {
  return [
    ["aws:eks/cluster:Cluster", {}],
    [
      "aws:eks/nodeGroup:NodeGroup",
      { instanceTypes: ["m7i.xlarge"], scalingConfig: { desiredSize, maxSize } },
    ],
  ];
}

/**
 * The multi-Region exercise: 20 tasks in the US and 10 in the EU that may become 100 and 50, two
 * load balancers and db.r5.4xlarge with 2 TB in two zones in both, a cache of three shards with two
 * replicas each. It names no cache node: cache.r6g.large here.
 */
export const multiRegionExercise: readonly CostedResource[] = ["us-east-1", "eu-west-1"].flatMap(
  (region) =>
    registered({
      region,
      primaryRegion: "us-east-1",
      recoveryRegion: "eu-west-1",
      resources: [
        ...network,
        balancer,
        balancer,
        ...(region === "us-east-1" ? tasks(20, 100) : tasks(10, 50)),
        ...database("db.r5.4xlarge", 2_048),
        cache("cache.r6g.large"),
      ],
    }),
);

/**
 * The pilot light: production on 12 nodes in one Region, a cluster with 2 in the other that may become
 * 24, and the same database and network in both. Its document gives no numbers; these are of
 * `examples/pilot-light`.
 */
export const pilotLight: readonly CostedResource[] = ["us-east-1", "us-west-2"].flatMap((region) =>
  registered({
    region,
    primaryRegion: "us-east-1",
    recoveryRegion: "us-west-2",
    resources: [
      ...network,
      balancer,
      ...(region === "us-east-1" ? nodes(12, 24) : nodes(2, 24)),
      ...database("db.r6g.2xlarge", 500),
    ],
  }),
);

/** The resources as a program would register them, within one component of the cell. */
function registered(estate: RegionEstate): readonly CostedResource[] {
  const { region, primaryRegion, recoveryRegion, resources } = estate;
  const named = (type: string, index: number) =>
    `urn:pulumi:docs::docs::${type}::${region}-${index}`;
  const cell: CostedResource = {
    urn: named("docs:index:Region", 0),
    type: "docs:index:Region",
    name: region,
    props: { environment: "docs", cell: "one", primaryRegion, recoveryRegion },
    dependenciesOf: () => [],
  };
  const made = resources.map(
    ([type, props], index): CostedResource => ({
      urn: named(type, index),
      type,
      name: `${region}-${index}`,
      region,
      parent: cell.urn,
      props,
      dependenciesOf: (property) =>
        property === "taskDefinition" ? taskDefinitions(resources, named) : [],
    }),
  );
  return [cell, ...made];
}

function taskDefinitions(
  resources: readonly Resource[],
  named: (type: string, index: number) => string,
): readonly string[] {
  return resources.flatMap(([type], index) =>
    type === "aws:ecs/taskDefinition:TaskDefinition" ? [named(type, index)] : [],
  );
}
