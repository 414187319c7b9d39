import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import type { RegisteredResource } from "../../rehearsal/program/registered.js";
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
  readonly dashboard?: string;
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
    .option("--dashboard <name>", "the widgets of one dashboard instead")
    .option("--output <file>", "where the SVG is written; to standard output where absent")
    .addHelpText("after", example)
    .action(async (file: string | undefined, options: DiagramOptions) => {
      end(await diagram(context, subjectOf(file, options), options));
    });
}

async function diagram(
  context: Context,
  subject: Subject,
  options: DiagramOptions,
): Promise<ExitCode> {
  const { io, tools } = context;
  const resources = await tools.registered(await programOf(context, subject));
  const svg = await drawn(resources, options);
  if (options.output === undefined) {
    io.stdout(svg);
  } else {
    await writeFile(options.output, svg);
    io.stdout(`Diagram: ${options.output}\n`);
  }
  return exitCodes.done;
}

async function drawn(
  resources: readonly RegisteredResource[],
  { cell, dashboard }: DiagramOptions,
): Promise<string> {
  const { cellNames, dashboardNames, renderDashboard, renderDiagram } = await import(
    "../../report/diagram/diagram.js"
  );
  if (dashboard !== undefined) {
    checkName("--dashboard", dashboard, dashboardNames(resources));
    return renderDashboard(resources, dashboard) ?? "";
  }
  if (cell !== undefined) checkName("--cell", cell, cellNames(resources));
  const svg = renderDiagram(resources, { ...(cell !== undefined && { cell }) });
  if (svg !== undefined) return svg;
  const rule = "the program must register a cell, a hub or a plan, got none of them";
  throw new CommandFailure(exitCodes.refused, `${rule}. There is nothing to draw.`);
}

async function programOf(
  { tools }: Context,
  { file, project }: Subject,
): Promise<RegisteredProgram> {
  if (file === undefined) return { project };
  return { environment: await loadedEnvironment(tools, file), environmentFile: file };
}

function checkName(option: "--cell" | "--dashboard", name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  const choice = names.length === 0 ? "There is none" : `Choose one of: ${names.join(", ")}`;
  const kind = option.slice(2);
  throw new CommandFailure(
    exitCodes.wrongUse,
    `${option} must be a ${kind} that the program registers, got ${JSON.stringify(name)}. ${choice}.`,
    { problems: names, details: "" },
  );
}
