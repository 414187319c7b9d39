import {
  backupRetentionDays,
  databaseInstances,
  enforcedRpoSeconds,
  lagAlarmMilliseconds,
} from "../../runtime/limits.js";
import { Problems, type Rule, resourceName, retentionPeriod, within } from "../arguments.js";
import { checkCell, regionsOf } from "../cells/cell.js";
import { checkKeyArns } from "../cells/keys.js";
import type { AuroraGlobalDatabaseArgs, AuroraSettings } from "./aurora-global-database.js";
import { memberOf } from "./aurora-names.js";
import { identifierProblem, rdsIdentifiers } from "./identifiers.js";
import { checkObjectives } from "./objectives.js";
import { checkPlacements } from "./placement.js";

/** Everything that is wrong with a global database's arguments, before anything is created. */
export function auroraProblems(args: AuroraGlobalDatabaseArgs, settings: AuroraSettings): Problems {
  const problems = new Problems();
  checkCell(problems, args.cell);
  problems.check("name", resourceName, args.name);
  problems.add("name", identifierProblem(identifiersOf(args, settings), rdsIdentifiers));
  checkPlacements(problems, args.cell, args.placements);
  checkKeyArns(problems, args.cell, args.keyArns);
  if (args.logKeyArns) checkKeyArns(problems, args.cell, args.logKeyArns, "logKeyArns");
  problems.check("engineVersion", globalVersion, args.engineVersion);
  problems.add("onPartition", partitionProblem(args));
  problems.check("enforcedRpoSeconds", within(enforcedRpoSeconds), settings.enforcedRpoSeconds);
  if (!regionsOf(args.cell).includes(settings.rpoEnforcedIn)) {
    problems.add(
      "rpoEnforcedIn",
      `must be a Region of the cell (${regionsOf(args.cell).join(", ")}), got "${settings.rpoEnforcedIn}". Name the one that writes`,
    );
  }
  problems.check("instanceClass", globalClass, settings.instanceClass);
  problems.check("instancesPerRegion", within(databaseInstances), settings.instancesPerRegion);
  const retained = settings.backupRetentionDays;
  problems.check("backupRetentionDays", within(backupRetentionDays), retained);
  const lag = settings.lagAlarmMilliseconds;
  problems.check("lagAlarmMilliseconds", within(lagAlarmMilliseconds), lag);
  problems.check("logRetentionDays", retentionPeriod, settings.logRetentionDays);
  problems.add("clusterParameters", parametersProblem(args));
  checkObjectives(problems, args.objectives);
  return problems;
}

/** Versions whose failover AWS manages. Source: Aurora User Guide, managed planned and unplanned failovers. */
const globalVersion: Rule<string> = (version) => {
  const [, major = "", minor = ""] = /^(\d+)\.(\d+)$/.exec(version) ?? [];
  const isManaged = Number(major) > 13 || (major === "13" && Number(minor) >= 3);
  return isManaged
    ? undefined
    : `must be a version of Aurora PostgreSQL from 13.3 on, as major.minor, got "${version}". Older ones cannot fail over as one database`;
};

/** Source: Aurora User Guide, requirements of global databases: no T classes. */
const globalClass: Rule<string> = (instanceClass) =>
  /^db\.(?!t\d|serverless)[a-z]\w*\.\w+$/.test(instanceClass)
    ? undefined
    : `must be a provisioned class that is not burstable, got "${instanceClass}". Take a memory-optimized one, such as "db.r6g.large"`;

/** Of the last instance in each Region, the longest of all. */
function identifiersOf(
  args: AuroraGlobalDatabaseArgs,
  { instancesPerRegion }: AuroraSettings,
): readonly string[] {
  return regionsOf(args.cell).map(
    (region) => `${memberOf(args, region).name}-${instancesPerRegion}`,
  );
}

function partitionProblem(args: AuroraGlobalDatabaseArgs): string | undefined {
  const { onPartition, enforcedRpoSeconds: enforced, rpoEnforcedIn } = args;
  const given: string = onPartition;
  if (given !== "block-commits" && given !== "keep-committing") {
    return `must be "block-commits" or "keep-committing", got "${given}". Choose what is worse: lost writes, or none taken`;
  }
  return given === "keep-committing" && (enforced !== undefined || rpoEnforcedIn !== undefined)
    ? 'must be "block-commits" where an RPO is enforced, got "keep-committing". Choose one'
    : undefined;
}

/** Parameters that this component sets itself. */
const ownParameters = ["rds.force_ssl", "rds.global_db_rpo"];

function parametersProblem({ clusterParameters = {} }: AuroraGlobalDatabaseArgs) {
  const own = ownParameters.find((parameter) => Object.hasOwn(clusterParameters, parameter));
  return own === undefined
    ? undefined
    : `must leave "${own}" to this component, got "${clusterParameters[own]}". TLS is required always, and the RPO is "enforcedRpoSeconds"`;
}
