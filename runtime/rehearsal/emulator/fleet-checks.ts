import { laneKey } from "../../core/lane.js";
import { partitionOf } from "../../core/partition.js";
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
    ...lanes.flatMap(wrongMachines),
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

/** Names that are too few or too many, and origins that cannot be. */
function wrongMachines({ at, value }: Part<EmulatedLane>): readonly Finding[] {
  return value.fleet.flatMap((set, index) => {
    const path = [...at, "fleet", index];
    return [...wrongHostnames(path, set), ...wrongOrigin([...path, "origin"], set, value.region)];
  });
}

function wrongHostnames(path: Path, set: EmulatedLane["fleet"][number]): readonly Finding[] {
  const { hostnames, servers, count } = set;
  const wanted = servers?.length ?? count;
  if (hostnames === undefined || wanted === undefined || hostnames.length === wanted) return [];
  const rule = `one for each server of the set (${wanted})`;
  const remedy = "Name each server, or leave them out.";
  return [found([...path, "hostnames"], rule, `${hostnames.length}`, remedy)];
}

/** AWS has no failback between partitions. Source: DRS user guide. */
function wrongOrigin(
  path: Path,
  { origin }: EmulatedLane["fleet"][number],
  home: string,
): readonly Finding[] {
  if (!origin) return [];
  const { region, availabilityZone } = origin;
  const findings: Finding[] = [];
  if (partitionOf(region) !== partitionOf(home)) {
    const rule = `a Region of the partition of ${home} (${partitionOf(home)})`;
    findings.push(found([...path, "region"], rule, quoted(region), "Choose a Region of it."));
  }
  if (availabilityZone !== undefined && availabilityZone.slice(0, -1) !== region) {
    const rule = `an Availability Zone of ${region}`;
    const remedy = `Write it as "${region}a", or leave it out.`;
    findings.push(found([...path, "availabilityZone"], rule, quoted(availabilityZone), remedy));
  }
  return findings;
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
