import { DrError } from "../../core/errors.js";
import { laneOf } from "../../core/lane.js";
import type { Drs } from "../../core/ports.js";
import { isActive } from "../../core/recovery/observation.js";
import { questionsOf } from "../../core/recovery/observe.js";
import type { LaneView, Observation } from "../../core/recovery/view.js";
import type { ExecutionDeps } from "./deps.js";

export interface Observed {
  readonly seen: Observation;
  /** Whether the jobs were asked for: without them nothing may be started. */
  readonly hasLooked: boolean;
}

/**
 * Asks DRS what the turn needs to know. A lane that denies or does not answer is told as such;
 * throttling is thrown, because looking again a little later is the answer to it.
 */
export async function observe(deps: ExecutionDeps, view: LaneView): Promise<Observed> {
  const drs = deps.drs(laneOf(view.lane.lane));
  const ask = view.lane.phase === "cleaning-up" ? observeCleanUp : observeRecovery;
  try {
    return await ask(drs, view);
  } catch (error) {
    if (!(error instanceof DrError)) throw error;
    if (error.code !== "lane-denied" && error.code !== "lane-unreachable") throw error;
    const unavailable = { code: error.code, message: error.message };
    return { seen: { jobs: [], unavailable }, hasLooked: true };
  }
}

async function observeRecovery(drs: Drs, view: LaneView): Promise<Observed> {
  const { jobsSince, servers } = questionsOf(view);
  if (jobsSince === undefined) return { seen: { jobs: [] }, hasLooked: false };
  const jobs = await drs.jobsSince(jobsSince);
  const reconciled = servers.length > 0 ? { servers: await drs.sourceServers(servers) } : {};
  return { seen: { jobs, ...reconciled }, hasLooked: true };
}

/**
 * Instances are read after the jobs, so that one that is gone cannot hide behind an older job list,
 * and not at all while every termination still runs: until one has ended there is nothing to see.
 */
async function observeCleanUp(drs: Drs, view: LaneView): Promise<Observed> {
  const jobs = await drs.jobsSince(view.lane.jobsFrom ?? view.head.startedAt);
  const running = new Set(jobs.filter(isActive).map(({ jobId }) => jobId));
  const { openBatches } = view.lane;
  if (openBatches.length > 0 && openBatches.every(({ jobId }) => running.has(jobId ?? ""))) {
    return { seen: { jobs }, hasLooked: true };
  }
  const launched = view.ended.flatMap(({ kind, servers }) => (kind === "launch" ? servers : []));
  const open = openBatches.flatMap(({ servers }) => servers);
  const servers = [...new Set([...launched, ...open])];
  const instances = servers.length > 0 ? await drs.recoveryInstances(servers) : [];
  return { seen: { jobs, instances }, hasLooked: true };
}
