import { groupBy } from "../core/group-by.js";
import type { LaneKey } from "../core/lane.js";
import type { RecoveryPlan } from "../core/recovery/plan.js";
import { drsQuotas } from "../limits.js";
import type { SceneMember } from "./observer/scene.js";
import type { DrsEmulator, StrangerAnswer } from "./services/drs/drs.js";
import type { VirtualClock } from "./virtual-clock.js";

/** What somebody else does in the accounts while an execution begins. */
export interface Strangers {
  /** Of the plan's first servers, in the order of its waves, then of their ids. */
  readonly servers: number;
  /**
   * `drill` and `recovery`: a launch of theirs has just begun. `terminate`: their drill instances,
   * launched before, are just being ended.
   */
  readonly kind: "drill" | "recovery" | "terminate";
}

const serversPerJob = drsQuotas.serversPerJob.value;

/** Lets strangers begin. For `terminate` the clock moves on until their instances run. */
export async function letStrangersBegin(
  strangers: Strangers,
  plan: RecoveryPlan,
  members: readonly SceneMember[],
  { drs, clock }: { readonly drs: DrsEmulator; readonly clock: VirtualClock },
): Promise<void> {
  const held = firstOf(plan, members).slice(0, strangers.servers);
  const byLane = groupBy(held, ({ lane }) => lane);
  const servers = (lane: LaneKey): readonly string[] =>
    (byLane.get(lane) ?? []).map(({ server }) => server);
  const lanes = [...byLane.keys()];
  const isDrill = strangers.kind !== "recovery";
  for (const lane of lanes) {
    for (const batch of inBatches(servers(lane))) {
      accepted(drs.stranger.startRecovery(lane, batch, { isDrill }));
    }
  }
  if (strangers.kind !== "terminate") return;
  const jobsEnded = (lane: LaneKey): boolean =>
    drs.jobs(lane).every(({ status }) => status === "COMPLETED");
  await clock.run(() => lanes.every(jobsEnded), "the end of the strangers' drill");
  for (const lane of lanes) {
    const instances = drs.instances(lane).map(({ instance }) => instance);
    for (const batch of inBatches(instances)) accepted(drs.stranger.terminate(lane, batch));
  }
}

function firstOf(plan: RecoveryPlan, members: readonly SceneMember[]): readonly SceneMember[] {
  return plan.waves.flatMap(({ name }) =>
    members.filter(({ wave }) => wave === name).toSorted((a, b) => (a.server < b.server ? -1 : 1)),
  );
}

function inBatches(all: readonly string[]): readonly (readonly string[])[] {
  const batches: (readonly string[])[] = [];
  for (let from = 0; from < all.length; from += serversPerJob) {
    batches.push(all.slice(from, from + serversPerJob));
  }
  return batches;
}

function accepted(answer: StrangerAnswer): void {
  if ("refused" in answer) {
    throw new Error(`strangers.servers must fit beside the quotas, got ${answer.message}`);
  }
}
