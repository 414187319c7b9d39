import { expect, test } from "vitest";
import { documentFields } from "../../runtime/report/document-fields.js";
import { renderFieldsPage } from "../../runtime/report/fields-page.js";
import { hostileRehearsal } from "../support/hostile-rehearsal.js";

const records = ["calls", "heldBack", "faults.injected"];

/** Paths of all names that a document holds, as the table of fields writes them. */
function pathsOf(value: unknown, path = ""): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => pathsOf(item, `${path}[]`));
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) => {
    const step = records.includes(path) ? "*" : name;
    return pathsOf(inner, path === "" ? step : `${path}.${step}`);
  });
}

test("the table names exactly what a document with everything in it holds", () => {
  const seen = new Set(pathsOf(hostileRehearsal("text")));
  expect([...seen].sort()).toEqual(documentFields.map(({ path }) => path).sort());
});

test("every number says its unit, but for version and seed", () => {
  const without = documentFields.filter(
    ({ type, unit }) => type === "number" && unit === undefined,
  );
  expect(without.map(({ path }) => path)).toEqual(["schemaVersion", "seed"]);
});

test("the page is what the table says", async () => {
  await expect(renderFieldsPage(documentFields)).toMatchFileSnapshot(
    "../../docs/rehearsal-document.md",
  );
});
