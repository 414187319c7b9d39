import { readFileSync } from "node:fs";

/**
 * Prints what the emulator knows of the inputs of DRS, out of the published model beside it:
 * `node test/models/input-shapes.mjs > runtime/rehearsal/services/drs/input-shapes.ts`.
 */
const model = JSON.parse(readFileSync(new URL("drs.json", import.meta.url), "utf8"));
const inputs = Object.fromEntries(
  Object.entries(model.operations).flatMap(([name, { input }]) =>
    input ? [[name, input.shape]] : [],
  ),
);
const shapes = {};
for (const name of Object.values(inputs)) reach(name);

function reach(name) {
  if (shapes[name]) return;
  const shape = model.shapes[name];
  shapes[name] = shape;
  const members = Object.values(shape.members ?? {});
  for (const one of [...members, shape.member, shape.key, shape.value]) if (one) reach(one.shape);
}

function lines(record) {
  const names = Object.keys(record).sort();
  return names.map((name) => `  ${name}: ${JSON.stringify(record[name])},`).join("\n");
}

process.stdout.write(`import type { InputShape } from "./check-input.js";

/*
 * What the published API model of 2020-02-26 says of inputs, one shape a line. Made by
 * test/models/input-shapes.mjs out of botocore's model; see test/models/README.md. Copyright
 * Amazon.com, Inc. or its affiliates; Apache-2.0.
 */

/** The shape of each operation's input; none where it takes nothing. */
// biome-ignore format: one operation a line
export const inputsOfOperations: Readonly<Record<string, string>> = {
${lines(inputs)}
};

// biome-ignore format: one shape a line
export const inputShapes: Readonly<Record<string, InputShape>> = {
${lines(shapes)}
};
`);
