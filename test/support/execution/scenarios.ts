import fc from "fast-check";
import { type LaneKey, laneOf } from "../../../runtime/core/lane.js";
import { lowerBoundSeconds } from "../../../runtime/core/recovery/lower-bound.js";
import type { LaneQuotas } from "../../../runtime/core/recovery/observation.js";
import type { ProtectionGroup, RecoveryPlan, Wave } from "../../../runtime/core/recovery/plan.js";
import { documentedQuotas } from "../../../runtime/core/recovery/predict.js";
import type { ModelServer } from "./memory-drs.js";
import { ExecutionWorld, type Fault } from "./world.js";

const laneKeys: readonly LaneKey[] = [
  "111111111111/us-east-1",
  "222222222222/us-west-2",
  "333333333333/us-east-2",
];

/** Something that others do in a lane while an execution runs. */
interface Stranger {
  readonly lane: number;
  readonly afterSeconds: number;
  readonly does: "drill" | "recovery" | "terminate";
  readonly servers: readonly number[];
}

interface FleetServer extends Omit<ModelServer, "tags"> {
  readonly lane: LaneKey;
  readonly wave: number;
}

/** One random execution: plan, fleet, others at work, and what goes wrong. */
export interface Scenario {
  readonly kind: "drill" | "recovery";
  readonly dependsOn: readonly (readonly number[])[];
  readonly failedAtMostPercent: number;
  readonly fleet: readonly FleetServer[];
  readonly strangers: readonly Stranger[];
  readonly faults: readonly Fault[];
  readonly hiddenSeconds: number;
  readonly quotas: Pick<LaneQuotas, "concurrentJobs" | "serversPerJob" | "serversInAllJobs">;
  readonly luck: number;
}

const waves = fc
  .array(fc.array(fc.nat(3), { maxLength: 2 }), { minLength: 1, maxLength: 4 })
  .map((all) => all.map((edges, index) => [...new Set(edges.filter((edge) => edge < index))]));

const server = fc.record({
  lane: fc.nat(laneKeys.length - 1),
  wave: fc.nat(3),
  launchSeconds: fc.integer({ min: 60, max: 400 }),
  fails: fc.boolean().chain((may) => (may ? fc.nat(9).map((n) => n === 0) : fc.constant(false))),
  replicationState: fc.oneof(
    { weight: 12, arbitrary: fc.constant("CONTINUOUS") },
    { weight: 2, arbitrary: fc.constant("STALLED") },
    { weight: 1, arbitrary: fc.constant("DISCONNECTED") },
  ),
});

