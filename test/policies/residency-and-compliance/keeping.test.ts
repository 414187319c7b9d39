import { describe, expect, it } from "vitest";
import { auditTrail } from "../../../policies/residency-and-compliance/audit-trail.js";
import { backupsThirtyFiveDays } from "../../../policies/residency-and-compliance/backups-thirty-five-days.js";
import { encryptedWithCustomerKey } from "../../../policies/residency-and-compliance/encrypted-with-customer-key.js";
import { logRetention } from "../../../policies/residency-and-compliance/log-retention.js";
import { retainedSevenYears } from "../../../policies/residency-and-compliance/retained-seven-years.js";
import { type Shown, showResource, showStack, uncheckedAdvisory, unknown } from "../in-process.js";
import { bucket, cannotCheck, held, one } from "./cases.js";

type Props = Readonly<Record<string, unknown>>;

const key = "arn:aws:kms:eu-west-1:111122223333:key/1";
const lock = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
const replication = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const vaultLock = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";

describe("backups", () => {
  const period = (got: string) =>
    `mandatory: backupRetentionPeriod must be 35 days, got ${got}. Raise it: it is the longest that AWS keeps them.`;
  const off = (path: string, got: string) =>
    `mandatory: ${path} must be true, got ${got}. Turn it on: it keeps 35 days.`;
  const database = (backupRetentionPeriod?: unknown) =>
    one(
      "aws:rds/instance:Instance",
      backupRetentionPeriod === undefined ? {} : { backupRetentionPeriod },
    );
  const table = "aws:dynamodb/table:Table";
  held(backupsThirtyFiveDays, [
    ["reach back 34 days", database(34), [period("34")]],
    ["reach back 35 days", database(35), []],
    ["are off where nobody says a period", database(), [period("none")]],
    [
      "reach back for a time that is not known yet",
      database(unknown),
      [uncheckedAdvisory(backupsThirtyFiveDays, "backupRetentionPeriod")],
    ],
    [
      "are on for a table and its replicas",
      one(table, {
        pointInTimeRecovery: { enabled: true },
        replicas: [{ pointInTimeRecovery: true }],
      }),
      [],
    ],
    [
      "are off for a table or a replica",
      one(table, {
        pointInTimeRecovery: { enabled: false },
        replicas: [{ pointInTimeRecovery: true }, {}],
      }),
      [
        off("pointInTimeRecovery.enabled", "false"),
        off("replicas[1].pointInTimeRecovery", "nothing"),
      ],
    ],
    [
      "are not known yet for a table",
      one(table, { pointInTimeRecovery: unknown }),
      [uncheckedAdvisory(backupsThirtyFiveDays, "pointInTimeRecovery.enabled")],
    ],
  ]);
});

