import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { activationOf, awaitedIn, restingOn, rpoOf } from "../../../runtime/core/cells/copies.js";
import { mechanisms } from "../../../runtime/core/cells/mechanisms.js";

const ledger = { name: "ledger", mechanism: "aurora-global-database" };
const backups = { name: "backups", mechanism: "backup-copy", stores: ["aurora", "dynamodb"] };

describe("the RPO of a copy", () => {
  it("is that of its mechanism, as observed", () => {
    expect(rpoOf(ledger)).toMatchObject({ rpoBasis: "observed", rpoSeconds: 1 });
  });

  it("is what it enforces, where commits wait for the other Region", () => {
    const enforced = { ...ledger, onPartition: "block-commits", enforcedRpoSeconds: 60 } as const;
    expect(rpoOf(enforced)).toEqual({ rpoBasis: "enforced", rpoSeconds: 60 });
  });

  it("of backups is the time between two of them, and the eight hours in which one may begin", () => {
    const daily = { ...backups, backedUpEverySeconds: 86_400 };
    expect(rpoOf(daily)).toEqual({ rpoBasis: "scheduled", rpoSeconds: 115_200 });
    expect(rpoOf(backups).rpoSeconds).toBeUndefined();
  });

  it("is bounded by nobody for a mechanism that is not known", () => {
    expect(rpoOf({ mechanism: "toString" })).toEqual({ rpoBasis: "unbounded" });
    expect(activationOf({ mechanism: "toString" })).toBe(0);
  });
});

describe("a failover", () => {
  it("restores no backups of what has a replica", () => {
    const table = { name: "sessions", mechanism: "dynamodb-global-table" };
    expect(awaitedIn([ledger, table, backups])).toEqual([ledger]);
  });

  it("restores backups that are the only copy of one of their kinds", () => {
    expect(awaitedIn([ledger, backups])).toEqual([ledger, backups]);
    expect(awaitedIn([backups])).toEqual([backups]);
  });

  it("restores each table that has no replica, and not its backups once more", () => {
    const table = { name: "invoices", mechanism: "dynamodb-backup-copy" };
    const tables = { ...backups, stores: ["dynamodb"] };
    expect(awaitedIn([table, tables])).toEqual([table]);
  });

  it("never waits for what is always writable", () => {
    const names = Object.keys(mechanisms);
    const stores = fc.array(fc.record({ name: fc.string(), mechanism: fc.constantFrom(...names) }));
    fc.assert(
      fc.property(stores, (all) => {
        const resting = restingOn(all);
        expect(all).toEqual(expect.arrayContaining([...resting]));
        for (const store of awaitedIn(all)) expect(activationOf(store)).toBeGreaterThan(0);
      }),
    );
  });
});
