import { type LaneKey, laneKey, laneOf } from "../core/lane.js";
import type { ProtectionGroup, RecoveryPlan, Wave } from "../core/recovery/plan.js";
import { type Selectable, waveSelects } from "../core/recovery/selection.js";
import type { FleetServer } from "./services/drs/options.js";

/** A fleet on which a plan cannot be rehearsed, and everything that it lacks. */
export class FleetLacks extends Error {
  readonly problems: readonly string[];

  constructor(plan: string, problems: readonly string[]) {
    super(`the fleet does not hold what plan "${plan}" recovers`);
    this.name = "FleetLacks";
    this.problems = problems;
  }
}

/** Throws {@link FleetLacks} unless the lanes hold what each wave of the plan selects. */
export function requireFleetFor(
  plan: RecoveryPlan,
  groups: readonly ProtectionGroup[],
  fleet: readonly FleetServer[],
  lanes: readonly LaneKey[],
): void {
  const problems = plan.waves.flatMap((wave) => {
    const group = groups.find(({ name }) => name === wave.group);
    return group === undefined ? [] : problemsOf(wave, group, fleet, new Set(lanes));
  });
  if (problems.length > 0) throw new FleetLacks(plan.name, [...new Set(problems)]);
}

function problemsOf(
  wave: Wave,
  group: ProtectionGroup,
  fleet: readonly FleetServer[],
  lanes: ReadonlySet<LaneKey>,
): readonly string[] {
  const wanted = new Set(group.members.map(laneKey));
  const absent = [...wanted].filter((lane) => !lanes.has(lane));
  if (absent.length > 0) {
    const has = [...lanes].join(", ") || "none";
    return absent.map(
      (lane) =>
        `lane ${lane} of group "${group.name}" must be one of the fleet's (${has}). Add it to the fleet.`,
    );
  }
  const around = fleet.filter(({ lane }) => wanted.has(lane)).map(selectable);
  if (around.some((server) => waveSelects(wave, group, server))) return [];
  const of = [...wanted].join(", ");
  return [
    `wave "${wave.name}" must select a server of the fleet, got none of the ${around.length} in ${of}. ` +
      remedyFor(wave, around),
  ];
}

function selectable({ lane, server, tags }: FleetServer): Selectable {
  return { lane: laneOf(lane), server, tags };
}

/** Names what no server around has, where that is all that keeps the wave from one. */
function remedyFor({ tags = {}, servers = [] }: Wave, around: readonly Selectable[]): string {
  const absentTags = Object.entries(tags)
    .filter(([tag, value]) => !around.some((server) => server.tags[tag] === value))
    .map(([tag, value]) => `tag ${tag}: ${value}`);
  const absentIds = servers.filter((id) => !around.some(({ server }) => server === id));
  const absent = [...absentTags, ...absentIds];
  return absent.length === 0
    ? "Give one the tags that group and wave select by."
    : `None has ${absent.join(" or ")}; add it to the fleet, or correct the wave.`;
}
