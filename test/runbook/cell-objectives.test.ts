import { describe, expect, test } from "vitest";
import { sampleCell, sectionOf } from "./sample-cell.js";

describe("what a cell promises", () => {
  test("is set against the arithmetic, and what is left to decide in", () => {
    expect(sectionOf(sampleCell(), "cell-orders").about[1]).toBe(
      "Promised: an RTO of 30 min and an RPO of 15 min. The RTO can be met. Machines take 21 min 10 s on the longest path; the objective is 30 min. That leaves 8 min 50 s to decide in.",
    );
  });

  test("is followed by what else is promised, each where it is declared", () => {
    const sample = sampleCell();
    const further = (objectives: Partial<(typeof sample)["objectives"]>) => {
      const cell = { ...sample, objectives: { ...sample.objectives, ...objectives } };
      const { tables } = sectionOf(cell, "cell-orders");
      const table = tables.find(({ heading }) => heading === "What else is promised");
      return table?.rows.map(([what, promised, given, verdict]) => [
        what,
        promised,
        given,
        verdict,
      ]);
    };
    const residency = ["residency", "us", "us-east-1, us-west-2", "met"];
    expect(further({})).toEqual([residency]);
    expect(
      further({
        availabilityPercent: 99.99,
        latencyMs: 50,
        roundTripMs: 60,
        retentionYears: 7,
        transactions: { perMinute: 10_000, kilobytes: 5 },
      }),
    ).toEqual([
      ["data at risk in ledger", "750 MB", "50 MB", "met"],
      ["data at risk in catalogue", "750 MB", "50 MB", "met as a rule"],
      ["availability", "99.99 %, so 52 min 34 s a year", "30 min a failover", "met as a rule"],
      ["latency", "less than 50 ms a transaction", "0 ms between Regions", "cannot be judged"],
      ["retention", "7 years", "–", "not met"],
      residency,
    ]);
  });

  test("cannot be judged where no alarm asks anybody, and says so", () => {
    const { watch: _watch, ...unwatched } = sampleCell();
    expect(sectionOf(unwatched, "cell-orders-failover").about.at(-1)).toBe(
      "Nobody can say whether the RTO can be met: no alarm asks anybody to decide. Machines take 18 min 10 s on the longest path; the objective is 30 min. That leaves 11 min 50 s to notice and to decide in.",
    );
  });

  test("is said to be missed where it is, before anybody has decided", () => {
    const sample = sampleCell();
    const hasty = { ...sample, objectives: { ...sample.objectives, rtoMinutes: 15 } };
    expect(sectionOf(hasty, "cell-orders-failover").about.at(-1)).toContain(
      "The RTO cannot be met. Machines take 21 min 10 s on the longest path; the objective is 15 min. It is missed by 6 min 10 s",
    );
  });
});
