import { describe, expect, it } from "vitest";
import { backupsOfCopied } from "../../../policies/failover-safety/backups-of-copied.js";
import { currentGlobalTables } from "../../../policies/failover-safety/current-global-tables.js";
import { membersAlike } from "../../../policies/failover-safety/members-alike.js";
import { noManagedPassword } from "../../../policies/failover-safety/no-managed-password.js";
import { type Shown, showResource, showStack, uncheckedAdvisory, unknown } from "../in-process.js";

type Props = Readonly<Record<string, unknown>>;

const database: Shown = {
  type: "aws:rds/globalCluster:GlobalCluster",
  name: "ledger",
  props: { globalClusterIdentifier: "ledger" },
};

function member(name: string, more: Props = {}): Shown {
  return {
    type: "aws:rds/cluster:Cluster",
    name,
    props: {
      globalClusterIdentifier: "ledger",
      clusterIdentifier: name,
      backupRetentionPeriod: 35,
      dbClusterParameterGroupName: `group-of-${name}`,
      ...more,
    },
  };
}

function instance(clusterIdentifier: string, instanceClass: unknown, number = 1): Shown {
  return {
    type: "aws:rds/clusterInstance:ClusterInstance",
    name: `${clusterIdentifier}-${number}`,
    props: { clusterIdentifier, instanceClass },
  };
}

const large = "db.r6g.large";

describe("the members of a global database", () => {
  const notYet = { globalClusterIdentifier: unknown };
  const ofDatabase = { globalClusterIdentifier: [database] };
  const alike = [member("east"), member("west"), instance("east", large), instance("west", large)];

  it.each<[string, readonly Shown[], readonly string[]]>([
    ["are alike", alike, []],
    ["stand alone", [member("east")], []],
    ["are headless on one side", alike.slice(0, 3), []],
    [
      "keep backups for different times",
      [member("east"), member("west", { backupRetentionPeriod: 7 })],
      [
        'mandatory: backupRetentionPeriod must be the same for all members, got 35 for "east" and 7 for "west". Give both the same.',
      ],
    ],
    [
      "have parameters on one side alone",
      [member("east"), member("west", { dbClusterParameterGroupName: "" })],
      [
        'mandatory: dbClusterParameterGroupName must be the same for all members, got given for "east" and not given for "west". Give both the same.',
      ],
    ],
    [
      "have other instances",
      [...alike, instance("east", large, 2)],
      [
        'mandatory: instances must be alike for all members, got db.r6g.large, db.r6g.large for "east" and db.r6g.large for "west". Give both the same classes and number.',
      ],
    ],
    [
      "have smaller instances",
      [...alike.slice(0, 3), instance("west", "db.r6g.medium")],
      [
        'mandatory: instances must be alike for all members, got db.r6g.large for "east" and db.r6g.medium for "west". Give both the same classes and number.',
      ],
    ],
    [
      "have instances of a class that is not known yet",
      [...alike.slice(0, 3), instance("west", unknown)],
      [uncheckedAdvisory(membersAlike, "ledger.instanceClass")],
    ],
    [
      "have a setting that is not known yet",
      [member("east"), member("west", { backupRetentionPeriod: unknown })],
      [uncheckedAdvisory(membersAlike, "ledger.backupRetentionPeriod")],
    ],
    [
      "lie with a database of another stack",
      [member("east", { globalClusterIdentifier: "elsewhere" })],
      [uncheckedAdvisory(membersAlike, "east.globalClusterIdentifier")],
    ],
    [
      "belong to a database that is not known yet, nor of the stack",
      [member("east", { globalClusterIdentifier: unknown })],
      [uncheckedAdvisory(membersAlike, "east.globalClusterIdentifier")],
    ],
    [
      "are found by what they are made of",
      [
        { ...member("east", notYet), madeOf: ofDatabase },
        { ...member("west", { ...notYet, backupRetentionPeriod: 7 }), madeOf: ofDatabase },
      ],
      [
        'mandatory: backupRetentionPeriod must be the same for all members, got 35 for "east" and 7 for "west". Give both the same.',
      ],
    ],
    ["are none of a cluster on its own", [{ type: "aws:rds/cluster:Cluster", props: {} }], []],
  ])("%s", async (_title, shown, said) => {
    expect(await showStack(membersAlike, [database, ...shown])).toEqual(said);
  });
});