/** Small fleets mostly, where interleavings hide; now and then one that fills quotas. */
const fleets = fc.oneof(
  { weight: 12, arbitrary: fc.array(server, { minLength: 1, maxLength: 12 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.array(server, { minLength: 3, maxLength: 3 }), fc.integer({ min: 90, max: 620 }))
      .map(([kinds, count]) =>
        Array.from({ length: count }, (_, n) => kinds[n % 3] ?? kinds[0]).flatMap((one) =>
          one ? [one] : [],
        ),
      ),
  },
);

export const scenarios: fc.Arbitrary<Scenario> = fc
  .record({
    kind: fc.constantFrom("drill" as const, "recovery" as const),
    dependsOn: waves,
    failedAtMostPercent: fc.constantFrom(0, 30, 100),
    fleet: fleets,
    strangers: fc.array(
      fc.record({
        lane: fc.nat(laneKeys.length - 1),
        afterSeconds: fc.integer({ min: -700, max: 2_000 }),
        does: fc.constantFrom("drill" as const, "recovery" as const, "terminate" as const),
        servers: fc.array(fc.nat(11), { minLength: 1, maxLength: 4 }),
      }),
      { maxLength: 3 },
    ),
    faults: fc.array(
      fc.constantFrom<Fault>("none", "dies-before", "dies-after", "answer-lost", "arrives-late"),
      { maxLength: 4 },
    ),
    hiddenSeconds: fc.constantFrom(0, 0, 5, 50),
    quotas: fc.oneof(
      fc.constant(documentedQuotas),
      fc.record({
        concurrentJobs: fc.integer({ min: 1, max: 3 }),
        serversPerJob: fc.integer({ min: 1, max: 4 }),
        serversInAllJobs: fc.integer({ min: 1, max: 7 }),
      }),
    ),
    luck: fc.double({ min: 0, max: 0.999, noNaN: true }),
  })
  .map((drawn) => ({
    ...drawn,
    quotas: drawn.fleet.length > 12 ? documentedQuotas : drawn.quotas,
    fleet: drawn.fleet.map((one, index) => ({
      ...one,
      server: `s-${String(index).padStart(4, "0")}`,
      lane: laneKeys[one.lane] ?? "111111111111/us-east-1",
      wave: one.wave % drawn.dependsOn.length,
    })),
  }));

/** Runs a scenario to its end and gives a judge what it needs. */
export async function run(scenario: Scenario) {
  const { fleet, kind, dependsOn, faults, hiddenSeconds, luck } = scenario;
  const used = new Set(fleet.map(({ wave }) => wave));
  const waveName = (index: number) => `wave-${index}`;
  const present = dependsOn.flatMap((edges, index) =>
    used.has(index) ? [waveOf(scenario, index, edges)] : [],
  );
  const plan: RecoveryPlan = {
    name: "plan",
    objectives: { rtoMinutes: 60, rpoMinutes: 15 },
    waves: present,
    reserve: { jobs: 0, servers: 0 },
    pacingSeconds: 0,
  };
  const byLane = new Map<LaneKey, ModelServer[]>();
  for (const { lane, wave, ...one } of fleet) {
    const ofLane = byLane.get(lane) ?? [];
    byLane.set(lane, ofLane);
    ofLane.push({ ...one, tags: { Wave: waveName(wave) } });
  }
  const queue = [...faults];
  const world = new ExecutionWorld({
    plan,
    groups: [groupOf([...byLane.keys()])],
    fleet: byLane,
    hiddenSeconds,
    quotas: { ...documentedQuotas, ...scenario.quotas },
    random: () => luck,
    fault: () => queue.shift() ?? "none",
  });
  const real = new Map<LaneKey, readonly string[]>();
  letStrangersIn(world, scenario, [...byLane.keys()]);
  await world.idle(700);
  for (const [key, lane] of world.lanes) {
    const running = [...lane.instances().values()].filter(({ isDrill }) => !isDrill);
    real.set(key, terminatedLater(scenario) ? [] : running.map(({ server: id }) => id));
  }
  const status = await world.execute(kind);
  const known = new Map(fleet.map((one) => [one.server, waveName(one.wave)]));
  return {
    world,
    status,
    waveCount: present.length,
    waveOf: (id: string) => known.get(id) ?? "",
    dependsOn: (wave: string) => present.find(({ name }) => name === wave)?.dependsOn ?? [],
    realBefore: (key: LaneKey) => real.get(key) ?? [],
    lowerBoundSeconds: lowerBoundSeconds(present, trueDurations(fleet, waveName)),
  };
}

/** Where a stranger may end a real recovery meanwhile, "before" proves nothing about "then". */
function terminatedLater({ strangers }: Scenario): boolean {
  return strangers.some(({ does, afterSeconds }) => does !== "recovery" && afterSeconds > -200);
}

function waveOf({ failedAtMostPercent }: Scenario, index: number, edges: readonly number[]): Wave {
  return {
    name: `wave-${index}`,
    group: "group",
    tags: { Wave: `wave-${index}` },
    dependsOn: edges.map((edge) => `wave-${edge}`),
    failedAtMostPercent,
    deadlineMinutes: 120,
    expectedLaunchSeconds: 60,
  };
}

function groupOf(lanes: readonly LaneKey[]): ProtectionGroup {
  return { name: "group", members: lanes.map((lane) => ({ ...laneOf(lane), tags: {} })) };
}

function letStrangersIn(
  world: ExecutionWorld,
  { strangers }: Scenario,
  lanes: readonly LaneKey[],
): void {
  for (const { lane, afterSeconds, does, servers } of strangers) {
    const key = lanes[lane % lanes.length];
    const model = key ? world.lanes.get(key) : undefined;
    if (!model) continue;
    world.after(700 + afterSeconds, () => {
      const ids = [...model.servers.keys()];
      const chosen = [...new Set(servers.flatMap((n) => ids[n % ids.length] ?? []))];
      if (does !== "terminate") {
        model.launch("stranger", { servers: chosen, isDrill: does === "drill", tags: {} });
        return;
      }
      const running = model.instances();
      const instances = chosen.flatMap((id) => running.get(id)?.instance ?? []);
      if (instances.length > 0) model.terminate("stranger", instances);
    });
  }
}

function trueDurations(fleet: readonly FleetServer[], waveName: (index: number) => string) {
  const members = new Map<LaneKey, { wave: string; expectedLaunchSeconds: number }[]>();
  for (const { lane, wave, launchSeconds } of fleet) {
    const ofLane = members.get(lane) ?? [];
    members.set(lane, ofLane);
    ofLane.push({ wave: waveName(wave), expectedLaunchSeconds: launchSeconds });
  }
  return members;
}
