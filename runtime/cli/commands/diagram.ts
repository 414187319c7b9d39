import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import { type Context, loadedEnvironment } from "../context.js";
import { CommandFailure, type ExitCode, exitCodes } from "../failure.js";
import {
  type ProjectOptions,
  type Subject,
  subjectOf,
  withProjectOptions,
} from "../project-options.js";
import type { RegisteredProgram } from "../tools.js";

interface DiagramOptions extends ProjectOptions {
  readonly cell?: string;
  readonly output?: string;
}

const example = `
Examples:
  $ aws-dr diagram examples/thousand-servers/environment.yaml --output estate.svg
  $ aws-dr diagram --program . --cell orders > orders.svg`;

/** `aws-dr diagram`: draws what a program registers, cell by cell, as one SVG. */
export function diagramCommand(context: Context, end: (code: ExitCode) => void): Command {
  const command = new Command("diagram")
    .description("draw the Regions, stores, copies and traffic that would be deployed, as an SVG")
    .argument("[file]", "environment file (YAML)");
  return withProjectOptions(command)
    .option("--cell <name>", "one cell alone; everything where absent")
    .option("--output <file>", "where the SVG is written; to standard output where absent")
    .addHelpText("after", example)
    .action(async (file: string | undefined, options: DiagramOptions) => {
      end(await diagram(context, subjectOf(file, options), options));
    });
}

async function diagram(
  { io, tools }: Context,
  subject: Subject,
  { cell, output }: DiagramOptions,
): Promise<ExitCode> {
  const resources = await tools.registered(await programOf({ io, tools }, subject));
  const { cellNames, renderDiagram } = await import("../../report/diagram/diagram.js");
  if (cell !== undefined) checkCell(cell, cellNames(resources));
  const svg = renderDiagram(resources, { ...(cell !== undefined && { cell }) });
  if (svg === undefined) {
    const rule = "the program must register a cell, a hub or a plan, got none of them";
    const message = `${rule}. There is nothing to draw.`;
    throw new CommandFailure(exitCodes.refused, message);
  }
  if (output === undefined) {
    io.stdout(svg);
  } else {
    await writeFile(output, svg);
    io.stdout(`Diagram: ${output}\n`);
  }
  return exitCodes.done;
}

async function programOf(
  { tools }: Context,
  { file, project }: Subject,
): Promise<RegisteredProgram> {
  if (file === undefined) return { project };
  return { environment: await loadedEnvironment(tools, file), environmentFile: file };
}

function checkCell(cell: string, names: readonly string[]): void {
  if (names.includes(cell)) return;
  const choice = names.length === 0 ? "Leave it out" : `Choose one of: ${names.join(", ")}`;
  throw new CommandFailure(
    exitCodes.wrongUse,
    `--cell must be a cell that the program registers, got ${JSON.stringify(cell)}. ${choice}.`,
    { problems: names, details: "" },
  );
}