describe("the backups of a global database's member", () => {
  const tooShort = (got: string) =>
    `mandatory: backupRetentionPeriod must be at least 7 days in a global database, got ${got}. Raise it: the snapshot of a lost primary is kept as long.`;

  it.each<[string, Props, readonly string[]]>([
    ["are kept for 6 days", { backupRetentionPeriod: 6 }, [tooShort("6")]],
    ["are kept for 7 days", { backupRetentionPeriod: 7 }, []],
    ["are kept for 8 days", { backupRetentionPeriod: 8 }, []],
    [
      "are kept for a day where nobody says",
      { backupRetentionPeriod: null },
      [tooShort("nothing, which is 1")],
    ],
    [
      "are kept for a time that is not known yet",
      { backupRetentionPeriod: unknown },
      [uncheckedAdvisory(backupsOfCopied, "backupRetentionPeriod")],
    ],
  ])("%s", async (_title, props, said) => {
    expect(await showResource(backupsOfCopied, member("east", props))).toEqual(said);
  });

  it("are another's affair where there is no copy", async () => {
    const alone = { type: "aws:rds/cluster:Cluster", props: { backupRetentionPeriod: 1 } };
    expect(await showResource(backupsOfCopied, alone)).toEqual([]);
  });
});

describe("a master password that RDS manages", () => {
  const refused =
    "mandatory: manageMasterUserPassword must be absent from a database with copies in other Regions, got true. Use a replicated secret of your own.";
  const managed = { manageMasterUserPassword: true };
  const source: Shown = {
    type: "aws:rds/instance:Instance",
    name: "orders",
    props: { arn: "arn:aws:rds:us-east-1:111122223333:db:orders", ...managed },
  };
  const replica = (replicateSourceDb: unknown): Shown => ({
    type: "aws:rds/instance:Instance",
    name: "copy",
    props: { replicateSourceDb },
  });

  it.each<[string, readonly Shown[], readonly string[]]>([
    ["is refused in a global database", [member("east", managed)], [refused]],
    ["is none in a global database", [member("east")], []],
    [
      "is not known yet in a global database",
      [member("east", { manageMasterUserPassword: unknown })],
      [uncheckedAdvisory(noManagedPassword, "east.manageMasterUserPassword")],
    ],
    ["is refused at the source of a replica", [source, replica(source.props.arn)], [refused]],
    ["is taken without a replica", [source, replica("another")], []],
    ["is taken by a cluster on its own", [{ type: "aws:rds/cluster:Cluster", props: managed }], []],
  ])("%s", async (_title, shown, said) => {
    expect(await showStack(noManagedPassword, shown)).toEqual(said);
  });

  it("is refused where preview knows the replica's source by its dependency alone", async () => {
    const copy = { ...replica(unknown), madeOf: { replicateSourceDb: [source] } };
    expect(await showStack(noManagedPassword, [source, copy])).toEqual([refused]);
  });
});

describe("a global table of version 2017", () => {
  it("is refused, and a table of today is not", async () => {
    const legacy = { type: "aws:dynamodb/globalTable:GlobalTable", props: {} };
    expect(await showResource(currentGlobalTables, legacy)).toEqual([
      "mandatory: a table must be replicated by its own replicas, got a global table of version 2017.11.29. Use replicas of aws.dynamodb.Table.",
    ]);
    const table = { type: "aws:dynamodb/table:Table", props: {} };
    expect(await showResource(currentGlobalTables, table)).toEqual([]);
  });
});
