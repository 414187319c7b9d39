import type { PolicyResource } from "@pulumi/policy";
import { type Finding, type Look, lookAtEach, problem, unknownAt } from "../findings.js";
import { known, UNKNOWN } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { satellitesOf } from "../satellites.js";

const globalType = "aws:rds/globalCluster:GlobalCluster";
const clusterType = "aws:rds/cluster:Cluster";
const instanceType = "aws:rds/clusterInstance:ClusterInstance";

/** What a failover does not carry over, so that each member must have it from the first day. */
const settings = [
  "backupRetentionPeriod",
  "dbClusterParameterGroupName",
  "enabledCloudwatchLogsExports",
  "iamDatabaseAuthenticationEnabled",
] as const;

/** Source: Aurora User Guide, managed failover: parameter groups, logs, classes are not carried over. */
export const membersAlike: Rule = {
  name: "dr-members-alike",
  description: "The members of a global database have the same settings, and instances alike.",
  why: "A failover carries no settings over: production would run on what the standby happens to have.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    "Give every member the same settings, instance classes and number of instances.",
  url: awsPages.managedFailover,
  validateStack: (args, report) => {
    lookAtEach(args, ({ type }) => looks[type], report);
  },
};

const looks: Readonly<Record<string, Look>> = {
  [globalType]: (database, all) => unlike(membersOf(database, all), all),
  [clusterType]: fromElsewhere,
};

function membersOf(
  database: PolicyResource,
  all: readonly PolicyResource[],
): readonly PolicyResource[] {
  const key = "globalClusterIdentifier";
  return satellitesOf(all, database, clusterType, key, key);
}

/** Of a member whose global database lies in another stack nobody knows here what the others are. */
function fromElsewhere(member: PolicyResource, all: readonly PolicyResource[]): readonly Finding[] {
  if (!("globalClusterIdentifier" in member.props)) return [];
  const databases = all.filter(({ type }) => type === globalType);
  const isOfHere = databases.some((database) => membersOf(database, all).includes(member));
  return isOfHere ? [] : unknownAt("globalClusterIdentifier");
}

function unlike(
  members: readonly PolicyResource[],
  all: readonly PolicyResource[],
): readonly Finding[] {
  const [first, ...others] = members.map((member) => traitsOf(member, all));
  if (first === undefined) return [];
  return others.flatMap((other) => differences(first, other));
}

interface Traits {
  readonly name: string;
  /** Each setting as text; `UNKNOWN` where preview does not know it. */
  readonly settings: Readonly<Record<string, string | typeof UNKNOWN>>;
  readonly instances: readonly (string | typeof UNKNOWN)[];
}

/** Names of parameter groups differ from Region to Region: it counts that there is one. */
function traitsOf(member: PolicyResource, all: readonly PolicyResource[]): Traits {
  const told = settings.map((setting) => {
    const value = known(() => member.props[setting]);
    if (setting === "dbClusterParameterGroupName") return [setting, value ? "given" : "not given"];
    return [setting, value === UNKNOWN ? UNKNOWN : JSON.stringify(value ?? "not given")];
  });
  const instances = satellitesOf(
    all,
    member,
    instanceType,
    "clusterIdentifier",
    "clusterIdentifier",
  );
  return {
    name: member.name,
    settings: Object.fromEntries(told),
    instances: instances.map(({ props }) => known(() => String(props.instanceClass))),
  };
}

function differences(one: Traits, other: Traits): readonly Finding[] {
  const unequal = settings.flatMap((setting) => {
    const [a, b] = [one.settings[setting], other.settings[setting]];
    if (a === UNKNOWN || b === UNKNOWN) return [{ unknown: setting }];
    if (a === b) return [];
    return problem(
      `${setting} must be the same for all members, got ${String(a)} for "${one.name}" and ${String(b)} for "${other.name}". Give both the same.`,
    );
  });
  return [...unequal, ...instanceDifferences(one, other)];
}

/** A member without instances is headless on purpose: another rule holds it against the RTO. */
function instanceDifferences(one: Traits, other: Traits): readonly Finding[] {
  if (one.instances.length === 0 || other.instances.length === 0) return [];
  const all = [...one.instances, ...other.instances];
  if (all.includes(UNKNOWN)) return [{ unknown: "instanceClass" }];
  const [a, b] = [one, other].map(({ instances }) => instances.map(String).toSorted().join(", "));
  if (a === b) return [];
  return problem(
    `instances must be alike for all members, got ${a} for "${one.name}" and ${b} for "${other.name}". Give both the same classes and number.`,
  );
}
