import { beforeAll, describe, expect, test } from "vitest";
import {
  AuroraGlobalDatabase,
  type AuroraGlobalDatabaseArgs,
  backupTagOf,
} from "../../../components/index.js";
import { guardsFor } from "../../../runtime/core/cells/drift-guards.js";
import { keyArns, ledger, placements } from "../../support/placements.js";
import { goldenList, type MockRun, runProgram, shapeOf } from "../../support/pulumi-mocks.js";

const cluster = "aws:rds/cluster:Cluster";
const instance = "aws:rds/clusterInstance:ClusterInstance";
const clusterParameters = "aws:rds/clusterParameterGroup:ClusterParameterGroup";

function database(changes: Partial<AuroraGlobalDatabaseArgs> = {}) {
  return () => new AuroraGlobalDatabase("ledger", { ...ledger, ...changes });
}

function parametersIn(run: MockRun, region: string): Readonly<Record<string, string>> {
  const { parameters } = run.one(clusterParameters, `ledger-cluster-${region}`).inputs;
  const given = parameters as readonly { readonly name: string; readonly value: string }[];
  return Object.fromEntries(given.map(({ name, value }) => [name, value]));
}

describe("an Aurora global database", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(database());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/aurora-global-database.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(database(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs, with ARNs that are known at preview", async () => {
    const preview = await runProgram(database(), { preview: true });
    const [component] = preview.of("aws-dr:data:AuroraGlobalDatabase");
    expect(component?.inputs).toEqual({
      environment: "shop",
      cell: "orders",
      account: "111122223333",
      residency: "us",
      primaryRegion: "us-east-1",
      recoveryRegion: "us-west-2",
      name: "ledger",
      mechanism: "aurora-global-database",
      activationSeconds: 300,
      engineVersion: "16.6",
      onPartition: "keep-committing",
      instanceClass: "db.r6g.large",
      instances: { "us-east-1": 2, "us-west-2": 2 },
      headless: false,
      writeForwarding: false,
      backupRetentionDays: 35,
      lagAlarmMilliseconds: 5_000,
      masterSecretName: "shop-orders-ledger",
      keepData: true,
    });
    const member = (region: string) =>
      expect.objectContaining({
        clusterIdentifier: `shop-orders-ledger-${region}`,
        clusterArn: `arn:aws:rds:${region}:111122223333:cluster:shop-orders-ledger-${region}`,
        instanceParameterGroupName: `shop-orders-ledger-${region}-pg16`,
        lagAlarmArn: `arn:aws:cloudwatch:${region}:111122223333:alarm:shop-orders-ledger-${region}-lag`,
      });
    expect(component?.outputs).toMatchObject({
      ...component?.inputs,
      globalClusterIdentifier: "shop-orders-ledger",
      globalClusterArn: "arn:aws:rds::111122223333:global-cluster:shop-orders-ledger",
      members: { "us-east-1": member("us-east-1"), "us-west-2": member("us-west-2") },
    });
  });

  test("ignores on every member and instance what a failover changes", () => {
    for (const { type, inputs, ignoreChanges } of [...run.of(cluster), ...run.of(instance)]) {
      const guards = guardsFor(type, (property) => inputs[property] !== undefined);
      expect(guards).toHaveLength(1);
      const guarded = guards.flatMap((guard) => guard.ignoreChanges);
      expect(guarded.filter((property) => !ignoreChanges.includes(property))).toEqual([]);
    }
  });

  test("gives credentials to the first writer alone, and none to RDS to manage", () => {
    const [primary, recovery] = ["ledger-us-east-1", "ledger-us-west-2"].map(
      (name) => run.one(cluster, name).inputs,
    );
    const credentials = ["masterUsername", "masterPasswordWo", "masterPasswordWoVersion"];
    const givenTo = (inputs: MockRun["resources"][number]["inputs"] | undefined) =>
      credentials.filter((key) => inputs?.[key] !== undefined);
    expect(givenTo(primary)).toEqual(credentials);
    expect(givenTo(recovery)).toEqual([]);
    expect(run.of(cluster).map(({ inputs }) => inputs.manageMasterUserPassword)).toEqual([
      undefined,
      undefined,
    ]);
  });

  test("makes its members alike in all that a failover relies on", () => {
    const of = (type: string, key: string) => run.of(type).map(({ inputs }) => inputs[key]);
    expect(new Set(of(instance, "instanceClass")).size).toBe(1);
    expect(new Set(of(cluster, "backupRetentionPeriod"))).toEqual(new Set([35]));
    expect(of("aws:cloudwatch/metricAlarm:MetricAlarm", "region").sort()).toEqual([
      "us-east-1",
      "us-east-1",
      "us-west-2",
      "us-west-2",
    ]);
    expect(parametersIn(run, "us-east-1")).toEqual(parametersIn(run, "us-west-2"));
  });

  test("carries the tag of backups on both clusters, and on no instance of them", async () => {
    const backedUp = await runProgram(database({ backupTag: backupTagOf(ledger.cell) }));
    expect(backedUp.of(cluster).map(({ inputs }) => inputs.tags)).toEqual([
      { backup: "shop-orders" },
      { backup: "shop-orders" },
    ]);
    for (const { inputs } of [...run.of(cluster), ...backedUp.of(instance)]) {
      expect(inputs).not.toHaveProperty("tags");
    }
  });

  test("tells each Region's topics of lag, and of its end", () => {
    const alarms = run.of("aws:cloudwatch/compositeAlarm:CompositeAlarm");
    expect(alarms.map(({ inputs }) => [inputs.region, inputs.alarmActions])).toEqual([
      ["us-east-1", placements["us-east-1"]?.notificationTopicArns],
      ["us-west-2", placements["us-west-2"]?.notificationTopicArns],
    ]);
    for (const { inputs } of alarms) expect(inputs.okActions).toEqual(inputs.alarmActions);
  });
});

