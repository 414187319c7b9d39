import { exampleRun } from "./example-runs.js";

/** Examples that are made of cells, each one of AWS's four strategies. */
export const cellExamples = [
  "backup-and-restore",
  "pilot-light",
  "warm-standby",
  "active-active",
] as const;

/** What `pulumi stack output --json` would print of an example's stack. */
export async function exampleOutputs(name: string): Promise<string> {
  const run = await exampleRun(name, false);
  if (!run.succeeded) throw new Error(run.messages.map(({ text }) => text).join("\n"));
  const stack = run.resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  return JSON.stringify(stack?.outputs);
}
