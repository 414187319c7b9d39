import { expect, test } from "vitest";
import { runbook } from "../../runtime/runbook/runbook.js";
import { untold } from "../engine/support/runbook-calls.js";
import {
  headlessCell,
  outputsWith,
  restoredCell,
  sampleCell,
  tableRestoredCell,
  turnedBy,
} from "./sample-cell.js";

const cells = [
  sampleCell(),
  turnedBy("health"),
  turnedBy("routing-control"),
  headlessCell(),
  restoredCell(),
  tableRestoredCell(),
];

test.each(cells)("of every call about a cell it is told what it changes, %#", (cell) => {
  const sections = runbook(outputsWith(cell)).sections.filter(({ id }) => id.startsWith("cell-"));
  const commands = sections.flatMap(({ steps }) => steps).flatMap((step) => step.commands);
  expect(commands.length).toBeGreaterThan(0);
  expect(untold(commands)).toEqual([]);
});