describe("settings of an Aurora global database", () => {
  test("enforce an RPO where the writer is, and leave the other Region its default", async () => {
    const enforced = await runProgram(
      database({ onPartition: "block-commits", enforcedRpoSeconds: 20 }),
    );
    expect(parametersIn(enforced, "us-east-1")["rds.global_db_rpo"]).toBe("20");
    expect(parametersIn(enforced, "us-west-2")["rds.global_db_rpo"]).toBeUndefined();
    const [component] = enforced.of("aws-dr:data:AuroraGlobalDatabase");
    expect(component?.inputs).toMatchObject({
      enforcedRpoSeconds: 20,
      rpoEnforcedIn: "us-east-1",
    });
  });

  test("enforce it in the other Region once that is where the writer stays", async () => {
    const moved = await runProgram(
      database({ onPartition: "block-commits", rpoEnforcedIn: "us-west-2" }),
    );
    expect(parametersIn(moved, "us-east-1")["rds.global_db_rpo"]).toBeUndefined();
    expect(parametersIn(moved, "us-west-2")["rds.global_db_rpo"]).toBe("60");
  });

  test("leave a headless Region without instances, and tell what that costs in a failover", async () => {
    const headless = await runProgram(database({ headless: true }));
    expect(headless.of(instance).map(({ inputs }) => inputs.region)).toEqual([
      "us-east-1",
      "us-east-1",
    ]);
    const [component] = headless.of("aws-dr:data:AuroraGlobalDatabase");
    expect(component?.inputs).toMatchObject({ headless: true, activationSeconds: 900 });
  });

  test("set what users ask of parameters beside what the component needs", async () => {
    const clusterParameters = { "apg_write_forward.consistency_mode": "SESSION" };
    const forwarding = await runProgram(database({ writeForwarding: true, clusterParameters }));
    expect(parametersIn(forwarding, "us-west-2")).toEqual({
      "rds.force_ssl": "1",
      ...clusterParameters,
    });
    expect(forwarding.of(cluster).map(({ inputs }) => inputs.enableGlobalWriteForwarding)).toEqual([
      true,
      true,
    ]);
  });

  test("encrypt the logs of each Region with a key of that Region", async () => {
    const given = await runProgram(database({ logKeyArns: keyArns }));
    const groups = given.of("aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => inputs);
    expect(groups.map(({ region, kmsKeyId }) => [region, kmsKeyId])).toEqual(
      Object.entries(keyArns),
    );
  });

  test("take the locks away only where the data need not be kept", async () => {
    const given = await runProgram(database({ keepData: false }));
    const locked = given.resources.filter(
      ({ protect, inputs }) => protect || inputs.deletionProtection === true,
    );
    expect(locked).toEqual([]);
    expect(given.of(cluster).map(({ inputs }) => inputs.skipFinalSnapshot)).toEqual([true, true]);
  });

  test("hand members' and instances' arguments to the transforms last", async () => {
    const changed = await runProgram(
      database({
        transformCluster: (given) => ({ ...given, preferredBackupWindow: "03:00-04:00" }),
        transformInstance: (given) => ({ ...given, monitoringInterval: 60 }),
      }),
    );
    const windows = changed.of(cluster).map(({ inputs }) => inputs.preferredBackupWindow);
    expect(windows).toEqual(["03:00-04:00", "03:00-04:00"]);
    expect(new Set(changed.of(instance).map(({ inputs }) => inputs.monitoringInterval))).toEqual(
      new Set([60]),
    );
  });
});
