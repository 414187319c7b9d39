import type { Output } from "@pulumi/pulumi";
import {
  CellCanary,
  type CellKey,
  type CellTopics,
  CellWatch,
  ReplicationDashboard,
} from "../../components/index.js";
import { type CellDeclaration, sides } from "../../runtime/environment/schema.js";
import type { DeployedCompute } from "./compute.js";
import type { CellContext } from "./context.js";
import type { DeployedDatabases } from "./databases.js";
import { namesOf } from "./named.js";
import type { DeployedStores } from "./stores.js";

/** What a cell's watch looks at. */
export interface WatchedParts {
  readonly storesKey: CellKey;
  readonly topics: CellTopics;
  readonly stores: DeployedStores;
  readonly compute: DeployedCompute;
  readonly databases: DeployedDatabases;
}

/** What tells of a cell: who asks the other Region, the alarms, and the page that shows it all. */
export interface DeployedWatch {
  readonly canary: CellCanary;
  readonly alarms: CellWatch;
  readonly dashboard: ReplicationDashboard;
}

/** The alarms of each Region about the other one; nothing where the file declares no watch. */
export function deployWatch(
  { declaration, cell, options }: CellContext,
  { storesKey, topics, stores, compute, databases }: WatchedParts,
): DeployedWatch | undefined {
  const { name, watch, regions, tables, buckets, queues } = declaration;
  if (watch === undefined) return undefined;
  const { healthUrls, lagSeconds, backlogSeconds, ...thresholds } = watch;
  const canary = new CellCanary(
    `${name}-canary`,
    {
      cell,
      keyArns: storesKey.keyArns,
      healthUrls: {
        [regions.primary]: healthUrls.primary,
        [regions.recovery]: healthUrls.recovery,
      },
    },
    options,
  );
  const loadBalancers = loadBalancersOf(declaration, compute);
  const watched = {
    cell,
    canaries: canary.canaries,
    ...(loadBalancers && { loadBalancers }),
  };
  const lagAlarms = perRegion(declaration, (region) => lagAlarmsIn(stores, databases, region));
  const alarms = new CellWatch(
    `${name}-watch`,
    {
      ...watched,
      ...thresholds,
      topicArns: topics.topicArns,
      lagAlarms,
    },
    options,
  );
  const dashboard = new ReplicationDashboard(
    `${name}-dashboard`,
    {
      ...watched,
      decisionAlarmArns: alarms.decisionAlarmArns,
      lagAlarmArns: lagAlarms,
      lagSeconds,
      backlogSeconds,
      databases: namesOf(declaration.auroraDatabases),
      replicas: namesOf(declaration.replicatedDatabases),
      caches: declaration.caches.map(({ name: cache, shards, replicasPerShard }) => ({
        name: cache,
        shards,
        replicasPerShard,
      })),
      tables: namesOf(tables.filter(({ replicated }) => replicated)),
      buckets: namesOf(buckets),
      queues: namesOf(queues),
    },
    options,
  );
  return { canary, alarms, dashboard };
}

function perRegion<T>({ regions }: CellDeclaration, make: (region: string) => T) {
  return Object.fromEntries(sides.map((side) => [regions[side], make(regions[side])]));
}

/** Every alarm by which a store of the cell says, in a Region, that its copy is late. */
function lagAlarmsIn(
  { tables, buckets }: DeployedStores,
  { auroraDatabases, replicatedDatabases, caches }: DeployedDatabases,
  region: string,
): Output<string>[] {
  const stores = [...tables.values(), ...buckets.values()];
  return [
    ...stores.flatMap(({ lagAlarmArns }) => lagAlarmArns[region]),
    ...[...auroraDatabases.values()].map(({ members }) => members[region]?.lagAlarmArn),
    ...[...replicatedDatabases.values()].map(({ instances }) => instances[region]?.lagAlarmArn),
    ...[...caches.values()].map(({ members }) => members[region]?.lagAlarmArn),
  ].filter((arn) => arn !== undefined);
}

/** The load balancers of the first record's service, whose errors are watched. */
function loadBalancersOf({ traffic, regions }: CellDeclaration, { services }: DeployedCompute) {
  const service = services.get(traffic?.records[0]?.service ?? "");
  const primary = service?.[regions.primary]?.loadBalancerArnSuffix;
  const recovery = service?.[regions.recovery]?.loadBalancerArnSuffix;
  if (primary === undefined || recovery === undefined) return undefined;
  return { [regions.primary]: primary, [regions.recovery]: recovery };
}
