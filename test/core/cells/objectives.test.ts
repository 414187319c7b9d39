import { describe, expect, it } from "vitest";
import { type CellPromise, judgeCell } from "../../../runtime/core/cells/objectives.js";

const dns = { requestIntervalSeconds: 10, failureThreshold: 3, ttlSeconds: 60 };
const promise: CellPromise = {
  rtoMinutes: 15,
  rpoSeconds: 60,
  traffic: { turnsBy: "routing-control", dns },
  detectionSeconds: 180,
  scaleSeconds: 300,
  verifySeconds: 120,
  stores: [{ name: "ledger", mechanism: "aurora-global-database" }],
};

describe("the RTO of a cell", () => {
  const machines = 180 + 300 + 60 + 120;

  it("leaves to a decision what detection, promotion, traffic and tests do not take", () => {
    const { rto, rtoVerdict } = judgeCell(promise);
    expect(rto.machineSeconds).toBe(machines);
    expect(rto.decisionSeconds).toBe(900 - machines);
    expect(rtoVerdict).toBe("met");
  });

  it.each([
    [10, "not-met"],
    [11, "met"],
    [12, "met"],
  ])("of %i minutes is %s where machines take 660 s", (rtoMinutes, verdict) => {
    expect(judgeCell({ ...promise, rtoMinutes }).rtoVerdict).toBe(verdict);
  });

  it.each([
    [7, "not-met"],
    [8, "unjudged"],
  ])(
    "of %i minutes is %s where machines take 480 s and no alarm asks anybody",
    (rtoMinutes, verdict) => {
      const unwatched = { ...promise, rtoMinutes, detectionSeconds: undefined };
      expect(judgeCell(unwatched).rtoVerdict).toBe(verdict);
    },
  );

  it("counts the cell's own steps alone where it has no public name", () => {
    const { rto } = judgeCell({ ...promise, traffic: undefined });
    expect(rto.machineSeconds).toBe(180 + 300 + 120);
  });
});

describe("the RPO of a store", () => {
  const verdictOf = (mechanism: string, rpoSeconds: number, more = {}) =>
    judgeCell({ ...promise, rpoSeconds, stores: [{ name: "one", mechanism, ...more }] }).stores[0]
      ?.verdict;
  const enforced = { onPartition: "block-commits", enforcedRpoSeconds: 60 };

  it.each([
    ["s3-replication-time-control", 899, {}, "not-met"],
    ["s3-replication-time-control", 900, {}, "met"],
    ["s3-replication-time-control", 901, {}, "met"],
    ["aurora-global-database", 0, {}, "not-met"],
    ["aurora-global-database", 1, {}, "usual"],
    ["aurora-global-database", 59, enforced, "not-met"],
    ["aurora-global-database", 60, enforced, "met"],
    ["dynamodb-strong-global-table", 0, {}, "met"],
    ["secret-replica", 86_400, {}, "unbounded"],
  ])("%s against %i s: %s %s", (mechanism, rpoSeconds, more, verdict) => {
    expect(verdictOf(mechanism, rpoSeconds, more)).toBe(verdict);
  });
});
