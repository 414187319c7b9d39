import { beforeAll, describe, expect, test } from "vitest";
import {
  backupTagOf,
  CrossRegionReplica,
  type CrossRegionReplicaArgs,
} from "../../../components/index.js";
import { guardsFor } from "../../../runtime/core/cells/drift-guards.js";
import { orders } from "../../support/cells.js";
import { keyArn, keyArns, placements } from "../../support/placements.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const args: CrossRegionReplicaArgs = {
  cell: orders,
  name: "accounts",
  placements,
  keyArns,
  engineVersion: "16.6",
  firstPassword: "first-and-soon-changed",
  masterSecretName: "shop-orders-accounts",
};

const instance = "aws:rds/instance:Instance";

function database(changes: Partial<CrossRegionReplicaArgs> = {}) {
  return () => new CrossRegionReplica("accounts", { ...args, ...changes });
}

describe("a cross-Region replica", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(database());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/cross-region-replica.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(database(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:data:CrossRegionReplica");
    expect(component?.inputs).toEqual({
      environment: "shop",
      cell: "orders",
      account: "111122223333",
      residency: "us",
      primaryRegion: "us-east-1",
      recoveryRegion: "us-west-2",
      name: "accounts",
      mechanism: "rds-cross-region-replica",
      mode: "physical",
      activationSeconds: 900,
      engineVersion: "16.6",
      instanceClass: "db.r6g.large",
      replicaInstanceClass: "db.r6g.large",
      multiAz: { "us-east-1": true, "us-west-2": true },
      backupRetentionDays: 35,
      lagAlarmSeconds: 60,
      masterSecretName: "shop-orders-accounts",
      keepData: true,
    });
    const side = (region: string) =>
      expect.objectContaining({
        identifier: `shop-orders-accounts-${region}`,
        instanceArn: `arn:aws:rds:${region}:111122223333:db:shop-orders-accounts-${region}`,
        lagAlarmArn: `arn:aws:cloudwatch:${region}:111122223333:alarm:shop-orders-accounts-${region}-lag`,
      });
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      instances: { "us-east-1": side("us-east-1"), "us-west-2": side("us-west-2") },
    });
  });

  test("guards the replica against being promoted or replaced, and nothing else", () => {
    const [source, replica] = ["accounts-us-east-1", "accounts-us-west-2"].map((name) =>
      run.one(instance, name),
    );
    const guards = guardsFor(instance, (property) => replica?.inputs[property] !== undefined);
    expect(replica?.ignoreChanges).toEqual(guards.flatMap((guard) => guard.ignoreChanges));
    expect(source?.ignoreChanges).toEqual(["passwordWo", "passwordWoVersion"]);
  });

  test("gives the replica neither credentials nor an engine: RDS takes them from the source", () => {
    const { inputs } = run.one(instance, "accounts-us-west-2");
    const refused = ["username", "passwordWo", "dbName", "engine", "allocatedStorage"];
    expect(refused.filter((property) => inputs[property] !== undefined)).toEqual([]);
    const managed = run.of(instance).map((one) => one.inputs.manageMasterUserPassword);
    expect(managed).toEqual([undefined, undefined]);
  });

  test("is backed up where it writes: RDS refuses to promote a replica meanwhile", async () => {
    const backedUp = await runProgram(database({ backupTag: backupTagOf(orders) }));
    const tags = (region: string) => backedUp.one(instance, `accounts-${region}`).inputs.tags;
    expect(tags("us-east-1")).toEqual({ backup: "shop-orders" });
    expect(tags("us-west-2")).toBeUndefined();
  });

  test("grows, and moves its replica's backups, as it is told", async () => {
    const given = await runProgram(
      database({
        allocatedGibibytes: 2_000,
        replicaInstanceClass: "db.r6g.xlarge",
        replicaMultiAz: false,
        replicaBackupWindow: "22:00-22:30",
      }),
    );
    expect(given.one(instance, "accounts-us-east-1").inputs).toMatchObject({
      allocatedStorage: 2_000,
      maxAllocatedStorage: 4_000,
      multiAz: true,
    });
    expect(given.one(instance, "accounts-us-west-2").inputs).toMatchObject({
      instanceClass: "db.r6g.xlarge",
      multiAz: false,
      backupWindow: "22:00-22:30",
    });
  });

  test("encrypts the logs of each Region with a key of that Region", async () => {
    const given = await runProgram(database({ logKeyArns: keyArns }));
    const groups = given.of("aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => inputs);
    expect(groups.map(({ region, kmsKeyId }) => [region, kmsKeyId])).toEqual(
      Object.entries(keyArns),
    );
  });

  test("takes the locks away only where the data need not be kept", async () => {
    const given = await runProgram(database({ keepData: false }));
    const locked = given.resources.filter(
      ({ protect, inputs }) => protect || inputs.deletionProtection === true,
    );
    expect(locked).toEqual([]);
  });

  test("hands the arguments of source and replica to the transform last", async () => {
    const given = await runProgram(
      database({ transformInstance: (one) => ({ ...one, storageThroughput: 500 }) }),
    );
    expect(given.of(instance).map(({ inputs }) => inputs.storageThroughput)).toEqual([500, 500]);
  });
});

