import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pages } from "./pages.js";
import { pictures } from "./pictures.js";

/**
 * Writes the generated regions of README.md and docs/, and the pictures that are drawn from programs,
 * anew. The compiled script lies in dist/scripts/docs.
 */
const root = resolve(import.meta.dirname, "../../..");

for (const { path, present, wanted } of pages(root)) {
  if (present === wanted) continue;
  writeFileSync(join(root, path), wanted);
  console.log(`${path}: generated regions renewed`);
}

for (const { path, draw } of pictures(root)) {
  const file = join(root, path);
  const wanted = await draw();
  if (existsSync(file) && readFileSync(file, "utf8") === wanted) continue;
  writeFileSync(file, wanted);
  console.log(`${path}: drawn anew`);
}
