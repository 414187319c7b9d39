import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { fillRegions } from "../../scripts/docs/markdown.js";
import { pages } from "../../scripts/docs/pages.js";

const all = pages(resolve(import.meta.dirname, "../.."));

describe("generated tables", () => {
  it.each(all.map((page) => [page.path, page] as const))(
    "of %s say what the code says (else: npm run docs)",
    (_path, { present, wanted }) => {
      expect(present).toBe(wanted);
    },
  );

  it("fill their region and leave the rest of the page alone", () => {
    const page = "a\n<!-- generated: limits -->\nold\n<!-- /generated -->\nb\n";
    const empty = "a\n<!-- generated: limits -->\n<!-- /generated -->\nb\n";
    const filled = "a\n<!-- generated: limits -->\nnew limits\n<!-- /generated -->\nb\n";
    expect(fillRegions(page, (name) => `new ${name}`)).toBe(filled);
    expect(fillRegions(empty, (name) => `new ${name}`)).toBe(filled);
  });

  it("fill two regions of one page each with its own", () => {
    const one = (name: string) => `<!-- generated: ${name} -->\n<!-- /generated -->\n`;
    const text = fillRegions(one("limits") + one("arguments Hub"), (name) => `[${name}]`);
    expect(text.match(/^\[.*\]$/gm)).toEqual(["[limits]", "[arguments Hub]"]);
  });

  it("refuse a region that is left open", () => {
    const page = "<!-- generated: limits -->\nold\n";
    expect(() => fillRegions(page, () => "")).toThrow(
      "every generated region must be closed, got 1 open.",
    );
  });
});
