import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/**
 * Prints a service model of botocore without its documentation, one shape a line, so that a change
 * of the model reads as a diff: `node test/models/vendor.mjs service-2.json.gz > test/models/drs.json`.
 * With names of operations behind the file, only those and what they reach.
 */
const unread = new Set(["documentation", "deprecated", "deprecatedMessage", "sensitive", "box"]);
const [, , path, ...names] = process.argv;
const model = JSON.parse(gunzipSync(readFileSync(path)));
const { metadata } = model;
const operations = names.length > 0 ? picked(model.operations, names) : model.operations;
const shapes = names.length > 0 ? picked(model.shapes, reached(operations)) : model.shapes;

function picked(record, wanted) {
  return Object.fromEntries(wanted.map((name) => [name, record[name]]));
}

/** Names of the shapes of inputs, outputs and errors, and of all that those are made of. */
function reached(from) {
  const found = new Set();
  const visit = (value) => {
    if (typeof value !== "object" || value === null) return;
    const { shape } = value;
    if (typeof shape === "string" && !found.has(shape)) {
      found.add(shape);
      visit(model.shapes[shape]);
    }
    for (const one of Object.values(value)) visit(one);
  };
  visit(from);
  return [...found].sort();
}

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