describe("a cross-Region replica refuses, before it creates anything,", () => {
  test.each<[string, Partial<CrossRegionReplicaArgs>, readonly string[]]>([
    [
      "numbers beyond their limits",
      {
        allocatedGibibytes: 19,
        maxAllocatedGibibytes: 20,
        backupRetentionDays: 0,
        lagAlarmSeconds: 4,
        slotLagAlarmGibibytes: 0,
        logRetentionDays: 3_654,
      },
      [
        "allocatedGibibytes must be 20 to 65536 GiB, got 19.",
        "maxAllocatedGibibytes must be 21 GiB or more, a tenth above allocatedGibibytes, got 20. Give it room to grow.",
        "backupRetentionDays must be 7 to 35 days, got 0.",
        "lagAlarmSeconds must be 5 to 3600 seconds, got 4.",
        "slotLagAlarmGibibytes must be 1 to 1000 GiB that the source keeps for its replica, got 0.",
        "logRetentionDays must be a period that CloudWatch Logs knows (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days), got 3654.",
      ],
    ],
    [
      "a key of another Region for its logs",
      { logKeyArns: { ...keyArns, "us-west-2": keyArn("us-east-1") } },
      [
        'logKeyArns["us-west-2"] must be the ARN of a key in that Region, got "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555". A service encrypts with keys of its own Region.',
      ],
    ],
    [
      "words that RDS does not take",
      {
        engineVersion: "16",
        instanceClass: "r6g.large",
        replicaBackupWindow: "3-4",
      },
      [
        'engineVersion must be a version of PostgreSQL as major.minor, got "16". Give one such as "16.6".',
        'instanceClass must be a class of RDS, got "r6g.large". Take one such as "db.r6g.large".',
        'replicaInstanceClass must be a class of RDS, got "r6g.large". Take one such as "db.r6g.large".',
        'replicaBackupWindow must be a time of day in UTC as "03:00-03:30", got "3-4". Give begin and end.',
      ],
    ],
    [
      "logical replication beside the physical",
      { parameters: { "rds.logical_replication": "1" } },
      [
        'parameters must leave "rds.logical_replication" off, got "1". A physical replica cannot subscribe, and logical replication carries neither schema nor sequences: it is another mode, not one beside.',
      ],
    ],
    [
      "connections without TLS",
      { parameters: { "rds.force_ssl": "0" } },
      ['parameters must leave "rds.force_ssl" to this component, got "0". TLS is required always.'],
    ],
    [
      "a key of another Region",
      { keyArns: { ...keyArns, "us-west-2": keyArn("us-east-1") } },
      [
        'keyArns["us-west-2"] must be the ARN of a key in that Region, got "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555". A service encrypts with keys of its own Region.',
      ],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(database(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });
});
