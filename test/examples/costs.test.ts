import { resolve } from "node:path";
import { expect, it } from "vitest";
import { costPages } from "../../scripts/docs/example-costs.js";

it("the pages say what the programs of the examples cost, against their budgets (else: npm run docs)", async () => {
  const pages = await costPages(resolve(import.meta.dirname, "../.."));
  expect(pages.map(({ path }) => path)).toHaveLength(7);
  for (const { path, present, wanted } of pages) expect(present, path).toBe(wanted);
});
