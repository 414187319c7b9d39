import { readFileSync } from "node:fs";
import { hasServers } from "../../runtime/runbook/outputs/checks.js";
import { readOutputs } from "../../runtime/runbook/outputs/read.js";
import type { ServerOutputs } from "../../runtime/runbook/outputs/schema.js";

/** What the stack of the example with a thousand servers says of itself; `test/stacks` compares it. */
export function sampleText(): string {
  const golden: unknown = JSON.parse(readFileSync("test/golden/stack-output.json", "utf8"));
  return JSON.stringify({ disasterRecovery: golden });
}

export function sampleOutputs(): ServerOutputs {
  const read = readOutputs(sampleText());
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join("\n"));
  if (!hasServers(read.outputs)) throw new Error("the sample must have a hub");
  return read.outputs;
}
