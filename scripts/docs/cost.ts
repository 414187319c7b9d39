import { sources } from "../../runtime/core/cost/prices/sources.js";
import { markdownTable } from "./markdown.js";

/** Where the prices were read, and from when they are; the newest first. */
export function sourcesTable(): string {
  const rows = Object.values(sources)
    .map(({ name, address, asOf }) => [asOf, name, address])
    .sort(([one = ""], [other = ""]) => (one < other ? 1 : -1));
  return markdownTable(["as of", "read from", "AWS's own page"], rows);
}
