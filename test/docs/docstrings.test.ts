import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import * as limits from "../../runtime/limits.js";
import { readComponents, readRecords } from "../../scripts/docs/components.js";

const root = resolve(import.meta.dirname, "../..");
const components = readComponents(root);
const known = limits as Readonly<Record<string, unknown>>;

/** Arguments and their fields whose name is that of a limit. */
const bounded = [...components, ...readRecords(root)].flatMap(({ name: whole, args }) =>
  args.flatMap((argument) => {
    const limit = known[argument.name] ?? known[`wave${capitalised(argument.name)}`];
    return isLimit(limit) ? [{ at: `${whole}.${argument.name}`, argument, limit }] : [];
  }),
);

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function isLimit(value: unknown): value is limits.Limit {
  return typeof value === "object" && value !== null && "min" in value && "why" in value;
}

describe("docstrings of components", () => {
  it("exist for every component, with its type token", () => {
    expect(components.length).toBeGreaterThan(0);
    for (const { name, text, token } of components) {
      expect({ name, text }).toEqual({ name, text: expect.stringMatching(/\.$/) });
      expect(token).toMatch(new RegExp(`^aws-dr:[a-z]+:${name}$`));
    }
  });

  it.each(bounded.map((one) => [one.at, one] as const))(
    "of %s tell the unit and default of its limit",
    (_at, { argument, limit }) => {
      expect(argument.unit?.startsWith(limit.unit)).toBe(true);
      expect(argument.defaultValue).toBe(String(limit.default));
    },
  );
});
