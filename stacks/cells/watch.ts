import type { Output } from "@pulumi/pulumi";
import { type CellTopics, CellWatch, type WatchedBuckets } from "../../components/index.js";
import type { CellDeclaration } from "../../runtime/environment/schema.js";
import { sides } from "../../runtime/environment/schema.js";
import type { DeployedCompute } from "./compute.js";
import type { CellContext } from "./context.js";
import type { DeployedDatabases } from "./databases.js";

/** What a cell's watch looks at. */
export interface WatchedParts {
  readonly topics: CellTopics;
  readonly compute: DeployedCompute;
  readonly databases: DeployedDatabases;
}

/** The alarms of each Region about the other one; none where the file declares no watch. */
export function deployWatch(
  { declaration, cell, options }: CellContext,
  { topics, compute, databases }: WatchedParts,
): CellWatch | undefined {
  const { name, watch, regions, tables } = declaration;
  if (watch === undefined) return undefined;
  const { canaries, ...thresholds } = watch;
  const lagAlarms = perRegion(declaration, (region) => lagAlarmsIn(databases, region));
  const loadBalancers = loadBalancersOf(declaration, compute);
  return new CellWatch(
    `${name}-watch`,
    {
      ...thresholds,
      cell,
      topicArns: topics.topicArns,
      canaries: { [regions.primary]: canaries.primary, [regions.recovery]: canaries.recovery },
      lagAlarms,
      tables: tables
        .filter(({ consistency }) => consistency === "eventual")
        .map((table) => `${cell.environment}-${cell.name}-${table.name}`),
      buckets: watchedBuckets(declaration, cell.environment),
      ...(loadBalancers && { loadBalancers }),
    },
    options,
  );
}

function perRegion<T>({ regions }: CellDeclaration, make: (region: string) => T) {
  return Object.fromEntries(sides.map((side) => [regions[side], make(regions[side])]));
}

function lagAlarmsIn(databases: DeployedDatabases, region: string): Output<string>[] {
  const { auroraDatabases, replicatedDatabases, caches } = databases;
  return [
    ...[...auroraDatabases.values()].map(({ members }) => members[region]?.lagAlarmArn),
    ...[...replicatedDatabases.values()].map(({ instances }) => instances[region]?.lagAlarmArn),
    ...[...caches.values()].map(({ members }) => members[region]?.lagAlarmArn),
  ].filter((arn) => arn !== undefined);
}

/** Both directions of each bucket, by the rule that copies everything. */
function watchedBuckets(
  { name, account, regions, buckets }: CellDeclaration,
  environment: string,
): readonly WatchedBuckets[] {
  return buckets.flatMap((bucket) => {
    const inRegion = (region: string) =>
      `${environment}-${name}-${bucket.name}-${account}-${region}`;
    const [one, other] = [inRegion(regions.primary), inRegion(regions.recovery)];
    return [
      { sourceBucket: one, destinationBucket: other, ruleId: "everything" },
      { sourceBucket: other, destinationBucket: one, ruleId: "everything" },
    ];
  });
}

/** The load balancers of the first record's service, whose errors are watched. */
function loadBalancersOf({ traffic, regions }: CellDeclaration, { services }: DeployedCompute) {
  const service = services.get(traffic?.records[0]?.service ?? "");
  const primary = service?.[regions.primary]?.loadBalancerArnSuffix;
  const recovery = service?.[regions.recovery]?.loadBalancerArnSuffix;
  if (primary === undefined || recovery === undefined) return undefined;
  return { [regions.primary]: primary, [regions.recovery]: recovery };
}
