import { judgeCell } from "../../runtime/core/cells/objectives.js";
import { promiseOf } from "../../runtime/environment/cells/promise.js";
import { loadEnvironment } from "../../runtime/environment/load.js";
import { judgedLines } from "../../runtime/report/objectives.js";
import { markdownTable } from "./markdown.js";

/** What the cells of an example promise, and what their settings can keep. */
export function objectivesTable(example: string): string {
  const loaded = loadEnvironment(`examples/${example}/environment.yaml`);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join("\n"));
  const rows = loaded.environment.cells.flatMap((cell) => {
    const promise = promiseOf(cell);
    return judgedLines(judgeCell(promise), promise).map(
      ({ what, promised, given, verdict, why }) => [cell.name, what, promised, given, verdict, why],
    );
  });
  return markdownTable(["cell", "objective", "promised", "given", "", "why"], rows);
}
