import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textWidth, wrapped } from "../../../runtime/report/diagram/text.js";

const setting = { sizePixels: 12 };

describe("a text that is broken into lines", () => {
  test("fits its width, and nothing of it is lost", () => {
    const texts = fc.string({ unit: "grapheme-ascii", maxLength: 120 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 20, max: 300 }), (text, width) => {
        const lines = wrapped(text, width, setting);
        for (const line of lines) expect(textWidth(line, setting)).toBeLessThanOrEqual(width);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      }),
    );
  });

  test("is broken within a word only where the word alone is too wide", () => {
    expect(wrapped("one two three", 60, setting)).toEqual(["one two", "three"]);
    expect(wrapped("shop-orders-ledger-us-east-1", 60, setting).length).toBeGreaterThan(2);
  });

  test("is taken for wider when it is bold, larger or of wide letters", () => {
    const width = textWidth("orders", setting);
    expect(textWidth("orders", { ...setting, isBold: true })).toBeGreaterThan(width);
    expect(textWidth("orders", { sizePixels: 13 })).toBeGreaterThan(width);
    expect(textWidth("WWWWWW", setting)).toBeGreaterThan(width);
  });
});