describe("what is locked against deletion", () => {
  const locked = (defaultRetention: unknown) =>
    one(lock, { bucket: "records", rule: { defaultRetention } });
  const tooShort = (got: string) =>
    `mandatory: rule.defaultRetention must be at least 7 years (2557 days), got ${got}. Lengthen it: it cannot be shortened later.`;
  const tooWeak = (mode: string) =>
    `mandatory: rule.defaultRetention.mode must be "COMPLIANCE", got "${mode}". In any other mode an administrator can delete what is locked.`;
  const copy: Shown = {
    type: "aws:s3/bucket:Bucket",
    name: "copy",
    props: { bucket: "records-copy" },
  };
  const ofCopy: Shown = {
    type: lock,
    name: "lock-of-copy",
    props: { bucket: "records-copy", rule: { defaultRetention: { mode: "COMPLIANCE", years: 7 } } },
  };
  const replicated = (bucketArn: unknown): readonly Shown[] => [
    bucket,
    copy,
    {
      type: lock,
      props: { bucket: "records", rule: { defaultRetention: { mode: "COMPLIANCE", years: 7 } } },
    },
    {
      type: replication,
      props: { bucket: "records", rules: [{ destination: { bucket: bucketArn } }] },
    },
  ];
  const copyArn = "arn:aws:s3:::records-copy";
  const isNoLock = ({ type }: Shown) => type !== lock;
  held(retainedSevenYears, [
    ["is so for 6 years", locked({ mode: "COMPLIANCE", years: 6 }), [tooShort("6 years")]],
    ["is so for 7 years", locked({ mode: "COMPLIANCE", years: 7 }), []],
    ["is so for 2556 days", locked({ mode: "COMPLIANCE", days: 2556 }), [tooShort("2556 days")]],
    ["is so for 2557 days", locked({ mode: "COMPLIANCE", days: 2557 }), []],
    [
      "can be deleted by an administrator",
      locked({ mode: "GOVERNANCE", years: 7 }),
      [tooWeak("GOVERNANCE")],
    ],
    ["has no period", one(lock, { bucket: "records" }), [tooShort("no years"), tooWeak("")]],
    [
      "has a period that is not known yet",
      locked(unknown),
      cannotCheck(retainedSevenYears, "rule.defaultRetention"),
    ],
    [
      "lies in a vault for 2556 days",
      one(vaultLock, { minRetentionDays: 2556, changeableForDays: 30 }),
      [
        "mandatory: minRetentionDays must be at least 2557, got 2556. Raise it before the lock becomes immutable.",
      ],
    ],
    [
      "lies in a vault for 2557 days",
      one(vaultLock, { minRetentionDays: 2557, changeableForDays: 30 }),
      [],
    ],
    [
      "lies in a vault whose lock an administrator can take off",
      one(vaultLock, { minRetentionDays: 2557 }),
      [
        "mandatory: changeableForDays must be given, got nothing. Without it the lock is of governance: an administrator can take it off.",
      ],
    ],
    [
      "lies in a vault of which nobody knows yet whether the lock becomes final",
      one(vaultLock, { minRetentionDays: 2557, changeableForDays: unknown }),
      cannotCheck(retainedSevenYears, "changeableForDays"),
    ],
    [
      "lies in a vault for a time that is not known yet",
      one(vaultLock, { minRetentionDays: unknown, changeableForDays: 30 }),
      cannotCheck(retainedSevenYears, "minRetentionDays"),
    ],
    [
      "has a copy without a lock",
      replicated(copyArn),
      [
        'mandatory: rules[0].destination.bucket must be a bucket that is locked as the source is, got "copy" without a lock. Give it a BucketObjectLockConfiguration of its own.',
      ],
    ],
    ["has a copy with a lock", [...replicated(copyArn), ofCopy], []],
    [
      "has a copy outside of the stack",
      replicated("arn:aws:s3:::records-elsewhere"),
      cannotCheck(retainedSevenYears, "rules[0].destination.bucket"),
    ],
    [
      "is perhaps what a bucket outside of the stack sends",
      [copy, { type: replication, props: { bucket: "elsewhere", rules: [] } }],
      cannotCheck(retainedSevenYears, "bucket"),
    ],
    ["is not what a bucket without a lock sends", replicated(copyArn).filter(isNoLock), []],
    [
      "has a copy that is not known yet",
      replicated(unknown),
      cannotCheck(retainedSevenYears, "rules[0].destination.bucket"),
    ],
  ]);
});

describe("logs", () => {
  const kept = (retentionInDays?: unknown) =>
    one(
      "aws:cloudwatch/logGroup:LogGroup",
      retentionInDays === undefined ? {} : { retentionInDays },
    );
  const tooShort = (days: number) =>
    `mandatory: retentionInDays must be at least 365 days, got ${days}. Raise it, or set it to 0 to keep logs for ever.`;
  held(logRetention, [
    ["are kept for 180 days", kept(180), [tooShort(180)]],
    ["are kept for 365 days", kept(365), []],
    ["are kept for 400 days", kept(400), []],
    ["are kept for ever", kept(0), []],
    ["are kept for ever where nobody says how long", kept(), []],
    [
      "are kept for a time that is not known yet",
      kept(unknown),
      [uncheckedAdvisory(logRetention, "retentionInDays")],
    ],
  ]);
});

