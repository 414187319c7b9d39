import { describe, expect, test } from "vitest";
import { sampleCell, sectionOf } from "./sample-cell.js";

describe("what a cell promises", () => {
  test("is set against the arithmetic, and what is left to decide in", () => {
    expect(sectionOf(sampleCell(), "cell-orders").about[1]).toBe(
      "Promised: an RTO of 30 min and an RPO of 15 min. The RTO can be met. Machines take 21 min 10 s on the longest path; the objective is 30 min. That leaves 8 min 50 s to decide in.",
    );
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
