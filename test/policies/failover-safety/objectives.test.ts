import { describe, expect, it } from "vitest";
import { cellWithinRto } from "../../../policies/failover-safety/cell-within-rto.js";
import { recordsTurn } from "../../../policies/failover-safety/records-turn.js";
import { storeWithinObjectives } from "../../../policies/failover-safety/store-within-objectives.js";
import { type Shown, showResource, showStack, uncheckedAdvisory, unknown } from "../in-process.js";

type Props = Readonly<Record<string, unknown>>;

const cell = { environment: "shop", cell: "us" };

function store(more: Props = {}): Shown {
  return {
    type: "aws-dr:data:AuroraGlobalDatabase",
    name: "ledger",
    props: {
      ...cell,
      name: "ledger",
      mechanism: "aurora-global-database",
      activationSeconds: 300,
      ...more,
    },
  };
}

function promising(rtoMinutes: number, rpoSeconds: number, more: Props = {}): Shown {
  return store({ objectives: { rtoMinutes, rpoSeconds }, ...more });
}

describe("what is promised of a store", () => {
  const tooSoon = (got: number, seconds = 300, minutes = 5) =>
    `mandatory: objectives.rtoMinutes must leave ${seconds} s for the activation of "ledger" (aurora-global-database), got ${got} s. Promise at least ${minutes} minutes, or choose what is ready sooner.`;
  const unbounded =
    'mandatory: objectives.rpoSeconds must not be promised of "ledger" (s3-replication), got 900. Nobody bounds what it may lose: leave it out, or write to both Regions.';

  it.each<[string, Shown, readonly string[]]>([
    ["is nothing", store(), []],
    ["is 4 minutes where it takes 5", promising(4, 60), [tooSoon(240)]],
    ["is 5 minutes where it takes 5", promising(5, 60), []],
    ["is 6 minutes where it takes 5", promising(6, 60), []],
    [
      "is 14 minutes of a standby without instances",
      promising(14, 60, { activationSeconds: 900 }),
      [tooSoon(840, 900, 15)],
    ],
    [
      "is less loss than is usual",
      promising(15, 0),
      [
        'mandatory: objectives.rpoSeconds must be at least 1 s for "ledger" (aurora-global-database, observed), got 0. Promise what the copy can keep, or choose another.',
      ],
    ],
    ["is a second of loss", promising(15, 1), []],
    [
      "is less loss than is enforced",
      promising(15, 30, { onPartition: "block-commits", enforcedRpoSeconds: 60 }),
      [
        'mandatory: objectives.rpoSeconds must be at least 60 s for "ledger" (aurora-global-database, enforced), got 30. Promise what the copy can keep, or choose another.',
      ],
    ],
    [
      "is the loss that is enforced",
      promising(15, 60, { onPartition: "block-commits", enforcedRpoSeconds: 60 }),
      [],
    ],
    [
      "is a loss that nobody bounds",
      promising(15, 900, { mechanism: "s3-replication", activationSeconds: 0 }),
      [unbounded],
    ],
    ["is no more than a time", store({ objectives: { rtoMinutes: 5 } }), []],
    [
      "is the loss of a queue, which is that of its store",
      promising(15, 60, { mechanism: "queue-outbox", activationSeconds: 0 }),
      [
        'mandatory: objectives.rpoSeconds must not be promised of "ledger" (queue-outbox), got 60. It loses what its store loses: promise it of that one.',
      ],
    ],
    [
      "is 239 minutes of a restore from a backup",
      store({
        mechanism: "backup-copy",
        activationSeconds: 14_400,
        objectives: { rtoMinutes: 239 },
      }),
      [
        'mandatory: objectives.rtoMinutes must leave 14400 s for the activation of "ledger" (backup-copy), got 14340 s. Promise at least 240 minutes, or choose what is ready sooner.',
      ],
    ],
    [
      "is the loss of a table without a replica, which is that of its backups",
      promising(300, 90_000, { mechanism: "dynamodb-backup-copy", activationSeconds: 14_400 }),
      [
        'mandatory: objectives.rpoSeconds must not be promised of "ledger" (dynamodb-backup-copy), got 90000. It loses what its backups do not hold: promise it of them.',
      ],
    ],
    [
      "is a day of loss where backups are made daily, and begin within eight hours",
      promising(300, 115_199, {
        mechanism: "backup-copy",
        activationSeconds: 14_400,
        backedUpEverySeconds: 86_400,
      }),
      [
        'mandatory: objectives.rpoSeconds must be at least 115200 s for "ledger" (backup-copy, scheduled), got 115199. Promise what the copy can keep, or choose another.',
      ],
    ],
    [
      "is what daily backups can keep",
      promising(300, 115_200, {
        mechanism: "backup-copy",
        activationSeconds: 14_400,
        backedUpEverySeconds: 86_400,
      }),
      [],
    ],
    [
      "is 14 minutes of loss where S3 is bound to 15",
      promising(15, 840, { mechanism: "s3-replication-time-control", activationSeconds: 0 }),
      [
        'mandatory: objectives.rpoSeconds must be at least 900 s for "ledger" (s3-replication-time-control, designed), got 840. Promise what the copy can keep, or choose another.',
      ],
    ],
    [
      "is not known yet",
      store({ objectives: unknown }),
      [uncheckedAdvisory(storeWithinObjectives, "objectives")],
    ],
    ["is none of another component's", { type: "aws-dr:traffic:FailoverRouting", props: {} }, []],
  ])("%s", async (_title, shown, said) => {
    expect(await showResource(storeWithinObjectives, shown)).toEqual(said);
  });
});