describe("a trail", () => {
  const type = "aws:cloudtrail/trail:Trail";
  const trail = (props: Props) => one(type, props);
  const whole = { isMultiRegionTrail: true, enableLogFileValidation: true, kmsKeyId: key };
  const account = "111122223333";
  const cell: Shown = {
    type: "aws-dr:data:CellKey",
    name: "key",
    props: {
      environment: "shop",
      cell: "orders",
      account,
      residency: "eu",
      primaryRegion: "eu-west-1",
      recoveryRegion: "eu-central-1",
    },
  };
  const elsewhere: Shown = {
    type: "aws-dr:watching:AuditTrail",
    name: "audit",
    props: { ...cell.props, elsewhere: `arn:aws:cloudtrail:us-east-1:999999999999:trail/all` },
  };
  const other = { ...cell, name: "other", props: { ...cell.props, cell: "billing" } };
  const inRegion = (region: string, props: Props = {}): Shown => ({
    type,
    name: region,
    props: { ...whole, isMultiRegionTrail: false, region, ...props },
  });
  const unrecorded = (regions: string, name = "orders") =>
    `advisory: cell "${name}" must have an audit trail that records ${regions}, got none. Add an AuditTrail, or give it elsewhere: the ARN of the one that records account ${account}.`;
  const providerOf = (...accounts: readonly string[]) => ({
    provider: { allowedAccountIds: JSON.stringify(accounts) },
  });
  held(auditTrail, [
    ["that covers all is as it should be", trail(whole), []],
    [
      "of one Region leaves the others out",
      trail({ ...whole, isMultiRegionTrail: false }),
      ["advisory: isMultiRegionTrail must be true, got false. Turn it on."],
    ],
    [
      "that proves and hides nothing is told of both",
      trail({ isMultiRegionTrail: true }),
      [
        "advisory: enableLogFileValidation must be true, got nothing. Turn it on.",
        "advisory: kmsKeyId must name a customer key, got nothing. Give one that the auditors may use.",
      ],
    ],
    [
      "that is not known yet cannot be checked",
      trail({ ...whole, isMultiRegionTrail: unknown }),
      [uncheckedAdvisory(auditTrail, "subject.isMultiRegionTrail")],
    ],
    [
      "is missed in each cell that nobody records",
      [cell, other],
      [
        unrecorded("eu-west-1 and eu-central-1"),
        unrecorded("eu-west-1 and eu-central-1", "billing"),
      ],
    ],
    ["of the account records all its cells", [cell, other, ...trail(whole)], []],
    ["elsewhere records all cells of its account", [cell, other, elsewhere], []],
    [
      "elsewhere records no cell of another account",
      [{ ...cell, props: { ...cell.props, account: "444455556666" } }, elsewhere],
      [unrecorded("eu-west-1 and eu-central-1").replace(account, "444455556666")],
    ],
    ["in each Region records a cell", [cell, inRegion("eu-west-1"), inRegion("eu-central-1")], []],
    [
      "in one Region leaves out the one that a failover acts in",
      [cell, inRegion("eu-west-1")],
      [unrecorded("eu-central-1")],
    ],
    [
      "of another account records no cell",
      [cell, { type, props: whole, ...providerOf("444455556666") }],
      [unrecorded("eu-west-1 and eu-central-1")],
    ],
    [
      "of the cell's account records it",
      [cell, { type, props: whole, ...providerOf(account) }],
      [],
    ],
    [
      "that may record all Regions is not told twice",
      [cell, inRegion("us-east-1", { isMultiRegionTrail: unknown })],
      [uncheckedAdvisory(auditTrail, "us-east-1.isMultiRegionTrail")],
    ],
  ]);
});

describe("what belongs to the orchestration", () => {
  it("holds no data of customers, so no rule about them is held against it", async () => {
    const table = { type: "aws-dr:recovery:OrchestrationHub$aws:dynamodb/table:Table", props: {} };
    expect(await showResource(backupsThirtyFiveDays, table)).toEqual([]);
    expect(await showStack(encryptedWithCustomerKey, [table])).toEqual([]);
  });
});
