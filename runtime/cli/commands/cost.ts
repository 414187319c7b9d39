import { Command } from "commander";
import { type Context, printDocument } from "../context.js";
import { type CostDocument, costDocument } from "../cost/document.js";
import { renderCost } from "../cost/render.js";
import { CommandFailure, type ExitCode, exitCodes } from "../failure.js";
import { wantsColor } from "../io.js";
import { wholeNumber } from "../option-values.js";
import { previewed } from "../previewed.js";
import {
  type ProjectOptions,
  type Subject,
  subjectOf,
  withProjectOptions,
} from "../project-options.js";
import type { PreviewedProgram } from "../tools.js";

interface CostOptions extends ProjectOptions {
  readonly budget?: number;
  readonly json?: boolean;
}

/** `aws-dr cost`: what the registered resources cost in a month, against the declared budget. */
export function costCommand(context: Context, end: (code: ExitCode) => void): Command {
  const command = new Command("cost")
    .description("price what would be deployed, at rest and in a failover, against the budget")
    .argument("[file]", "environment file (YAML)");
  return withProjectOptions(command)
    .option(
      "--budget <dollars>",
      "US dollars a month that it may cost at rest, instead of the file's own budget",
      wholeNumber,
    )
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      "\nExamples:\n  $ aws-dr cost examples/thousand-servers/environment.yaml\n  $ aws-dr cost --program . --budget 20000",
    )
    .action(async (file: string | undefined, options: CostOptions) => {
      end(await cost(context, subjectOf(file, options), options));
    });
}

async function cost(
  context: Context,
  subject: Subject,
  { budget, json }: CostOptions,
): Promise<ExitCode> {
  const { io } = context;
  const document = await priced(context, subject, budget);
  if (json) printDocument(io, document);
  else io.stdout(renderCost(document, { color: wantsColor(io) }));
  return document.error === undefined ? exitCodes.done : exitCodes.refused;
}

/** Runs the program without policies: what it costs is no matter of what they say. */
async function priced(
  context: Context,
  subject: Subject,
  budget: number | undefined,
): Promise<CostDocument> {
  const { title, source, program, environment } = await previewed(context, subject, []);
  const declared = environment?.budget?.monthlyDollars;
  return costDocument(title, source, ran(program), budget ?? declared);
}

function ran(program: PreviewedProgram): PreviewedProgram {
  if (program.succeeded) return program;
  const problems = program.messages
    .filter(({ severity }) => severity === "error")
    .map(({ text }) => text);
  throw new CommandFailure(exitCodes.refused, "the program failed", { problems });
}
