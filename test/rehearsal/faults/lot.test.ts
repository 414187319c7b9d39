import { describe, expect, it } from "vitest";
import { Lot, type Terms } from "../../../runtime/rehearsal/faults/lot.js";

const keys = Array.from({ length: 1_000 }, (_, index) => `call ${index}`);

function fallen(terms: Terms, seed: number, among = keys): readonly string[] {
  const lot = new Lot(terms, seed, "fault", 0);
  return among.filter((key) => lot.falls(key, 0));
}

describe("a lot", () => {
  it("falls on everything where nothing is said", () => {
    expect(fallen({}, 1)).toEqual(keys);
  });

  it("falls on the share that was asked for, give or take", () => {
    const share = fallen({ percent: 10 }, 1).length;
    expect(share).toBeGreaterThan(70);
    expect(share).toBeLessThan(130);
  });

  it("falls on the same ones for the same seed, in whatever order they come", () => {
    const backwards = fallen({ percent: 10 }, 1, keys.toReversed());
    expect(backwards.toReversed()).toEqual(fallen({ percent: 10 }, 1));
    expect(fallen({ percent: 10 }, 2)).not.toEqual(fallen({ percent: 10 }, 1));
  });

  it("falls on the n-th ones that match, and no more often than allowed", () => {
    expect(fallen({ nth: [2, 5] }, 1)).toEqual(["call 1", "call 4"]);
    expect(fallen({ nth: [2, 5], atMost: 1 }, 1)).toEqual(["call 1"]);
  });

  it("falls within its window alone, and does not count what came before it", () => {
    const lot = new Lot({ nth: [1], fromSeconds: 10, forSeconds: 5 }, 1);
    const moments = [9, 15, 10, 14];
    expect(moments.filter((seconds) => lot.falls("a call", seconds))).toEqual([10]);
  });
});
