import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { costPages } from "./example-costs.js";
import { type Page, pages } from "./pages.js";
import { pictures } from "./pictures.js";

/**
 * Writes the generated regions of README.md and docs/, and the pictures that are drawn from programs
 * and their drills, anew. The compiled script lies in dist/scripts/docs.
 */
const root = resolve(import.meta.dirname, "../../..");

for (const page of pages(root)) renew(page);
for (const page of await costPages(root)) renew(page);

for (const { path, draw } of pictures(root)) {
  const file = join(root, path);
  const wanted = await draw();
  if (existsSync(file) && readFileSync(file, "utf8") === wanted) continue;
  writeFileSync(file, wanted);
  console.log(`${path}: drawn anew`);
}

function renew({ path, present, wanted }: Page): void {
  if (present === wanted) return;
  writeFileSync(join(root, path), wanted);
  console.log(`${path}: generated regions renewed`);
}
