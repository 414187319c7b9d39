import { describe } from "vitest";
import { encryptedInTransit } from "../../../policies/residency-and-compliance/encrypted-in-transit.js";
import { type Shown, unknown } from "../in-process.js";
import { cannotCheck, held, one } from "./cases.js";

type Props = Readonly<Record<string, unknown>>;

const cluster = "aws:rds/cluster:Cluster";
const instance = "aws:rds/instance:Instance";
const groupOfInstances = "aws:rds/parameterGroup:ParameterGroup";
const groupOfClusters = "aws:rds/clusterParameterGroup:ClusterParameterGroup";

describe("the parameters of a database", () => {
  const parameters = (family: unknown, given?: unknown, type = groupOfClusters) =>
    one(type, { family, ...(given !== undefined && { parameters: given }) });
  const forced = (name: string, got: string) =>
    `mandatory: parameters must set ${name} to 1, got ${got}. Connections in clear are refused only then.`;
  held(encryptedInTransit, [
    [
      "force TLS in PostgreSQL",
      parameters("aurora-postgresql16", [{ name: "rds.force_ssl", value: "1" }]),
      [],
    ],
    [
      "force nothing in PostgreSQL",
      parameters("postgres16", undefined, groupOfInstances),
      [forced("rds.force_ssl", "nothing")],
    ],
    [
      "allow what is in clear in PostgreSQL",
      parameters("aurora-postgresql16", [{ name: "rds.force_ssl", value: "0" }]),
      [forced("rds.force_ssl", '"0"')],
    ],
    [
      "force nothing in MySQL",
      parameters("aurora-mysql8.0", []),
      [forced("require_secure_transport", "nothing")],
    ],
    [
      "force TLS in MariaDB",
      parameters(
        "mariadb11.4",
        [{ name: "require_secure_transport", value: "ON" }],
        groupOfInstances,
      ),
      [],
    ],
    [
      "force nothing in SQL Server",
      parameters("sqlserver-ee-16.0", [], groupOfInstances),
      [forced("rds.force_ssl", "nothing")],
    ],
    [
      "of an Aurora cluster's instances force nothing, as the cluster's do",
      parameters("aurora-postgresql16", [], groupOfInstances),
      [],
    ],
    [
      "of an engine that has none for it cannot be checked",
      parameters("oracle-ee-19", [], groupOfInstances),
      cannotCheck(encryptedInTransit, "family"),
    ],
    [
      "of an engine that is not known yet cannot be checked",
      parameters(unknown),
      cannotCheck(encryptedInTransit, "family"),
    ],
    [
      "that are not known yet cannot be checked",
      parameters("aurora-postgresql16", unknown),
      cannotCheck(encryptedInTransit, "parameters"),
    ],
  ]);
});

describe("the group that a database takes its parameters from", () => {
  const own: Shown = {
    type: groupOfInstances,
    name: "own",
    props: {
      name: "orders",
      family: "postgres16",
      parameters: [{ name: "rds.force_ssl", value: "1" }],
    },
  };
  const orders = (more: Props): Shown => ({
    type: instance,
    props: { engine: "postgres", ...more },
  });
  const none = (property: string, got = "none") =>
    `mandatory: ${property} must name a parameter group of one's own that forces TLS, got ${got}. What AWS's default takes differs from version to version.`;
  const cannot = (path: string) => cannotCheck(encryptedInTransit, path);
  held(encryptedInTransit, [
    ["is one of the stack", [own, orders({ parameterGroupName: "orders" })], []],
    [
      "is one of the stack whose name is not known yet",
      [
        own,
        {
          ...orders({ parameterGroupName: unknown }),
          madeOf: { parameterGroupName: [own] },
        },
      ],
      [],
    ],
    [
      "is one outside of the stack",
      [own, orders({ parameterGroupName: "elsewhere" })],
      cannot("parameterGroupName"),
    ],
    [
      "is not known yet",
      [own, orders({ parameterGroupName: unknown })],
      cannot("parameterGroupName"),
    ],
    ["is none", [orders({})], [none("parameterGroupName")]],
    [
      "is AWS's default",
      [orders({ parameterGroupName: "default.postgres16" })],
      [none("parameterGroupName", '"default.postgres16"')],
    ],
    [
      "is none of an Aurora cluster",
      one(cluster, { engine: "aurora-mysql" }),
      [none("dbClusterParameterGroupName")],
    ],
    [
      "does not matter for the instances of an Aurora cluster",
      one("aws:rds/clusterInstance:ClusterInstance", { engine: "aurora-mysql" }),
      [],
    ],
    [
      "is none of an engine that forces TLS otherwise",
      [orders({ engine: "oracle-ee" })],
      cannot("parameterGroupName"),
    ],
    ["is none of an engine that is not known yet", [orders({ engine: unknown })], cannot("engine")],
  ]);
});

describe("the group of a replica without one of its own", () => {
  const source: Shown = {
    type: instance,
    name: "source",
    props: {
      region: "us-east-1",
      identifier: "orders",
      engine: "postgres",
      parameterGroupName: "orders",
    },
  };
  const group: Shown = {
    type: groupOfInstances,
    name: "group",
    props: {
      name: "orders",
      family: "postgres16",
      parameters: [{ name: "rds.force_ssl", value: "1" }],
    },
  };
  const replica = (region: string | undefined, replicateSourceDb: unknown): Shown => ({
    type: instance,
    props: { ...(region !== undefined && { region }), replicateSourceDb },
  });
  const arn = "arn:aws:rds:us-east-1:111122223333:db:orders";
  const made = (one: Shown): Shown => ({ ...one, madeOf: { replicateSourceDb: [source] } });
  const cannot = cannotCheck(encryptedInTransit, "replicateSourceDb");
  const none =
    "mandatory: parameterGroupName must name a parameter group of one's own that forces TLS, got none. What AWS's default takes differs from version to version.";
  held(encryptedInTransit, [
    ["is its source's in the same Region", [group, source, replica("us-east-1", "orders")], []],
    [
      "is AWS's default in another Region",
      [group, source, made(replica("us-west-2", arn))],
      [none],
    ],
    [
      "is AWS's default in another Region where the source's ARN is not known yet",
      [group, source, made(replica("us-west-2", unknown))],
      [none],
    ],
    [
      "cannot be told of an unknown engine in another Region",
      [replica("us-west-2", arn)],
      cannotCheck(encryptedInTransit, "engine"),
    ],
    ["cannot be told where the source lies elsewhere", [replica("us-east-1", arn)], cannot],
    ["cannot be told where the source is not known", [replica("us-east-1", unknown)], cannot],
    ["cannot be told where its own Region is not known", [replica(undefined, arn)], cannot],
  ]);
});
