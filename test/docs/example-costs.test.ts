import { resolve } from "node:path";
import { expect, it } from "vitest";
import { costPage } from "../../scripts/docs/example-costs.js";

it("the page of costs says what the programs of the examples cost (else: npm run docs)", async () => {
  const { present, wanted } = await costPage(resolve(import.meta.dirname, "../.."));
  expect(present).toBe(wanted);
});
