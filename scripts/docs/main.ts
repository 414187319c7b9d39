import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pages } from "./pages.js";

/** Writes the generated regions of README.md and docs/ anew. The compiled script lies in dist/scripts/docs. */
const root = resolve(import.meta.dirname, "../../..");

for (const { path, present, wanted } of pages(root)) {
  if (present === wanted) continue;
  writeFileSync(join(root, path), wanted);
  console.log(`${path}: generated regions renewed`);
}
