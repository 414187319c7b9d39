/** Evaluates JSONata for a program that has none: a line of JSON text each way. */

import { createInterface } from "node:readline";
import jsonata from "jsonata";

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await evaluated(JSON.parse(line)))}\n`);
}

/** `value` is absent where the expression comes to nothing; a function is told as text. */
async function evaluated(source) {
  try {
    const value = await jsonata(source).evaluate(undefined);
    const isFunction = value?._jsonata_lambda === true || value?._jsonata_function === true;
    return { value: isFunction ? "function" : value };
  } catch (thrown) {
    return { problem: `${thrown.code}: ${thrown.message}` };
  }
}