describe("the RTO of a name", () => {
  const routing = (rtoMinutes: unknown, more: Props = {}): Shown => ({
    type: "aws-dr:traffic:FailoverRouting",
    name: "api",
    props: {
      ...cell,
      recordName: "api.shop.example",
      turnsBy: "routing-control",
      requestIntervalSeconds: 30,
      failureThreshold: 3,
      ttlSeconds: 60,
      ...(rtoMinutes !== undefined && { rtoMinutes }),
      ...more,
    },
  });
  const backups = (more: Props = {}): Shown => ({
    type: "aws-dr:data:BackupVaultPair",
    name: "backups",
    props: { ...cell, name: "backups", mechanism: "backup-copy", stores: ["aurora"], ...more },
  });
  const watch = (more: Props = {}): Shown => ({
    type: "aws-dr:watching:CellWatch",
    name: "watch",
    props: { ...cell, detectionSeconds: 180, ...more },
  });
  const unwatched = uncheckedAdvisory(
    cellWithinRto,
    "api.detectionSeconds, for want of a CellWatch of shop/us,",
  );
  const byHealth = { turnsBy: "health" };
  const waitingForBackups =
    "mandatory: rtoMinutes of api.shop.example must leave 14760 s for alarm 180 s, promote backups 14400 s, turn traffic 60 s, verify 120 s, got 600 s. " +
    "Promise at least 246 minutes, and more for a person to decide in.";
  const tooShort = (seconds: number) =>
    `mandatory: rtoMinutes of api.shop.example must leave 660 s for alarm 180 s, promote ledger 300 s, turn traffic 60 s, verify 120 s, got ${seconds} s. ` +
    "Promise at least 11 minutes, and more for a person to decide in.";

  it.each<[string, readonly Shown[], readonly string[]]>([
    ["is 10 minutes where machines take 660 s", [routing(10), store(), watch()], [tooShort(600)]],
    ["is 11 minutes where machines take 660 s", [routing(11), store(), watch()], []],
    ["is 12 minutes where machines take 660 s", [routing(12), store(), watch()], []],
    [
      "is 7 minutes where machines take 480 s and nothing watches",
      [routing(7), store()],
      [
        "mandatory: rtoMinutes of api.shop.example must leave 480 s for promote ledger 300 s, turn traffic 60 s, verify 120 s, got 420 s. " +
          "Promise at least 8 minutes, and more for a person to decide in.",
        unwatched,
      ],
    ],
    [
      "is 8 minutes where machines take 480 s and nothing watches",
      [routing(8), store()],
      [unwatched],
    ],
    [
      "is watched by nobody where only another cell is",
      [routing(10), store(), watch({ cell: "eu" })],
      [unwatched],
    ],
    [
      "waits for an alarm that is not known yet",
      [routing(10), store(), watch({ detectionSeconds: unknown })],
      [uncheckedAdvisory(cellWithinRto, "watch.detectionSeconds")],
    ],
    [
      "needs nobody where health turns traffic and nothing is promoted",
      [routing(10, byHealth)],
      [],
    ],
    [
      "needs somebody who promotes where health turns traffic",
      [routing(10, byHealth), store()],
      [unwatched],
    ],
    [
      "is 9 minutes where health turns traffic and people take 600 s",
      [routing(9, byHealth), store(), watch()],
      [
        "mandatory: rtoMinutes of api.shop.example must leave 600 s for alarm 180 s, promote ledger 300 s, verify 120 s, got 540 s. " +
          "Promise at least 10 minutes, and more for a person to decide in.",
      ],
    ],
    ["is not promised", [routing(undefined), store()], []],
    [
      "does not wait for stores of other cells",
      [routing(11), store({ cell: "eu", activationSeconds: 9_000 }), watch()],
      [],
    ],
    [
      "is not known yet",
      [routing(unknown), store()],
      [uncheckedAdvisory(cellWithinRto, "api.rtoMinutes")],
    ],
    ["does not wait for backups of what is copied", [routing(11), store(), backups(), watch()], []],
    [
      "waits for backups of what is copied where something is promised of them",
      [routing(10), store(), backups({ objectives: { rtoMinutes: 240 } }), watch()],
      [waitingForBackups],
    ],
    [
      "waits for backups where nothing else holds the data",
      [
        routing(10),
        store({ mechanism: "secret-replica", activationSeconds: 0 }),
        backups(),
        watch(),
      ],
      [waitingForBackups],
    ],
    [
      "waits for a store that is not known yet",
      [routing(11), store({ activationSeconds: unknown }), watch()],
      [uncheckedAdvisory(cellWithinRto, "ledger.activationSeconds")],
    ],
  ])("%s", async (_title, shown, said) => {
    expect(await showStack(cellWithinRto, shown)).toEqual(said);
  });
});

