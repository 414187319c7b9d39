import { partitionOf } from "../../core/partition.js";
import type { Path } from "../../environment/path.js";
import type { CellOutputs, Side } from "./cell.js";
import type { KnownName } from "./names.js";

export const sides = ["primary", "recovery"] as const satisfies readonly Side[];

/** Every name and ARN of a cell that follows from its environment, account and Regions. */
export function cellNames(environment: string, cell: CellOutputs, at: Path): readonly KnownName[] {
  const prefix = `${environment}-${cell.name}`;
  const ofSides = sides.flatMap((side) => {
    const region = cell.regions[side];
    const arn = (service: string, resource: string) =>
      `arn:${partitionOf(region)}:${service}:${region}:${cell.account}:${resource}`;
    return [
      ...watching(cell, side, { prefix, arn, at }),
      ...computing(cell, side, { prefix, arn, at }),
      ...databases(cell, side, { prefix, region, arn, at }),
      ...stores(cell, side, { prefix, region, arn, at }),
    ];
  });
  return [...common(cell, prefix, at), ...ofSides];
}

/** What bears one name in both Regions. */
function common(
  { account, regions, auroraDatabases, tables, secrets, backupVault, backupRoles }: CellOutputs,
  prefix: string,
  at: Path,
): readonly KnownName[] {
  return [
    ...auroraDatabases.map(({ name, globalClusterIdentifier }, index) => ({
      path: [...at, "auroraDatabases", index, "globalClusterIdentifier"],
      value: globalClusterIdentifier,
      expected: `${prefix}-${name}`,
    })),
    ...tables.map(({ name, tableName }, index) => ({
      path: [...at, "tables", index, "tableName"],
      value: tableName,
      expected: `${prefix}-${name}`,
    })),
    ...secrets.map(({ name, secretName }, index) => ({
      path: [...at, "secrets", index, "secretName"],
      value: secretName,
      expected: `${prefix}-${name}`,
    })),
    ...(backupVault === undefined
      ? []
      : [
          {
            path: [...at, "backupVault"],
            value: backupVault,
            expected: `${prefix}-backups`,
          },
        ]),
    ...(["backUp", "restore"] as const).flatMap((key) =>
      backupRoles === undefined
        ? []
        : [
            {
              path: [...at, "backupRoles", key],
              value: backupRoles[key],
              expected: `arn:${partitionOf(regions.primary)}:iam::${account}:role/${prefix}-backups-${key === "backUp" ? "backup" : "restore"}`,
            },
          ],
    ),
  ];
}

interface Naming {
  readonly prefix: string;
  readonly arn: (service: string, resource: string) => string;
  readonly at: Path;
}

interface RegionalNaming extends Naming {
  readonly region: string;
}

function watching(
  { topicArns, watch, traffic, account, regions }: CellOutputs,
  side: Side,
  { prefix, arn, at }: Naming,
): readonly KnownName[] {
  const other = regions[side === "primary" ? "recovery" : "primary"];
  const topic = { path: [...at, "topicArns", side], value: topicArns[side] };
  const decision = { path: [...at, "watch", "decisionAlarmArns", side] };
  const flag = { path: [...at, "traffic", "flags", side] };
  const { flags } = traffic ?? {};
  return [
    { ...topic, expected: arn("sns", `${prefix}-alarms`) },
    ...(watch
      ? [
          {
            ...decision,
            value: watch.decisionAlarmArns[side],
            expected: arn("cloudwatch", `alarm:${prefix}-decide-on-${other}`),
          },
        ]
      : []),
    ...(flags
      ? [
          {
            ...flag,
            value: flags[side],
            expected: `s3://${prefix}-flag-${regions[side]}-${account}/take-over`,
          },
        ]
      : []),
  ];
}

function computing(
  { services, clusters }: CellOutputs,
  side: Side,
  { prefix, at }: Naming,
): readonly KnownName[] {
  const ofServices = services.flatMap(({ name, ...service }, index) => {
    const made = service[side];
    const whole = `${prefix}-${name}`;
    if (made === undefined) return [];
    const path = [...at, "services", index, side];
    return [
      { path: [...path, "clusterName"], value: made.clusterName, expected: whole },
      { path: [...path, "serviceName"], value: made.serviceName, expected: whole },
      {
        path: [...path, "scalableResourceId"],
        value: made.scalableResourceId,
        expected: `service/${whole}/${whole}`,
      },
    ];
  });
  const ofClusters = clusters.flatMap(({ name, ...cluster }, index) => {
    const { clusterName, nodeGroupName } = cluster[side];
    const whole = `${prefix}-${name}`;
    const path = [...at, "clusters", index, side];
    return [
      { path: [...path, "clusterName"], value: clusterName, expected: whole },
      { path: [...path, "nodeGroupName"], value: nodeGroupName, expected: `${whole}-nodes` },
    ];
  });
  return [...ofServices, ...ofClusters];
}

function databases(
  { auroraDatabases, replicatedDatabases, caches }: CellOutputs,
  side: Side,
  { prefix, region, arn, at }: RegionalNaming,
): readonly KnownName[] {
  const member = (name: string) => `${prefix}-${name}-${region}`;
  return [
    ...auroraDatabases.flatMap(({ name, members }, index) => {
      const path = [...at, "auroraDatabases", index, "members", side];
      const { clusterIdentifier, clusterArn } = members[side];
      const expected = arn("rds", `cluster:${member(name)}`);
      return [
        { path: [...path, "clusterIdentifier"], value: clusterIdentifier, expected: member(name) },
        { path: [...path, "clusterArn"], value: clusterArn, expected },
      ];
    }),
    ...replicatedDatabases.flatMap(({ name, instances }, index) => {
      const path = [...at, "replicatedDatabases", index, "instances", side];
      const { identifier, instanceArn } = instances[side];
      const expected = arn("rds", `db:${member(name)}`);
      return [
        { path: [...path, "identifier"], value: identifier, expected: member(name) },
        { path: [...path, "instanceArn"], value: instanceArn, expected },
      ];
    }),
    ...caches.map(({ name, members }, index) => ({
      path: [...at, "caches", index, "members", side, "replicationGroupId"],
      value: members[side].replicationGroupId,
      expected: member(name),
    })),
  ];
}

function stores(
  { account, buckets, queues }: CellOutputs,
  side: Side,
  { prefix, region, arn, at }: RegionalNaming,
): readonly KnownName[] {
  return [
    ...buckets.map(({ name, bucketNames }, index) => ({
      path: [...at, "buckets", index, "bucketNames", side],
      value: bucketNames[side],
      expected: `${prefix}-${name}-${account}-${region}`,
    })),
    ...queues.flatMap(({ name, queueArns, queueUrls }, index) => [
      {
        path: [...at, "queues", index, "queueArns", side],
        value: queueArns[side],
        expected: arn("sqs", `${prefix}-${name}`),
      },
      {
        path: [...at, "queues", index, "queueUrls", side],
        value: queueUrls[side],
        expected: `https://sqs.${region}.amazonaws.com/${account}/${prefix}-${name}`,
      },
    ]),
  ];
}
