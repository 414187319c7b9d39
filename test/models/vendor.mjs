import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/**
 * Prints a service model of botocore without its documentation, one shape a line, so that a change
 * of the model reads as a diff: `node test/models/vendor.mjs service-2.json.gz > test/models/drs.json`.
 */
const unread = new Set(["documentation", "deprecated", "deprecatedMessage", "sensitive", "box"]);
const [, , path] = process.argv;
const { metadata, operations, shapes } = JSON.parse(gunzipSync(readFileSync(path)));

/** Members of a structure keep their names, whatever those are; all else that nobody reads goes. */
function stripped(value, isNames = false) {
  if (Array.isArray(value)) return value.map((one) => stripped(one));
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => isNames || !unread.has(name));
  const isStructure = !isNames && value.type === "structure";
  return Object.fromEntries(
    kept.map(([name, one]) => [name, stripped(one, isStructure && name === "members")]),
  );
}

function lines(record) {
  const written = Object.entries(record).map(
    ([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(stripped(value))}`,
  );
  return `{\n${written.join(",\n")}\n  }`;
}

process.stdout.write(
  `{\n  "metadata": ${JSON.stringify(metadata)},\n` +
    `  "operations": ${lines(operations)},\n  "shapes": ${lines(shapes)}\n}\n`,
);
