import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { type Loaded, parseEnvironment } from "../../runtime/environment/load.js";

const small = readFileSync(fileURLToPath(new URL("accepted/small.yaml", import.meta.url)), "utf8");
const loaded = parseEnvironment(small, "small.yaml");
const smallValue: unknown = loaded.ok ? loaded.environment : undefined;

/** Replaces, removes or adds one value somewhere in a tree; `pick` decides where. */
function mutated(value: unknown, pick: readonly number[], replacement: unknown): unknown {
  const [first = 0, ...rest] = pick;
  if (typeof value !== "object" || value === null || rest.length === 0) return replacement;
  const keys = Object.keys(value);
  const key = keys[first % (keys.length + 1)] ?? "added";
  const inner = (value as Record<string, unknown>)[key];
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      String(index) === key ? mutated(item, rest, replacement) : item,
    );
  }
  return { ...value, [key]: mutated(inner, rest, replacement) };
}

const anyScalar = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.constantFrom("database", "everything", "shop", "us-east-1", "111111111111", "__proto__", "<<"),
);
const anyValue = fc.oneof(
  anyScalar,
  fc.array(anyScalar, { maxLength: 3 }),
  fc.dictionary(fc.string(), anyScalar, { maxKeys: 3 }),
  fc.anything({ withNullPrototype: false }),
);

function expectSentences(result: Loaded): void {
  if (result.ok) return;
  expect(result.problems.length).toBeGreaterThan(0);
  const lines = result.problems.map(({ line }) => line);
  expect(lines).toEqual(lines.toSorted((some, other) => some - other));
  for (const { message, line } of result.problems) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(message).toMatch(/^[\s\S]+ must be [\s\S]+, got [\s\S]+\. [A-Z][\s\S]*\.$/);
    expect(message).not.toMatch(/Invalid (input|option|string|key)|undefined|\[object/);
  }
}

describe("any text", () => {
  it("is read or refused in whole sentences, and nothing is thrown", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(..."{}[]:-&*!|>'\"#%@, \n\tab1<?~"), maxLength: 80 }),
    );
    fc.assert(fc.property(text, (given) => expectSentences(parseEnvironment(given, "x.yaml"))));
  });

  it("that nests without end is refused in a sentence", () => {
    expectSentences(parseEnvironment("[".repeat(20_000), "x.yaml"));
    expectSentences(parseEnvironment(`${"a: {".repeat(5_000)}${"}".repeat(5_000)}`, "x.yaml"));
    expectSentences(parseEnvironment("- ".repeat(5_000), "x.yaml"));
  });
});

describe("a right file with pieces of its text lost or doubled", () => {
  it("is read or refused in whole sentences", () => {
    const cut = fc.tuple(fc.nat(small.length), fc.nat(40), fc.boolean());
    fc.assert(
      fc.property(cut, ([start, length, isDoubled]) => {
        const piece = small.slice(start, start + length);
        const middle = isDoubled ? piece + piece : "";
        const text = small.slice(0, start) + middle + small.slice(start + length);
        expectSentences(parseEnvironment(text, "x.yaml"));
      }),
    );
  });
});

describe("any value in the place of another", () => {
  it("is accepted or refused in whole sentences, without a word of the schema library", () => {
    const place = fc.array(fc.nat(11), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(place, anyValue, (pick, replacement) => {
        let text: string;
        try {
          text = stringify(mutated(smallValue, pick, replacement), {
            aliasDuplicateObjects: false,
          });
        } catch {
          return; // YAML cannot write every value of JavaScript.
        }
        expectSentences(parseEnvironment(text, "x.yaml"));
      }),
    );
  });
});
