import { laneKey } from "../../runtime/core/lane.js";
import { partitionOf } from "../../runtime/core/partition.js";
import type { EstateLane } from "../../runtime/core/ports.js";
import { accountId, Problems, resourceName } from "../arguments.js";
import type { OrchestrationHubArgs } from "./orchestration-hub.js";

type HubArgs = Pick<
  OrchestrationHubArgs,
  "account" | "environment" | "homeRegion" | "lanes" | "standbyRegion"
>;

/** Everything that is wrong with a hub's plain arguments, before anything is created. */
export function hubProblems(args: HubArgs): Problems {
  const problems = new Problems();
  problems.check("environment", resourceName, args.environment);
  problems.check("account", accountId, args.account);
  problems.add("standbyRegion", standbyProblem(args));
  if (args.lanes.length === 0) {
    problems.add("lanes", "must name at least one lane, got none. Add the lanes of every spoke");
  }
  for (const [index, lane] of args.lanes.entries()) {
    problems.check(`lanes[${index}].account`, accountId, lane.account);
    problems.add(`lanes[${index}].region`, partitionProblem(lane.region, args.homeRegion));
    problems.add(`lanes[${index}]`, repeated(args.lanes, index));
  }
  return problems;
}

function standbyProblem({ standbyRegion, homeRegion }: HubArgs): string | undefined {
  if (standbyRegion === undefined) return undefined;
  if (standbyRegion !== homeRegion) return partitionProblem(standbyRegion, homeRegion);
  return `must be another Region than homeRegion, got "${standbyRegion}". Name a second one or leave it out`;
}

function partitionProblem(region: string, homeRegion: string): string | undefined {
  const partition = partitionOf(homeRegion);
  if (partitionOf(region) === partition) return undefined;
  return `must lie in partition ${partition} as homeRegion does, got "${region}". No role can be taken across partitions`;
}

function repeated(lanes: readonly EstateLane[], index: number): string | undefined {
  const keys = lanes.map(laneKey);
  const key = keys[index];
  if (key === undefined || keys.indexOf(key) === index) return undefined;
  return `must be named once, got "${key}" again. Join the two`;
}
