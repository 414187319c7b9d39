import { fileURLToPath } from "node:url";
import { environmentProgram } from "../../runtime/rehearsal/program/environment-program.js";
import { runProgram } from "../../runtime/rehearsal/program/run-program.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Examples that are made of cells, each one of AWS's four strategies. */
export const cellExamples = [
  "backup-and-restore",
  "pilot-light",
  "warm-standby",
  "active-active",
] as const;

/** What `pulumi stack output --json` would print of an example's stack. */
export async function exampleOutputs(name: string): Promise<string> {
  const file = fileURLToPath(new URL(`../../examples/${name}/environment.yaml`, import.meta.url));
  const run = await runProgram({ ...environmentProgram(root, file, name), preview: false });
  if (!run.succeeded) throw new Error(run.messages.map(({ text }) => text).join("\n"));
  const stack = run.resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  return JSON.stringify(stack?.outputs);
}
