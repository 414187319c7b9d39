import { readFileSync, writeFileSync } from "node:fs";
import { Command, Option } from "commander";
import { renderHtml } from "../../runbook/html.js";
import { renderMarkdown } from "../../runbook/markdown.js";
import type { Runbook } from "../../runbook/model.js";
import { formatOutputProblems, readOutputs } from "../../runbook/outputs/read.js";
import { runbook } from "../../runbook/runbook.js";
import type { Context } from "../context.js";
import { CommandFailure, type ExitCode, exitCodes } from "../failure.js";

interface RunbookOptions {
  readonly format: "markdown" | "html";
  readonly output?: string;
  readonly section?: readonly string[];
}

/** `aws-dr runbook`: what operators do in an environment, by the names of its own resources. */
export function runbookCommand({ io }: Context, end: (code: ExitCode) => void): Command {
  return new Command("runbook")
    .description("render the runbooks of a deployed environment from the outputs of its stack")
    .argument(
      "<file>",
      'what `pulumi stack output --json` printed; "-" reads it from standard input',
    )
    .addOption(
      new Option("--format <format>", "what to render")
        .choices(["markdown", "html"])
        .default("markdown"),
    )
    .option("--output <file>", "file to write, instead of standard output")
    .option("--section <id...>", "sections to render, instead of all")
    .addHelpText(
      "after",
      "\nExample:\n  $ pulumi stack output --json | aws-dr runbook - --format html --output runbook.html",
    )
    .action((file: string, options: RunbookOptions) => {
      const rendered = render(file, options);
      if (options.output === undefined) io.stdout(rendered);
      else writeFileSync(options.output, rendered);
      end(exitCodes.done);
    });
}

function render(file: string, { format, section }: RunbookOptions): string {
  const read = readOutputs(textOf(file));
  if (!read.ok) {
    const { problems } = read;
    const message = `${file === "-" ? "standard input" : file} does not hold the outputs of a stack that this release can render`;
    const details = formatOutputProblems(problems);
    throw new CommandFailure(exitCodes.refused, message, { problems, details });
  }
  const chosen = chosenSections(runbook(read.outputs), section);
  return format === "html" ? renderHtml(chosen) : renderMarkdown(chosen);
}

function textOf(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(exitCodes.refused, `file must be one that can be read: ${reason}`);
  }
}

function chosenSections(whole: Runbook, ids: readonly string[] | undefined): Runbook {
  if (ids === undefined) return whole;
  const known = whole.sections.map(({ id }) => id);
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    const got = unknown.map((id) => `"${id}"`).join(", ");
    throw new CommandFailure(
      exitCodes.wrongUse,
      `--section must be one of the sections of this runbook, got ${got}. Choose from: ${known.join(", ")}.`,
    );
  }
  return { ...whole, sections: whole.sections.filter(({ id }) => ids.includes(id)) };
}
