import { expect, it } from "vitest";
import type { Runbook } from "../../runtime/runbook/model.js";
import { readOutputs } from "../../runtime/runbook/outputs/read.js";
import type { Outputs } from "../../runtime/runbook/outputs/schema.js";
import { runbook } from "../../runtime/runbook/runbook.js";
import { filled } from "../../runtime/runbook/words.js";
import {
  headlessCell,
  outputsWith,
  restoredCell,
  sampleCell,
  tableRestoredCell,
  turnedBy,
} from "../runbook/sample-cell.js";
import { sampleOutputs } from "../runbook/sample-outputs.js";
import { commandProblems } from "../support/aws-cli/check.js";
import { publishedModels } from "../support/aws-cli/models.js";
import { cellExamples, exampleOutputs } from "../support/example-outputs.js";
import { describeTier } from "../support/tier.js";

const books = [
  ["a hub", sampleOutputs()],
  ["a cell with one of everything", outputsWith(sampleCell())],
  ["a cell that health turns", outputsWith(turnedBy("health"))],
  ["a cell with routing controls", outputsWith(turnedBy("routing-control"))],
  ["a cell with a headless secondary", outputsWith(headlessCell())],
  ["a cell that is restored", outputsWith(restoredCell())],
  ["a cell with a table that is restored", outputsWith(tableRestoredCell())],
] as const;

/** Every call of the AWS CLI, with the examples of its section in the place of variables. */
function callsIn({ sections }: Runbook): readonly (readonly string[])[] {
  return sections.flatMap(({ steps, variables }) => {
    const values = Object.fromEntries(variables.map(({ name, example }) => [name, example]));
    return steps
      .flatMap(({ commands }) => commands)
      .filter(({ argv: [program] }) => program === "aws")
      .map(({ argv }) => filled(argv, values));
  });
}

describeTier(
  "python",
  "the commands of runbooks against the published models",
  publishedModels(),
  (models) => {
    const hold = (outputs: Outputs): void => {
      const calls = callsIn(runbook(outputs));
      expect(calls.length).toBeGreaterThan(5);
      for (const argv of calls) {
        expect({ argv, problems: commandProblems(models, argv) }).toEqual({ argv, problems: [] });
      }
    };

    it.each(books)("those of %s name operations and parameters that there are", (_name, outputs) =>
      hold(outputs),
    );

    it.each(cellExamples)("those of the example %s do", async (name) => {
      const read = readOutputs(await exampleOutputs(name));
      if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join("\n"));
      hold(read.outputs);
    });

    it.each([
      [["rds", "fail-over-global-cluster"], "rds has no operation fail-over-global-cluster"],
      [
        ["rds", "promote-read-replica", "--region", "us-east-1"],
        "--db-instance-identifier is required",
      ],
      [
        ["rds", "promote-read-replica", "--db-instance-identifier", "a", "--to", "b"],
        "rds has no option --to here",
      ],
      [
        ["lambda", "update-event-source-mapping", "--uuid", "a", "--enabled", "true"],
        "--enabled takes no value",
      ],
      [
        ["cloudwatch", "describe-alarms", "--alarm-types", "Composite"],
        "--alarm-types is none of its words: Composite",
      ],
      [
        [
          "eks",
          "update-nodegroup-config",
          "--cluster-name",
          "a",
          "--nodegroup-name",
          "b",
          "--scaling-config",
          '{"min":1}',
        ],
        "--scaling-config has no member min",
      ],
    ])("a mistake is seen: %j", (words, problem) => {
      expect(commandProblems(models, ["aws", ...words])).toEqual([problem]);
    });
  },
);
