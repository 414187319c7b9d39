import type { Section } from "../../runtime/runbook/model.js";
import type { CellOutputs } from "../../runtime/runbook/outputs/cell.js";
import { filled, type Word } from "../../runtime/runbook/words.js";
import {
  headlessCell,
  restoredCell,
  sampleCell,
  sectionOf,
  tableRestoredCell,
  turnedBy,
} from "./sample-cell.js";

/** Cells of every kind that a runbook treats otherwise. */
export const cells: readonly (readonly [string, CellOutputs])[] = [
  ["one of everything", sampleCell()],
  ["traffic turned by health", turnedBy("health")],
  ["routing controls", turnedBy("routing-control")],
  ["a headless secondary", headlessCell()],
  ["nothing but backups", restoredCell()],
  ["a table that is restored", tableRestoredCell()],
];

export function titlesOf(cell: CellOutputs, id: string): readonly string[] {
  return sectionOf(cell, id).steps.map(({ title }) => title);
}

/** Every command of the section, as an operator would type it. */
export function linesOf({
  steps,
  variables,
}: Pick<Section, "steps" | "variables">): readonly string[] {
  const values = Object.fromEntries(variables.map(({ name, example }) => [name, example]));
  return steps.flatMap(({ commands }) =>
    commands.map(({ argv }) => filled(argv, values).join(" ")),
  );
}

export function regionIn(argv: readonly Word[]): Word | undefined {
  return argv[argv.indexOf("--region") + 1];
}

/** The same cell with clients in both Regions. */
export function servedByBoth(cell: CellOutputs): CellOutputs {
  return cell.traffic ? { ...cell, traffic: { ...cell.traffic, routing: "latency" } } : cell;
}
