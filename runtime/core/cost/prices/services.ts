import type { Price, PriceSource, PriceUnit } from "./price.js";
import { sources } from "./sources.js";

const virginia = (per: PriceUnit, source: PriceSource, dollars: number): Price => ({
  dollars: { "us-east-1": dollars },
  per,
  source,
});

const everywhere = (per: PriceUnit, source: PriceSource, dollars: number): Price => ({
  dollars: { everywhere: dollars },
  per,
  source,
});

const regional = (
  per: PriceUnit,
  source: PriceSource,
  [virginian, irish, frankfurter]: readonly [number, number, number],
): Price => ({
  dollars: { "us-east-1": virginian, "eu-west-1": irish, "eu-central-1": frankfurter },
  per,
  source,
});

/** What is due by time alone, whatever it is used for. */
export const standing = {
  replicatingServer: everywhere("hour", sources.drs, 0.028),
  kubernetesCluster: everywhere("hour", sources.kubernetes, 0.1),
  natGateway: regional("hour", sources.network, [0.045, 0.048, 0.052]),
  publicAddress: everywhere("hour", sources.addresses, 0.005),
  interfaceEndpoint: regional("hour", sources.network, [0.01, 0.011, 0.012]),
  loadBalancer: regional("hour", sources.balancers, [0.0225, 0.0252, 0.027]),
  transitAttachment: virginia("hour", sources.transit, 0.05),
  hostedZone: everywhere("month", sources.dns, 0.5),
  healthCheck: everywhere("month", sources.dns, 0.5),
  healthCheckOutside: everywhere("month", sources.dns, 0.75),
  healthCheckFeature: everywhere("month", sources.dns, 1),
  healthCheckFeatureOutside: everywhere("month", sources.dns, 2),
  recoveryControlCluster: everywhere("hour", sources.recoveryControl, 2.5),
  accelerator: everywhere("hour", sources.accelerator, 0.025),
  alarmMetric: everywhere("month", sources.watching, 0.1),
  fastAlarmMetric: everywhere("month", sources.watching, 0.3),
  compositeAlarm: everywhere("month", sources.watching, 0.5),
  canaryRun: virginia("run", sources.canaries, 0.0012),
  dashboard: everywhere("month", sources.watching, 3),
  key: everywhere("month", sources.keys, 1),
  secret: everywhere("month", sources.secrets, 0.4),
  nodeDisk: virginia("GiB a month", sources.instances, 0.08),
  databaseStorage: regional("GiB a month", sources.databaseStorage, [0.115, 0.127, 0.137]),
} as const satisfies Readonly<Record<string, Price>>;

const cpuHours = { "us-east-1": 0.04048, "eu-west-1": 0.04048, "eu-central-1": 0.04656 };
const memoryHours = { "us-east-1": 0.004445, "eu-west-1": 0.004445, "eu-central-1": 0.00511 };

/** Fargate's tasks: each virtual CPU, and each GiB of memory. */
export const fargate = {
  cpu: { dollars: cpuHours, per: "hour", source: sources.fargate },
  memoryGib: { dollars: memoryHours, per: "hour", source: sources.fargate },
} as const satisfies Readonly<Record<string, Price>>;

/** What is due by use, which a program does not declare. */
export const used = {
  storedRows: virginia("GiB a month", sources.tables, 0.25),
  writes: virginia("million", sources.tables, 0.625),
  reads: virginia("million", sources.tables, 0.125),
  storedObjects: virginia("GiB a month", sources.objects, 0.023),
  storedImages: virginia("GiB a month", sources.objects, 0.1),
  storedBackups: virginia("GiB a month", sources.databaseStorage, 0.095),
  auroraStorage: virginia("GiB a month", sources.databaseStorage, 0.1),
  auroraRequests: virginia("million", sources.databaseStorage, 0.2),
  auroraCapacity: virginia("hour", sources.databaseStorage, 0.12),
  logsTakenIn: virginia("GiB", sources.watching, 0.5),
  logsKept: virginia("GiB a month", sources.watching, 0.03),
  invocations: everywhere("million", sources.functions, 0.2),
  duration: everywhere("million", sources.functions, 16.6667),
  transitions: virginia("million", sources.functions, 25),
  queueRequests: virginia("million", sources.messages, 0.4),
  notices: virginia("million", sources.messages, 0.5),
  apiRequests: virginia("million", sources.functions, 3.5),
  natData: regional("GiB", sources.network, [0.045, 0.048, 0.052]),
  endpointData: everywhere("GiB", sources.network, 0.01),
  transitData: everywhere("GiB", sources.transit, 0.02),
} as const satisfies Readonly<Record<string, Price>>;
