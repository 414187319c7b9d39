import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { pictures } from "../../scripts/docs/pictures.js";

const root = resolve(import.meta.dirname, "../..");
const drawn = pictures(root);

describe("pictures of the documentation", () => {
  it.each(drawn.map((picture) => [picture.path, picture] as const))(
    "%s shows what its program registers, or how its drill goes, now (else: npm run docs)",
    async (path, { draw }) => {
      expect(await draw()).toBe(readFileSync(join(root, path), "utf8"));
    },
  );

  it("are all drawn from something", () => {
    const present = readdirSync(join(root, "docs/pictures")).map((name) => `docs/pictures/${name}`);
    expect(present.sort()).toEqual(drawn.map(({ path }) => path).sort());
  });
});