describe("a record that a failover turns", () => {
  const record = (props: Props): Shown => ({ type: "aws:route53/record:Record", props });
  const primary = { failoverRoutingPolicies: [{ type: "PRIMARY" }] };
  const secondary = { failoverRoutingPolicies: [{ type: "SECONDARY" }] };
  const near = { latencyRoutingPolicies: [{ region: "us-east-1" }] };
  const unwatched = (role: string) =>
    `mandatory: healthCheckId must name a health check on a ${role} record, got none. Watch it, or let its alias evaluate the target's health.`;

  it.each<[string, Props, readonly string[]]>([
    ["is watched", { ...primary, healthCheckId: unknown, ttl: 60 }, []],
    ["is watched by its alias", { ...near, aliases: [{ evaluateTargetHealth: true }] }, []],
    ["is not watched as primary", { ...primary, ttl: 60 }, [unwatched("PRIMARY")]],
    [
      "is not watched by latency",
      { ...near, aliases: [{ evaluateTargetHealth: false }] },
      [unwatched("latency")],
    ],
    ["need not be watched as secondary", { ...secondary, ttl: 60 }, []],
    [
      "is kept for 61 s",
      { ...secondary, ttl: 61 },
      [
        "mandatory: ttl must be at most 60 s, got 61. Lower it: resolvers keep the dead Region as long.",
      ],
    ],
    [
      "is kept for a time that is not known yet",
      { ...secondary, ttl: unknown },
      [uncheckedAdvisory(recordsTurn, "ttl")],
    ],
    [
      "has a role that is not known yet",
      { failoverRoutingPolicies: unknown },
      [uncheckedAdvisory(recordsTurn, "failoverRoutingPolicies")],
    ],
    ["is none without such a policy", { ttl: 86_400 }, []],
  ])("%s", async (_title, props, said) => {
    expect(await showResource(recordsTurn, record(props))).toEqual(said);
  });
});
