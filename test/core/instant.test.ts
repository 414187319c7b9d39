import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  before,
  earliest,
  instant,
  latest,
  plusSeconds,
  secondsBetween,
  toIso,
} from "../../runtime/core/instant.js";

/** Years 1900 to 2200: leap centuries and common ones, and moments before 1970. */
const moments = fc
  .integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2200, 0, 1) })
  .map((milliseconds) => instant(milliseconds));

describe("a moment as text", () => {
  it("is what Date says of it, less the fraction of its second", () => {
    fc.assert(
      fc.property(moments, (moment) => {
        const wholeSecond = Math.floor(moment / 1_000) * 1_000;
        const expected = new Date(wholeSecond).toISOString().replace(".000Z", "Z");
        expect(toIso(moment)).toBe(expected);
      }),
    );
  });

  it.each([
    ["2000-02-29T23:59:59Z", Date.UTC(2000, 1, 29, 23, 59, 59)],
    ["2100-03-01T00:00:00Z", Date.UTC(2100, 1, 29)],
    ["2026-12-31T23:59:59Z", Date.UTC(2027, 0, 1) - 1],
    ["1969-12-31T23:59:59Z", -1],
  ])("is %s on the days that are easy to get wrong", (text, milliseconds) => {
    expect(toIso(instant(milliseconds))).toBe(text);
  });
});

describe("moments", () => {
  it("are as far apart as was added, to the millisecond", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: -1e9, max: 1e9 }), (moment, milliseconds) => {
        const later = plusSeconds(moment, milliseconds / 1_000);
        expect(secondsBetween(moment, later)).toBe(milliseconds / 1_000);
        expect(before(moment, later)).toBe(milliseconds > 0);
      }),
    );
  });

  it("have an earliest and a latest among them", () => {
    const [one, two, three] = [instant(3), instant(1), instant(2)];
    expect(earliest(one, two, three)).toBe(1);
    expect(latest(one, two, three)).toBe(3);
  });

  it("are whole milliseconds, whatever fraction a service gave", () => {
    expect(instant(1.4)).toBe(1);
    expect(plusSeconds(instant(0), 0.0006)).toBe(1);
  });
});
