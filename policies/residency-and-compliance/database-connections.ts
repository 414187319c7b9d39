import type { PolicyResource } from "@pulumi/policy";
import { type Finding, type Look, problem, unknownAt } from "../findings.js";
import { known, UNKNOWN } from "../known.js";
import { copyOf, replicaType, sourceOf } from "../replicas.js";
import { satellitesOf } from "../satellites.js";

const clusterParameters: GroupOf = {
  property: "dbClusterParameterGroupName",
  type: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
};
const instanceParameters: GroupOf = {
  property: "parameterGroupName",
  type: "aws:rds/parameterGroup:ParameterGroup",
};

/** Where a database names the group that its parameters come from. */
interface GroupOf {
  readonly property: string;
  readonly type: string;
}

/**
 * How databases are made to refuse connections in clear: by a parameter, in a group of one's own. The
 * instances of an Aurora cluster are not among them, as the cluster's group decides for all of them.
 */
export const databaseConnections: Readonly<Record<string, Look>> = {
  "aws:rds/cluster:Cluster": (cluster, all) => groupOf(cluster, all, clusterParameters),
  [clusterParameters.type]: parameterFindings,
  [instanceParameters.type]: parameterFindings,
  [replicaType]: instanceFindings,
};

/**
 * Each engine's parameter that refuses connections in clear, by the beginning that the engine's name
 * and its parameter families share. Oracle and Db2 have none that is alike. Source: RDS and Aurora
 * User Guides, using SSL/TLS with each engine.
 */
const forcing: readonly { readonly engine: RegExp; readonly name: string; readonly on: RegExp }[] =
  [
    { engine: /^(aurora-)?postgres/, name: "rds.force_ssl", on: /^1$/ },
    { engine: /^sqlserver-/, name: "rds.force_ssl", on: /^1$/ },
    { engine: /^((aurora-)?mysql|mariadb)/, name: "require_secure_transport", on: /^(1|on)$/i },
  ];

/**
 * A replica without a group of its own takes that of its source in the same Region, and AWS's default
 * in another. Source: RDS API Reference, CreateDBInstanceReadReplica, DBParameterGroupName.
 */
function instanceFindings(
  instance: PolicyResource,
  all: readonly PolicyResource[],
): readonly Finding[] {
  const { property } = instanceParameters;
  const hasOwn = known(() => instance.props[property]);
  if (hasOwn || !("replicateSourceDb" in instance.props)) {
    return groupOf(instance, all, instanceParameters);
  }
  const copy = copyOf(instance, all);
  if (copy?.from === undefined || copy.to === undefined) return unknownAt("replicateSourceDb");
  if (copy.from !== copy.to) return groupOf(instance, all, instanceParameters);
  return sourceOf(instance, all) === undefined ? unknownAt("replicateSourceDb") : [];
}

/** A group of the stack is looked at itself; of another nobody knows here what it holds. */
function groupOf(
  database: PolicyResource,
  all: readonly PolicyResource[],
  { property, type }: GroupOf,
): readonly Finding[] {
  const groups = all.filter((one) => one.type === type);
  const isOf = (group: PolicyResource) =>
    satellitesOf([database], group, database.type, property, "name").length > 0;
  if (groups.some(isOf)) return [];
  const name = known(() => database.props[property] as string | undefined);
  if (name === UNKNOWN || (name && !name.startsWith("default."))) return unknownAt(property);
  const engine = engineOf(database, all);
  if (engine === undefined) return unknownAt("engine");
  if (forcing.every((one) => !one.engine.test(engine))) return unknownAt(property);
  return problem(
    `${property} must name a parameter group of one's own that forces TLS, got ${name ? `"${name}"` : "none"}. ` +
      "What AWS's default takes differs from version to version.",
  );
}

function engineOf(database: PolicyResource, all: readonly PolicyResource[]): string | undefined {
  const engine = known(() => database.props.engine as string | undefined);
  if (engine !== UNKNOWN && engine) return engine;
  const source = sourceOf(database, all);
  return source === undefined ? undefined : engineOf(source, all);
}

/** Of an Aurora cluster the cluster's own parameter group decides, not that of its instances. */
function parameterFindings({ type, props }: PolicyResource): readonly Finding[] {
  const family = known(() => props.family as string | undefined);
  if (family === UNKNOWN || family === undefined) return unknownAt("family");
  if (type === instanceParameters.type && family.startsWith("aurora-")) return [];
  const engine = forcing.find((one) => one.engine.test(family));
  if (engine === undefined) return unknownAt("family");
  const parameters = known(() => props.parameters as readonly Parameter[] | undefined);
  if (parameters === UNKNOWN) return unknownAt("parameters");
  const value = parameters?.find(({ name }) => name === engine.name)?.value;
  if (value !== undefined && engine.on.test(value)) return [];
  return problem(
    `parameters must set ${engine.name} to 1, got ${value === undefined ? "nothing" : `"${value}"`}. Connections in clear are refused only then.`,
  );
}

interface Parameter {
  readonly name: string;
  readonly value: string;
}
