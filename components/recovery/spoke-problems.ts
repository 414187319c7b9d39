import { partitionOf } from "../../runtime/core/partition.js";
import { accountId, Problems, resourceName } from "../arguments.js";
import { checkThresholds } from "../capacity/thresholds.js";
import { recoveryPolicy } from "../iam/spoke-policies.js";
import type { SpokeAccountArgs } from "./spoke-account.js";

/** Characters that the inline policies of a role may have together. Source: IAM and STS quotas. */
const maxInlinePolicyCharacters = 10_240;

/** Everything that is wrong with a spoke's arguments, before anything is created. */
export function spokeProblems(
  args: SpokeAccountArgs,
  servers: { readonly warnAtServers: number; readonly criticalAtServers: number },
): Problems {
  const problems = new Problems();
  problems.check("environment", resourceName, args.environment);
  problems.check("account", accountId, args.account);
  problems.check("hubAccount", accountId, args.hubAccount);
  checkThresholds(problems, servers);
  problems.add("lanes", lanesProblem(args));
  return problems;
}

function lanesProblem({ account, lanes }: SpokeAccountArgs): string | undefined {
  const regions = lanes.map((lane) => lane.region);
  const twice = regions.find((region, index) => regions.indexOf(region) !== index);
  if (regions.length === 0)
    return "must name at least one Region, got none. Add one or leave the account out";
  if (twice) return `must name each Region once, got "${twice}" again. Join the two`;
  const partitions = new Set(regions.map(partitionOf));
  if (partitions.size > 1) {
    return `must lie in one partition, got ${[...partitions].join(" and ")}. An account has only one`;
  }
  const characters = JSON.stringify(recoveryPolicy({ account, regions })).length;
  if (characters <= maxInlinePolicyCharacters) return undefined;
  return `must be few enough for a policy of ${maxInlinePolicyCharacters} characters, got ${characters} with ${regions.length} Regions. Spread them over more accounts`;
}
