import { beforeAll, describe, expect, test } from "vitest";
import { BackupVaultPair, type BackupVaultPairArgs } from "../../../components/index.js";
import { keyArns, orders } from "../../support/cells.js";
import { documentOf, policyLines, policyProblems } from "../../support/policy-checks.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const args: BackupVaultPairArgs = {
  cell: orders,
  name: "backups",
  keyArns,
  stores: ["aurora", "dynamodb", "rds"],
};
const vaultType = "aws:backup/vault:Vault";
const lockType = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";

function pair(changes: Partial<BackupVaultPairArgs> = {}) {
  return () => new BackupVaultPair("backups", { ...args, ...changes });
}

describe("a pair of backup vaults", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(pair());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/backup-vault-pair.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(pair(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:data:BackupVaultPair");
    expect(component?.inputs).toEqual({
      environment: "shop",
      cell: "orders",
      account: "111122223333",
      residency: "us",
      primaryRegion: "us-east-1",
      recoveryRegion: "us-west-2",
      name: "backups",
      mechanism: "backup-copy",
      stores: ["aurora", "dynamodb", "rds"],
      tag: { key: "backup", value: "shop-orders" },
      schedule: "cron(0 5 ? * * *)",
      backedUpEverySeconds: 86_400,
      keepBackupsDays: 35,
      keepData: true,
    });
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      vaultName: "shop-orders-backups",
      vaultArns: {
        "us-east-1": "arn:aws:backup:us-east-1:111122223333:backup-vault:shop-orders-backups",
        "us-west-2": "arn:aws:backup:us-west-2:111122223333:backup-vault:shop-orders-backups",
      },
      backupRoleArn: "arn:aws:iam::111122223333:role/shop-orders-backups-backup",
    });
  });

  test("copies the backups of each Region to the other, and keeps both as long", () => {
    const plans = run.of("aws:backup/plan:Plan").map(({ inputs }) => {
      const [rule] = Object(inputs.rules);
      return [inputs.region, rule.lifecycle, rule.copyActions];
    });
    const copy = (region: string) => [
      {
        destinationVaultArn: `arn:aws:backup:${region}:111122223333:backup-vault:shop-orders-backups`,
        lifecycle: { deleteAfter: 35 },
      },
    ];
    expect(plans).toEqual([
      ["us-east-1", { deleteAfter: 35 }, copy("us-west-2")],
      ["us-west-2", { deleteAfter: 35 }, copy("us-east-1")],
    ]);
  });

  test("lets nobody delete a backup by hand", async () => {
    const policy = documentOf(
      run,
      "aws:backup/vaultPolicy:VaultPolicy",
      "backups-policy-us-east-1",
    );
    expect(policyLines(policy)).toEqual([
      "NobodyDeletes: Deny everybody backup:DeleteRecoveryPoint backup:UpdateRecoveryPointLifecycle on *",
      "NobodyRemovesTheVault: Deny everybody backup:DeleteBackupVault on arn:aws:backup:us-east-1:111122223333:backup-vault:shop-orders-backups",
    ]);
    expect(await policyProblems("vault", policy)).toEqual([]);
  });

  test("backs up the kinds of stores that it was told, and no others", async () => {
    const tables = await runProgram(pair({ stores: ["dynamodb"] }));
    const role = documentOf(tables, "aws:iam/rolePolicy:RolePolicy", "backups-role-policy");
    const actions = role.Statement.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => action.startsWith("rds:"))).toEqual([]);
    expect(actions).toContain("dynamodb:StartAwsBackupJob");
    const selections = tables.of("aws:backup/selection:Selection");
    expect(selections.map(({ inputs }) => inputs.resources)).toEqual([
      ["arn:aws:dynamodb:us-east-1:111122223333:table/*"],
      ["arn:aws:dynamodb:us-west-2:111122223333:table/*"],
    ]);
    const tagged = [{ stringEquals: [{ key: "aws:ResourceTag/backup", value: "shop-orders" }] }];
    expect(selections.map(({ inputs }) => inputs.conditions)).toEqual([tagged, tagged]);
  });

  test("allows nothing that the Service Authorization Reference does not know", async () => {
    for (const name of ["backups-role-policy", "backups-role-keys"]) {
      const document = documentOf(run, "aws:iam/rolePolicy:RolePolicy", name);
      expect(await policyProblems(name, document)).toEqual([]);
    }
  });

  test("locks both vaults for seven years when told to", async () => {
    const locked = await runProgram(pair({ lockMode: "compliance", keepBackupsDays: 2_557 }));
    const locks = locked
      .of(lockType)
      .map(({ protect, inputs }) => [protect, inputs.minRetentionDays, inputs.changeableForDays]);
    expect(locks).toEqual([
      [true, 2_557, 30],
      [true, 2_557, 30],
    ]);
    const governed = await runProgram(pair({ lockMode: "governance", keepBackupsDays: 2_557 }));
    expect(governed.of(lockType).map(({ inputs }) => inputs.changeableForDays)).toEqual([
      undefined,
      undefined,
    ]);
  });

  test("restores copies on trial where they would be needed", async () => {
    const restoreRoleArn = "arn:aws:iam::111122223333:role/restore";
    const tested = await runProgram(pair({ restoreRoleArn }));
    const plan = tested.one(
      "aws:backup/restoreTestingPlan:RestoreTestingPlan",
      "backups-restores-us-west-2",
    );
    expect(plan.inputs).toMatchObject({ region: "us-west-2", name: "shop_orders_backups" });
    const selections = tested.of("aws:backup/restoreTestingSelection:RestoreTestingSelection");
    expect(selections.map(({ inputs }) => inputs.protectedResourceType)).toEqual([
      "Aurora",
      "DynamoDB",
      "RDS",
    ]);
  });

  test("says nothing of how often it backs up where days are left out", async () => {
    const weekly = await runProgram(pair({ schedule: "cron(0 5 ? * MON *)" }));
    const [component] = weekly.of("aws-dr:data:BackupVaultPair");
    expect(component?.inputs).not.toHaveProperty("backedUpEverySeconds");
  });

  test("makes a role that restores the tables which live by their backups, and nothing else", async () => {
    const restoring = await runProgram(pair({ restoredTables: ["carts"] }));
    const policy = documentOf(
      restoring,
      "aws:iam/rolePolicy:RolePolicy",
      "backups-restore-role-policy",
    );
    const tables = ["us-east-1", "us-west-2"].map(
      (region) => `arn:aws:dynamodb:${region}:111122223333:table/shop-orders-carts`,
    );
    expect(policyLines(policy)).toEqual([
      `RestoreTables: Allow dynamodb:BatchWriteItem dynamodb:DeleteItem dynamodb:DescribeTable dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:RestoreTableFromAwsBackup dynamodb:Scan dynamodb:UpdateItem on ${tables.join(" ")}`,
      `ReadBackups: Allow dynamodb:RestoreTableFromBackup on ${tables.map((arn) => `${arn}/backup/*`).join(" ")}`,
    ]);
    for (const name of ["backups-restore-role-policy", "backups-restore-role-keys"]) {
      const document = documentOf(restoring, "aws:iam/rolePolicy:RolePolicy", name);
      expect(await policyProblems(name, document)).toEqual([]);
    }
    const [component] = restoring.of("aws-dr:data:BackupVaultPair");
    expect(component?.outputs).toMatchObject({
      restoredTables: ["carts"],
      restoreRoleArn: "arn:aws:iam::111122223333:role/shop-orders-backups-restore",
    });
    expect(run.of("aws:iam/role:Role").map(({ inputs }) => inputs.name)).toEqual([
      "shop-orders-backups-backup",
    ]);
  });

  test("registers that role at preview as at update", async () => {
    const [preview, update] = await Promise.all(
      [true, false].map((isPreview) =>
        runProgram(pair({ restoredTables: ["carts"] }), { preview: isPreview }),
      ),
    );
    expect(preview && shapeOf(preview)).toEqual(update && shapeOf(update));
  });

  test("can be removed with its backups when nothing need be kept", async () => {
    const passing = await runProgram(pair({ keepData: false }));
    const vaults = passing
      .of(vaultType)
      .map(({ protect, inputs }) => [protect, inputs.forceDestroy]);
    expect(vaults).toEqual([
      [false, true],
      [false, true],
    ]);
    expect(passing.of("aws:backup/vaultPolicy:VaultPolicy")).toEqual([]);
  });

  test("hands arguments to the transforms last", async () => {
    const tags = { owner: "payments" };
    const tagged = await runProgram(
      pair({
        transformVault: (given) => ({ ...given, tags }),
        transformPlan: (given) => ({ ...given, tags }),
      }),
    );
    for (const type of [vaultType, "aws:backup/plan:Plan"]) {
      expect(tagged.of(type).map(({ inputs }) => inputs.tags)).toEqual([tags, tags]);
    }
  });
});

describe("a pair of backup vaults refuses, before it creates anything,", () => {
  test.each<[string, Partial<BackupVaultPairArgs>, readonly string[]]>([
    [
      "names, schedules and numbers that break their rules",
      {
        name: "backups-of-everything-that-was-ever-ordered",
        stores: ["efs" as "rds"],
        schedule: "daily",
        keepBackupsDays: 0,
      },
      [
        'name must be 1 to 40 lower-case letters, digits and hyphens, beginning with a letter, got "backups-of-everything-that-was-ever-ordered".',
        'name must give vault names of up to 50 characters, got "shop-orders-backups-of-everything-that-was-ever-ordered" with 55. Take a shorter one.',
        'stores[0] must be one of aurora, dynamodb, rds, got "efs".',
        'schedule must be a cron expression of six fields, such as "cron(0 5 ? * * *)", got "daily".',
        "keepBackupsDays must be 1 to 36500 days since a backup was made, got 0.",
      ],
    ],
    [
      "tables to restore that nobody backs up, or that cannot be called so",
      { stores: ["rds"], restoredTables: ["carts", "Carts"] },
      [
        'restoredTables[1] must be 1 to 40 lower-case letters, digits and hyphens, beginning with a letter, got "Carts".',
        'restoredTables must be none where stores does not name "dynamodb", got "carts", "Carts". Back tables up.',
      ],
    ],
    ["no stores", { stores: [] }, ["stores must name a kind of store, got none. Name one."]],
    [
      "backups that end before the lock lets them",
      { lockMode: "governance", keepBackupsDays: 2_556 },
      [
        "keepBackupsDays must be at least the lock's 2557 days, got 2556. A locked vault takes no backup that ends earlier.",
      ],
    ],
    [
      "a final lock that nobody could take off in time",
      { lockMode: "compliance", keepBackupsDays: 2_557, lockChangeableDays: 2 },
      [
        "lockChangeableDays must be 3 to 36500 days until a lock can no longer be taken off, got 2.",
      ],
    ],
    [
      "numbers of locks that are not set",
      { lockMinDays: 10, lockChangeableDays: 3, restoreSchedule: "cron(0 6 1 * ? *)" },
      [
        'restoreSchedule must not be set without restoreRoleArn, got "cron(0 6 1 * ? *)". Say who restores.',
        "lockMinDays must not be set without lockMode, got 10. Say how the vaults are locked.",
        "lockChangeableDays must not be set but for a lock of compliance, got 3. It alone becomes final.",
      ],
    ],
    [
      "copies that would leave their residency zone",
      {
        cell: { ...orders, regions: { primary: "us-east-1", recovery: "eu-west-1" } },
        keyArns: { ...keyArns, "eu-west-1": "arn:aws:kms:eu-west-1:111122223333:key/1" },
      },
      [
        'cell.residency must hold both Regions, got "us" (us-east-1, us-east-2, us-west-1, us-west-2) without "eu-west-1". Use a Region of the zone, or make two cells.',
      ],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(pair(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });
});
