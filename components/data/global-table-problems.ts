import { liesIn } from "../../runtime/core/cells/residency.js";
import { strongTableRegions, warnAtLagSeconds } from "../../runtime/limits.js";
import { Problems, resourceName, within } from "../arguments.js";
import { checkTopics } from "../cells/alarms.js";
import { checkCell, regionsOf } from "../cells/cell.js";
import { checkKeyArns } from "../cells/keys.js";
import type { GlobalTableArgs } from "./global-table.js";
import { keyAttributes } from "./global-table-args.js";
import { checkObjectives } from "./objectives.js";

/** Everything that is wrong with a table's arguments, before anything is created. */
export function globalTableProblems(
  args: GlobalTableArgs,
  settings: {
    readonly consistency?: string;
    readonly warnAtLagSeconds?: number;
  },
): Problems {
  const problems = new Problems();
  checkCell(problems, args.cell);
  problems.check("name", resourceName, args.name);
  checkKeyArns(problems, args.cell, args.keyArns);
  checkObjectives(problems, args.objectives);
  checkTopics(problems, args.cell, args.topicArns);
  const keys = keyAttributes(args);
  for (const attribute of Object.keys(args.attributeTypes ?? {})) {
    if (!keys.includes(attribute)) {
      problems.add(
        `attributeTypes["${attribute}"]`,
        `must be of a key (${keys.join(", ")}), got another. DynamoDB knows no types of others; leave it out`,
      );
    }
  }
  if (args.replicated === false) unreplicatedProblems(problems, args);
  else if (settings.consistency === "strong") strongProblems(problems, args);
  else eventualProblems(problems, args);
  if (settings.warnAtLagSeconds !== undefined) {
    problems.check("warnAtLagSeconds", within(warnAtLagSeconds), settings.warnAtLagSeconds);
  }
  return problems;
}

function eventualProblems(problems: Problems, args: GlobalTableArgs): void {
  if (args.witnessRegion !== undefined) {
    problems.add(
      "witnessRegion",
      `must not be set for an eventually consistent table, got "${args.witnessRegion}". Leave it out`,
    );
  }
}

/** What is said of a replica that is not there, and a table that would be lost with its Region. */
function unreplicatedProblems(problems: Problems, args: GlobalTableArgs): void {
  const { backupTag, consistency, witnessRegion, warnAtLagSeconds: seconds } = args;
  const rule = "for a table without a replica, got";
  if (backupTag === undefined) {
    problems.add(
      "backupTag",
      `must be given ${rule} none. Its backups are all that the other Region has of it`,
    );
  }
  if (consistency === "strong") {
    problems.add("consistency", `must not be "strong" ${rule} "strong". Keep the replica`);
  }
  if (witnessRegion !== undefined) {
    problems.add("witnessRegion", `must not be set ${rule} "${witnessRegion}". Leave it out`);
  }
  if (seconds !== undefined) {
    problems.add("warnAtLagSeconds", `must not be set ${rule} ${seconds}. Nothing lags there`);
  }
}

/** Source: DynamoDB Developer Guide, "Multi-Region strong consistency": three Regions of one set, no TTL. */
function strongProblems(problems: Problems, args: GlobalTableArgs): void {
  const { cell, witnessRegion, ttlAttribute } = args;
  if (ttlAttribute !== undefined) {
    problems.add(
      "ttlAttribute",
      `must not be set for a strongly consistent table, got "${ttlAttribute}". DynamoDB deletes nothing there by itself`,
    );
  }
  if (args.warnAtLagSeconds !== undefined) {
    problems.add(
      "warnAtLagSeconds",
      `must not be set for a strongly consistent table, got ${args.warnAtLagSeconds}. It does not lag`,
    );
  }
  if (witnessRegion === undefined) {
    problems.add(
      "witnessRegion",
      "must be given for a strongly consistent table, got none. Add it",
    );
    return;
  }
  const regions = [...regionsOf(cell), witnessRegion];
  const set = strongTableRegions.find((one) => regions.every((region) => isIn(one, region)));
  if (set === undefined || new Set(regions).size < regions.length) {
    const sets = strongTableRegions.map((one) => one.join(", ")).join("; ");
    problems.add(
      "witnessRegion",
      `must make three Regions of one set (${sets}), got ${regions.join(", ")}. Choose another, or eventual consistency`,
    );
  } else if (!liesIn(cell.residency, witnessRegion)) {
    problems.add(
      "witnessRegion",
      `must lie in the cell's zone "${cell.residency}", got "${witnessRegion}". A witness keeps data too`,
    );
  }
}

function isIn(set: readonly string[], region: string): boolean {
  return set.includes(region);
}
