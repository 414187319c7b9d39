import { laneKey } from "../../core/lane.js";
import { idsOfTwoServers, wrongSets } from "../../environment/checks/fleet.js";
import { found } from "../../environment/checks/found.js";
import { type Path, pathText } from "../../environment/path.js";
import { type Finding, quoted } from "../../environment/problem.js";
import { type Part, partsAt } from "../../environment/sound.js";
import { type EmulatedLane, fleetSchema } from "./fleet-schema.js";
import { type KnownServers, stagingFindings } from "./fleet-staging.js";

/** Everything that does not hold across the sound lanes of a fleet file, beside what is there already. */
export function fleetFindings(raw: unknown, present: KnownServers = new Map()): readonly Finding[] {
  const lanes = partsAt(raw, fleetSchema.shape.lanes.element, ["lanes"]).items;
  return [
    ...lanes.flatMap(wrongSets),
    ...lanes.flatMap(wrongErrors),
    ...idsOfTwoServers(lanes),
    ...repeatedLanes(lanes),
    ...stagingFindings(lanes, present),
  ];
}

function wrongErrors({ at, value }: Part<EmulatedLane>): readonly Finding[] {
  return value.fleet.flatMap(({ replicationError, replicationState }, set) =>
    errorsOfOthers([...at, "fleet", set, "replicationError"], replicationError, replicationState),
  );
}

/** The finding about an error of a server that is not stalled: no other state has one. */
export function errorsOfOthers(
  path: Path,
  error: string | undefined,
  state = "CONTINUOUS",
): readonly Finding[] {
  if (error === undefined || state === "STALLED") return [];
  return [found(path, `absent in state ${quoted(state)}`, quoted(error), "Make it STALLED.")];
}

function repeatedLanes(lanes: readonly Part<EmulatedLane>[]): readonly Finding[] {
  const first = new Map<string, Path>();
  return lanes.flatMap(({ at, value }) => {
    const key = laneKey(value);
    const taken = first.get(key);
    if (taken === undefined) {
      first.set(key, at);
      return [];
    }
    const remedy = "Declare the lane once, with all its servers.";
    return [found(at, `another lane than ${pathText(taken)}`, quoted(key), remedy)];
  });
}
