import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressesIn, type Cidr, overlap, parseCidr } from "../../../runtime/core/cells/cidr.js";

const ranges = fc
  .tuple(fc.nat(0xff_ff_ff_ff), fc.integer({ min: 0, max: 32 }))
  .map(([address, prefixBits]): Cidr => {
    const size = 2 ** (32 - prefixBits);
    return { first: address - (address % size), prefixBits };
  });

function textOf({ first, prefixBits }: Cidr): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join(".")}/${prefixBits}`;
}

describe("a range of addresses", () => {
  test("is read from its text, and only from that of its first address", () => {
    expect(parseCidr("10.1.0.0/16")).toEqual({ first: 167_837_696, prefixBits: 16 });
    fc.assert(
      fc.property(ranges, (range) => {
        expect(parseCidr(textOf(range))).toEqual(range);
      }),
    );
  });

  test.each(["", "10.0.0.0", "10.0.0.0/33", "10.0.0.256/32", "10.1.2.3/16", "10.0.0/16", "::/64"])(
    "is not %j",
    (text) => {
      expect(parseCidr(text)).toBeUndefined();
    },
  );

  test("overlaps another exactly when one of the two holds the other's first address", () => {
    fc.assert(
      fc.property(ranges, ranges, (one, other) => {
        const holds = (range: Cidr, { first }: Cidr) =>
          first >= range.first && first < range.first + addressesIn(range);
        expect(overlap(one, other)).toBe(holds(one, other) || holds(other, one));
      }),
    );
  });
});
