import { partitionOf } from "../../core/partition.js";
import { type Finding, quoted } from "../problem.js";
import type { Sound } from "../sound.js";
import { found } from "./found.js";

/** Settings that hold by themselves and not beside each other. */
export function settings(sound: Sound): readonly Finding[] {
  return [...thresholds(sound), ...standbyElsewhere(sound), ...onePartition(sound)];
}

function thresholds({ capacity, isGiven }: Sound): readonly Finding[] {
  if (capacity === undefined) return [];
  const { warnAtServers, criticalAtServers } = capacity.value;
  if (warnAtServers < criticalAtServers) return [];
  const warnPath = [...capacity.at, "warnAtServers"];
  const criticalPath = [...capacity.at, "criticalAtServers"];
  if (isGiven(warnPath)) {
    const other = isGiven(criticalPath)
      ? `${criticalAtServers}`
      : `${criticalAtServers}, the default`;
    const rule = `below capacity.criticalAtServers (${other})`;
    return [found(warnPath, rule, `${warnAtServers}`, "Warn before it is critical.")];
  }
  const rule = `above capacity.warnAtServers (${warnAtServers}, the default)`;
  return [
    found(criticalPath, rule, `${criticalAtServers}`, "Give warnAtServers a lower value too."),
  ];
}

function standbyElsewhere({ regions }: Sound): readonly Finding[] {
  if (regions === undefined || regions.value.home !== regions.value.standby) return [];
  const path = [...regions.at, "standby"];
  const rule = "another Region than hub.regions.home";
  const remedy = "Choose another, so that the hub's records outlive their home Region.";
  return [found(path, rule, quoted(regions.value.home), remedy)];
}

/** Credentials of one partition are worth nothing in the other. */
function onePartition({ regions, accounts }: Sound): readonly Finding[] {
  if (regions === undefined) return [];
  const { home, standby } = regions.value;
  const lanes = accounts.flatMap(({ parts }) => parts.items);
  const used = [
    ...(standby === undefined ? [] : [{ at: [...regions.at, "standby"], region: standby }]),
    ...lanes.map(({ at, value }) => ({ at: [...at, "region"], region: value.region })),
  ];
  return used
    .filter(({ region }) => partitionOf(region) !== partitionOf(home))
    .map(({ at, region }) =>
      found(
        at,
        `in the partition of hub.regions.home (${partitionOf(home)})`,
        quoted(region),
        "Give each partition an environment and a hub of its own.",
      ),
    );
}
