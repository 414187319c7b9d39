import { cacheLagSeconds, cacheReplicas, cacheShards } from "../../runtime/limits.js";
import { Problems, type Rule, resourceName, within } from "../arguments.js";
import { checkCell, regionsOf } from "../cells/cell.js";
import { checkKeyArns } from "../cells/keys.js";
import { cacheMemberOf } from "./cache-member.js";
import type { CacheSettings, GlobalCacheArgs } from "./global-cache.js";
import { type IdentifierRule, identifierProblem } from "./identifiers.js";
import { checkObjectives } from "./objectives.js";
import { checkPlacements } from "./placement.js";

/** Source: ElastiCache API Reference, CreateReplicationGroup. */
const identifiers: IdentifierRule = { service: "ElastiCache", maxCharacters: 40 };

/** Everything that is wrong with a global cache's arguments, before anything is created. */
export function cacheProblems(args: GlobalCacheArgs, settings: CacheSettings): Problems {
  const problems = new Problems();
  const regions = regionsOf(args.cell);
  checkCell(problems, args.cell);
  problems.check("name", resourceName, args.name);
  const names = regions.map((region) => cacheMemberOf(args, region).name);
  problems.add("name", identifierProblem(names, identifiers));
  checkPlacements(problems, args.cell, args.placements);
  checkKeyArns(problems, args.cell, args.keyArns);
  for (const region of regions.filter((one) => args.userGroupIds[one] === undefined)) {
    problems.add(
      `userGroupIds["${region}"]`,
      "must name the users of that Region, got none. ElastiCache copies no users: make a group there",
    );
  }
  problems.add("engineVersion", versionProblem(args));
  problems.check("nodeType", globalNodeType, settings.nodeType);
  problems.check("shards", within(cacheShards), settings.shards);
  problems.check("replicasPerShard", within(cacheReplicas), settings.replicasPerShard);
  problems.check("lagAlarmSeconds", within(cacheLagSeconds), settings.lagAlarmSeconds);
  checkObjectives(problems, args.objectives);
  return problems;
}

/** Users by group need Redis OSS 6, and the provider takes major.minor from 7 on; Valkey begins with 7.2. */
function versionProblem({ engine, engineVersion }: GlobalCacheArgs): string | undefined {
  return /^([7-9]|\d\d)\.\d+$/.test(engineVersion)
    ? undefined
    : `must be a version of ${engine} from 7.0 on, as major.minor, got "${engineVersion}". Give one such as "8.0"`;
}

/** Source: ElastiCache User Guide, global datastores, prerequisites: these families, large and above. */
const globalNodeType: Rule<string> = (nodeType) =>
  /^cache\.(m5|m6g|m7g|r5|r6g|r6gd|r7g|c7gn)\.(\d*x?large)$/.test(nodeType)
    ? undefined
    : `must be large or above of m5, m6g, m7g, r5, r6g, r6gd, r7g or c7gn, got "${nodeType}". Take one such as "cache.r7g.large"`;
