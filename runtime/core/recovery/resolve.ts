import { instant } from "../instant.js";
import { type LaneKey, laneKey, laneOf } from "../lane.js";
import type { RecoveryInstance, SourceServer } from "./observation.js";
import type { Member, ProtectionGroup, RecoveryPlan, Wave } from "./plan.js";
import { carries, type Selectable, waveSelects } from "./selection.js";

/** The tag by which servers say which application they belong to. */
const applicationTag = "Application";

/** States in which a server has no usable point in time. Lag alone never stops a recovery. */
const unlaunchable: ReadonlyMap<string, string> = new Map([
  ["INITIATING", "its first replication has not ended"],
  ["INITIAL_SYNC", "its first replication has not ended"],
  ["STOPPED", "its replication was stopped, which deletes its points in time"],
  ["DISCONNECTED", "it is disconnected from DRS"],
]);

/** What a lane showed when an execution was prepared, or why it showed nothing. */
export type LaneInventory =
  | {
      readonly kind: "listed";
      readonly servers: readonly SourceServer[];
      readonly instances: readonly RecoveryInstance[];
    }
  | { readonly kind: "lost"; readonly reason: string };

export interface Resolution {
  readonly members: ReadonlyMap<LaneKey, readonly Member[]>;
  /** Why the plan cannot be executed as it stands; all reasons at once. */
  readonly problems: readonly string[];
}

/** Finds the servers of a plan by its groups' and waves' tags and names, lane by lane. */
export function resolvePlan(
  plan: RecoveryPlan,
  groups: ReadonlyMap<string, ProtectionGroup>,
  inventory: ReadonlyMap<LaneKey, LaneInventory>,
): Resolution {
  const waves = plan.waves.flatMap((wave) => {
    const group = groups.get(wave.group);
    return group ? [{ wave, group }] : [];
  });
  const members = new Map<LaneKey, readonly Member[]>();
  const problems = plan.waves
    .filter(({ group }) => !groups.has(group))
    .map(({ name, group }) => `wave "${name}" names group "${group}", which does not exist`);
  for (const [lane, seen] of inventory) {
    const { found, ambiguous } = membersOf(lane, seen, waves);
    if (found.length > 0) members.set(lane, found);
    problems.push(...ambiguous);
  }
  const filled = new Set([...members.values()].flatMap((found) => found.map(({ wave }) => wave)));
  const lostLanes = [...inventory].filter(([, seen]) => seen.kind === "lost");
  const empty = waves.filter(({ wave }) => !filled.has(wave.name) && lostLanes.length === 0);
  problems.push(...empty.map(({ wave }) => `wave "${wave.name}" selects no server in any lane`));
  return { members, problems };
}

type GroupedWave = { readonly wave: Wave; readonly group: ProtectionGroup };

function membersOf(
  key: LaneKey,
  seen: LaneInventory,
  waves: readonly GroupedWave[],
): { readonly found: readonly Member[]; readonly ambiguous: readonly string[] } {
  const found: Member[] = [];
  const ambiguous: string[] = [];
  const lane = laneOf(key);
  const listed = seen.kind === "listed" ? seen.servers : [];
  const real = realInstances(seen);
  for (const source of listed) {
    const candidate = { lane, server: source.server, tags: source.tags };
    const selecting = waves.filter(({ wave, group }) => waveSelects(wave, group, candidate));
    const [first, second] = selecting;
    if (second && first) ambiguous.push(twice(source.server, key, first.wave, second.wave));
    if (first) found.push(memberOf(source, candidate, first.wave, real.get(source.server)));
  }
  const known = new Set(listed.map(({ server }) => server));
  found.push(...missing(key, waves, known, seen));
  return { found, ambiguous };
}

function memberOf(
  source: SourceServer,
  candidate: Selectable,
  wave: Wave,
  recoveredAt: number | undefined,
): Member {
  const why = unlaunchable.get(source.replicationState);
  const application = source.tags[applicationTag];
  return {
    server: source.server,
    wave: wave.name,
    ...(application === undefined ? {} : { application }),
    critical: !(wave.optional && carries(wave.optional.tags, candidate)),
    expectedLaunchSeconds: wave.expectedLaunchSeconds,
    ...(why === undefined ? {} : { notReady: `not ready: ${source.replicationState}, ${why}` }),
    ...(recoveredAt === undefined ? {} : { recoveredAt }),
  };
}

/** Servers that the plan names but the lane does not show: they end with that reason. */
function missing(
  key: LaneKey,
  waves: readonly GroupedWave[],
  known: ReadonlySet<string>,
  seen: LaneInventory,
): readonly Member[] {
  const lane = laneOf(key);
  const reason = seen.kind === "lost" ? seen.reason : `lane ${key} has no such source server`;
  const named = new Map<string, Member>();
  for (const { wave, group } of waves) {
    const inLane = group.members.filter((member) => laneKey(member) === key);
    const ids = inLane.flatMap(({ servers }) => servers ?? []);
    for (const server of ids) {
      const isSelected =
        !known.has(server) &&
        waveSelects({ ...wave, ...noTags }, group, { lane, server, tags: {} });
      if (!isSelected || named.has(server)) continue;
      const { name, expectedLaunchSeconds } = wave;
      named.set(server, {
        server,
        wave: name,
        critical: true,
        expectedLaunchSeconds,
        notReady: reason,
      });
    }
  }
  return [...named.values()];
}

/** Tags of a server that is not there are unknown: its name alone decides. */
const noTags = { tags: {} };

function realInstances(seen: LaneInventory): ReadonlyMap<string, number> {
  if (seen.kind === "lost") return new Map();
  const calledAt = new Map(
    seen.servers.map(({ server, lastLaunch }) => [server, lastLaunch?.calledAt] as const),
  );
  return new Map(
    seen.instances
      .filter(({ isDrill, ec2State }) => !isDrill && ec2State !== "TERMINATED")
      .map(({ server, pointInTime }) => [
        server,
        pointInTime ?? calledAt.get(server) ?? instant(0),
      ]),
  );
}

function twice(server: string, lane: LaneKey, first: Wave, second: Wave): string {
  return `server ${server} of lane ${lane} is selected by wave "${first.name}" and by wave "${second.name}"`;
}
