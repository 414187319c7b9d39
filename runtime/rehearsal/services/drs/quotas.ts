import type { DrsQuotaName } from "../../../limits.js";
import { quotaIn } from "../service-quotas.js";
import type { JobRecord, LaneRecord } from "./model.js";
import { busyServers, overQuota, refusalAs } from "./refusal.js";
import { isReady } from "./replicated-data.js";
import type { CheckName } from "./switches.js";
import type { World } from "./world.js";

/** What a call wants to put into one job. */
export interface WantedJob {
  readonly kind: JobRecord["kind"] | "failback";
  /** Names as the call gives them, for the quota of a job. */
  readonly servers: readonly string[];
  /** Refuses what does not exist. */
  checkExistence(): void;
  /** Refuses what exists but cannot be taken now. Launches are refused for servers without data. */
  checkReadiness?(): void;
}

/** Throws the refusal of the first check that fails, in the order of the switch; nothing is changed. */
export function checkJob(world: World, lane: LaneRecord, wanted: WantedJob): void {
  for (const check of world.switches.checkOrder) checks[check](world, lane, wanted);
}

/** As {@link checkJob}, but whatever the quotas: whether these servers could be taken at all. */
export function checkServers(world: World, lane: LaneRecord, wanted: WantedJob): void {
  const ofServers = world.switches.checkOrder.filter((check) => serverChecks.has(check));
  for (const check of ofServers) checks[check](world, lane, wanted);
}

const serverChecks: ReadonlySet<CheckName> = new Set(["existence", "readiness", "conflict"]);

type Check = (world: World, lane: LaneRecord, wanted: WantedJob) => void;

const checks: Readonly<Record<CheckName, Check>> = {
  existence: (_world, _lane, wanted) => wanted.checkExistence(),

  readiness(world, lane, wanted) {
    wanted.checkReadiness?.();
    const { serverNotReady } = world.switches;
    if (wanted.kind !== "launch" || serverNotReady === "launch-failed") return;
    const unready = wanted.servers.find((id) => {
      const server = lane.servers.get(id);
      return !server || !isReady(world, server);
    });
    if (unready === undefined) return;
    const message = "Instance not launched because server lifecycle state is not READY_FOR_TEST";
    throw refusalAs(serverNotReady, message, unready);
  },

  conflict(world, lane, wanted) {
    const busy = busyIn(world, lane);
    const server = wanted.servers.find((id) => busy.has(id));
    if (server === undefined) return;
    throw busyServers(world.switches.conflictNamesServer ? server : undefined);
  },

  serversPerJob(world, lane, wanted) {
    refuseAbove(world, lane, "serversPerJob", wanted.servers.length);
  },

  concurrentJobs(world, lane, wanted) {
    if (!counts(world, wanted.kind)) return;
    refuseAbove(world, lane, "concurrentJobs", countedJobs(world, lane).length + 1);
  },

  serversInAllJobs(world, lane, wanted) {
    if (!counts(world, wanted.kind)) return;
    const inFlight = countedJobs(world, lane)
      .map((job) => heldBy(world, job).length)
      .reduce((sum, servers) => sum + servers, 0);
    refuseAbove(world, lane, "serversInAllJobs", inFlight + wanted.servers.length);
  },
};

/** Refuses by 402 when there would be more than the lane's quota admits. */
export function refuseAbove(
  world: World,
  lane: LaneRecord,
  name: DrsQuotaName,
  wanted: number,
): void {
  const limit = quotaIn(name, world.options.quotas?.(lane.lane));
  if (wanted > limit) throw overQuota(name, limit, wanted);
}

function counts(world: World, kind: WantedJob["kind"]): boolean {
  const { terminateJobsCount, conversionJobsCount } = world.switches;
  if (kind === "convert") return conversionJobsCount;
  return kind !== "terminate" || terminateJobsCount;
}

function countedJobs(world: World, lane: LaneRecord): readonly JobRecord[] {
  return [...lane.activeJobs].filter((job) => counts(world, job.kind));
}

/** Servers of an active job that still hold their place. */
function heldBy(world: World, job: JobRecord): readonly string[] {
  const holdAll = world.switches.placesHeldUntil === "job-end";
  return job.participants.filter((one) => holdAll || !one.isDone).map(({ server }) => server);
}

/** Whether a job holds this server. */
export function isBusy(world: World, lane: LaneRecord, server: string): boolean {
  return busyIn(world, lane).has(server);
}

function busyIn(world: World, lane: LaneRecord): ReadonlySet<string> {
  return new Set([...lane.activeJobs].flatMap((job) => heldBy(world, job)));
}
