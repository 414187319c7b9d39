import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { Environment } from "../../environment/schema.js";
import type { RehearsalDocument } from "../../rehearsal/document.js";
import { renderHtml } from "../../report/page/html.js";
import { renderTables } from "../../report/tables.js";
import { renderTimelineSvg } from "../../report/timeline/svg.js";
import { type Context, loadedEnvironment, printDocument } from "../context.js";
import { CommandFailure, type ExitCode, exitCodes } from "../failure.js";
import { wantsColor } from "../io.js";
import { progressView, silentView } from "../progress.js";
import type { RehearsalRequest } from "../tools.js";

interface RehearseOptions {
  readonly plan?: string;
  readonly recovery?: boolean;
  readonly seed: number;
  readonly serversHeldByStranger?: number;
  readonly stranger: "drill" | "recovery" | "terminate";
  readonly json?: boolean;
  readonly report?: string;
}

const example = `
Example:
  $ aws-dr rehearse examples/thousand-servers/environment.yaml --report rehearsal-report`;

/** `aws-dr rehearse`: runs what would be deployed against emulated AWS on a virtual clock. */
export function rehearseCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command("rehearse")
    .description("rehearse a plan on this machine: emulated AWS, virtual clock, no account")
    .argument("<file>", "environment file (YAML)")
    .option("--plan <name>", "plan to rehearse; not needed where the file has one")
    .option("--recovery", "rehearse a recovery instead of a drill")
    .option("--seed <number>", "same seed, same rehearsal", wholeNumber, 1)
    .option(
      "--servers-held-by-stranger <number>",
      "servers that somebody else's job holds at the start",
      wholeNumber,
    )
    .addOption(
      new Option("--stranger <kind>", "what the stranger's job is")
        .choices(["drill", "recovery", "terminate"])
        .default("drill"),
    )
    .option("--json", "print the rehearsal document and nothing else")
    .option("--report <folder>", "write report.html, report.json and timeline.svg there")
    .addHelpText("after", example)
    .action(async (file: string, options: RehearseOptions) => {
      end(await rehearse(context, file, options));
    });
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("It must be a whole number, 0 or more.");
}

async function rehearse(
  { io, tools }: Context,
  file: string,
  options: RehearseOptions,
): Promise<ExitCode> {
  const environment = await loadedEnvironment(tools, file);
  const plan = chosenPlan(environment, options.plan);
  const view = options.json ? silentView : progressView(io);
  view.begin();
  const document = await tools
    .rehearse({
      ...requestOf(environment, file, plan.name, options),
      onProgress: (progress) => view.show(progress),
    })
    .finally(() => view.end());
  const told: RehearsalDocument = { ...document, rtoMinutes: plan.objectives.rtoMinutes };
  const command = commandOf(file, plan.name, options);
  const reportFile = options.report && (await writeReport(options.report, told, command));
  if (options.json) printDocument(io, told);
  else {
    io.stdout(renderTables(told, { color: wantsColor(io) }));
    if (reportFile) io.stdout(`\nReport: ${reportFile}\n`);
  }
  return isGood(told) ? exitCodes.done : exitCodes.refused;
}

function isGood({ outcome, brokenInvariants }: RehearsalDocument): boolean {
  return outcome === "recovered" && brokenInvariants.length === 0;
}

/** The plan to rehearse: the one named, or the only one. */
function chosenPlan(
  { plans }: Environment,
  name: string | undefined,
): Environment["plans"][number] {
  const names = plans.map((plan) => plan.name);
  const [only] = plans;
  if (name === undefined && only !== undefined && plans.length === 1) return only;
  const chosen = plans.find((plan) => plan.name === name);
  if (chosen !== undefined) return chosen;
  const got = name === undefined ? "nothing" : JSON.stringify(name);
  throw new CommandFailure(
    exitCodes.wrongUse,
    `--plan must be one of the plans of the file, got ${got}. Choose one of: ${names.join(", ")}.`,
    { problems: names, details: "" },
  );
}

function requestOf(
  environment: Environment,
  environmentFile: string,
  plan: string,
  options: RehearseOptions,
): Omit<RehearsalRequest, "onProgress"> {
  const { seed, serversHeldByStranger: servers = 0, stranger } = options;
  return {
    environment,
    environmentFile,
    plan,
    kind: options.recovery ? "recovery" : "drill",
    seed,
    ...(servers > 0 ? { strangers: { servers, kind: stranger } } : {}),
  };
}

/** The command that runs the same rehearsal again. */
function commandOf(file: string, plan: string, options: RehearseOptions): string {
  const { seed, serversHeldByStranger: servers = 0, stranger } = options;
  return [
    `aws-dr rehearse ${shellWord(file)} --plan ${shellWord(plan)}`,
    ...(options.recovery ? ["--recovery"] : []),
    `--seed ${seed}`,
    ...(servers > 0 ? [`--servers-held-by-stranger ${servers} --stranger ${stranger}`] : []),
  ].join(" ");
}

function shellWord(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Writes the reports; answers where the page lies. */
async function writeReport(
  folder: string,
  document: RehearsalDocument,
  command: string,
): Promise<string> {
  const page = join(folder, "report.html");
  await mkdir(folder, { recursive: true });
  await writeFile(page, renderHtml(document, { command }));
  await writeFile(join(folder, "timeline.svg"), renderTimelineSvg(document));
  await writeFile(join(folder, "report.json"), `${JSON.stringify(document, null, 2)}\n`);
  return page;
}
