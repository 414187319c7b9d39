import {
  backupRetentionDays,
  databaseGibibytes,
  replicaLagSeconds,
  slotLagGibibytes,
} from "../../runtime/limits.js";
import { Problems, type Rule, resourceName, retentionPeriod, within } from "../arguments.js";
import { checkCell, regionsOf } from "../cells/cell.js";
import { checkKeyArns } from "../cells/keys.js";
import type { CrossRegionReplicaArgs, ReplicaSettings } from "./cross-region-replica.js";
import { identifierProblem, rdsIdentifiers } from "./identifiers.js";
import { checkObjectives } from "./objectives.js";
import { checkPlacements } from "./placement.js";
import { replicaInstanceOf } from "./replica-instance.js";

/** Everything that is wrong with the arguments of source and replica, before anything is created. */
export function replicaProblems(args: CrossRegionReplicaArgs, settings: ReplicaSettings): Problems {
  const problems = new Problems();
  checkCell(problems, args.cell);
  problems.check("name", resourceName, args.name);
  const identifiers = regionsOf(args.cell).map((region) => replicaInstanceOf(args, region).name);
  problems.add("name", identifierProblem(identifiers, rdsIdentifiers));
  checkPlacements(problems, args.cell, args.placements);
  checkKeyArns(problems, args.cell, args.keyArns);
  if (args.logKeyArns) checkKeyArns(problems, args.cell, args.logKeyArns, "logKeyArns");
  problems.check("engineVersion", version, args.engineVersion);
  problems.check("instanceClass", instanceClass, settings.instanceClass);
  problems.check("replicaInstanceClass", instanceClass, settings.replicaInstanceClass);
  problems.check("allocatedGibibytes", within(databaseGibibytes), settings.allocatedGibibytes);
  problems.add("maxAllocatedGibibytes", growthProblem(settings));
  const retained = settings.backupRetentionDays;
  problems.check("backupRetentionDays", within(backupRetentionDays), retained);
  problems.check("replicaBackupWindow", window, settings.replicaBackupWindow);
  problems.check("lagAlarmSeconds", within(replicaLagSeconds), settings.lagAlarmSeconds);
  const slotLag = settings.slotLagAlarmGibibytes;
  problems.check("slotLagAlarmGibibytes", within(slotLagGibibytes), slotLag);
  problems.check("logRetentionDays", retentionPeriod, settings.logRetentionDays);
  problems.add("parameters", parametersProblem(args));
  checkObjectives(problems, args.objectives);
  return problems;
}

const version: Rule<string> = (given) =>
  /^1[1-9]\.\d+$/.test(given)
    ? undefined
    : `must be a version of PostgreSQL as major.minor, got "${given}". Give one such as "16.6"`;

const instanceClass: Rule<string> = (given) =>
  /^db\.[a-z]\w*\.\w+$/.test(given)
    ? undefined
    : `must be a class of RDS, got "${given}". Take one such as "db.r6g.large"`;

const window: Rule<string> = (given) =>
  /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/.test(given)
    ? undefined
    : `must be a time of day in UTC as "03:00-03:30", got "${given}". Give begin and end`;

/** Source: RDS User Guide, storage autoscaling: the maximum is at least a tenth above what is allocated. */
function growthProblem(settings: ReplicaSettings): string | undefined {
  const { allocatedGibibytes, maxAllocatedGibibytes } = settings;
  const least = Math.ceil(allocatedGibibytes * 1.1);
  const outside = within(databaseGibibytes)(maxAllocatedGibibytes);
  if (outside !== undefined || maxAllocatedGibibytes >= least) return outside;
  return `must be ${least} GiB or more, a tenth above allocatedGibibytes, got ${maxAllocatedGibibytes}. Give it room to grow`;
}

function parametersProblem({ parameters = {} }: CrossRegionReplicaArgs): string | undefined {
  if (Object.hasOwn(parameters, "rds.force_ssl")) {
    return `must leave "rds.force_ssl" to this component, got "${parameters["rds.force_ssl"]}". TLS is required always`;
  }
  return parameters["rds.logical_replication"] === "1"
    ? 'must leave "rds.logical_replication" off, got "1". A physical replica cannot subscribe, and logical replication carries neither schema nor sequences: it is another mode, not one beside'
    : undefined;
}
