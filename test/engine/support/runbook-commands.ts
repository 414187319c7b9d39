import { readOutputs } from "../../../runtime/runbook/outputs/read.js";
import { runbook } from "../../../runtime/runbook/runbook.js";
import { filled } from "../../../runtime/runbook/words.js";

/**
 * The commands of a way, `failover` or `failback`, of all cells, as operators type them one by one.
 * What is done only where something else stays refused is left out.
 */
export function commandsOf(printedOutputs: string, way: string): readonly (readonly string[])[] {
  const read = readOutputs(printedOutputs);
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join("\n"));
  const sections = runbook(read.outputs).sections.filter(({ id }) => id.endsWith(`-${way}`));
  return sections.flatMap(({ steps, variables }) => {
    const values = Object.fromEntries(variables.map(({ name, example }) => [name, example]));
    const taken = steps.filter(({ title }) => !title.startsWith("Only if"));
    return taken.flatMap(({ commands }) => commands.map(({ argv }) => filled(argv, values)));
  });
}
