import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command, Option } from "commander";
import type { Environment } from "../../environment/schema.js";
import type { RehearsalDocument } from "../../rehearsal/document.js";
import { renderHtml } from "../../report/page/html.js";
import { shellWord } from "../../report/shell-word.js";
import { renderTables } from "../../report/tables.js";
import { renderTimelineSvg } from "../../report/timeline/svg.js";
import { type Context, loadedEnvironment, printDocument } from "../context.js";
import { CommandFailure, type ExitCode, exitCodes } from "../failure.js";
import { chosenFaults, faultsOption } from "../faults-option.js";
import { wantsColor } from "../io.js";
import { wholeNumber } from "../option-values.js";
import { type ProgressView, progressView, silentView } from "../progress.js";
import {
  type ProjectOptions,
  type Subject,
  subjectOf,
  withProjectOptions,
} from "../project-options.js";
import type { RehearsalOptions } from "../tools.js";

interface RehearseOptions extends ProjectOptions {
  readonly hub?: string;
  readonly plan?: string;
  readonly fleet?: string;
  readonly recovery?: boolean;
  readonly seed: number;
  readonly serversHeldByStranger?: number;
  readonly stranger: "drill" | "recovery" | "terminate";
  readonly faults?: string;
  readonly json?: boolean;
  readonly report?: string;
}

const example = `
Example:
  $ aws-dr rehearse examples/thousand-servers/environment.yaml --report rehearsal-report`;

/** `aws-dr rehearse`: runs what would be deployed against emulated AWS on a virtual clock. */
export function rehearseCommand(context: Context, end: (code: ExitCode) => void): Command {
  const command = new Command("rehearse")
    .description("rehearse a plan on this machine: emulated AWS, virtual clock, no account")
    .argument("[file]", "environment file (YAML)");
  return withProjectOptions(command)
    .option("--hub <name>", "hub of the program; not needed where it has one")
    .option("--plan <name>", "plan to rehearse; not needed where there is one")
    .option(
      "--fleet <file>",
      "the servers that there are: a fleet file or an environment file; else those that are declared",
    )
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
    .option(...faultsOption)
    .option("--json", "print the rehearsal document and nothing else")
    .option("--report <folder>", "write report.html, report.json and timeline.svg there")
    .addHelpText("after", example)
    .action(async (file: string | undefined, options: RehearseOptions) => {
      end(await rehearse(context, subjectOf(file, options), options));
    });
}

async function rehearse(
  context: Context,
  subject: Subject,
  options: RehearseOptions,
): Promise<ExitCode> {
  const { io } = context;
  const view = options.json ? silentView : progressView(io);
  const document = await rehearsed(context, subject, options, view);
  const command = commandOf(subject, document.plan, options);
  const reportFile = options.report && (await writeReport(options.report, document, command));
  if (options.json) printDocument(io, document);
  else {
    io.stdout(renderTables(document, { color: wantsColor(io) }));
    if (reportFile) io.stdout(`\nReport: ${reportFile}\n`);
  }
  return isGood(document) ? exitCodes.done : exitCodes.refused;
}

async function rehearsed(
  { tools }: Context,
  { file, project }: Subject,
  options: RehearseOptions,
  view: ProgressView,
): Promise<RehearsalDocument> {
  const settings = settingsOf(options, view);
  if (file === undefined) {
    const { hub, plan } = options;
    const chosen = { ...(hub !== undefined && { hub }), ...(plan !== undefined && { plan }) };
    view.begin();
    return tools.rehearseProject({ ...settings, ...chosen, project }).finally(() => view.end());
  }
  const environment = await loadedEnvironment(tools, file);
  const { name: plan } = chosenPlan(environment, options.plan);
  view.begin();
  return tools
    .rehearse({ ...settings, environment, environmentFile: file, plan })
    .finally(() => view.end());
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
  if (names.length === 0) {
    const message =
      "the file must declare a plan to rehearse, got none. Add accounts, groups and plans.";
    throw new CommandFailure(exitCodes.refused, message);
  }
  throw new CommandFailure(
    exitCodes.wrongUse,
    `--plan must be one of the plans of the file, got ${got}. Choose one of: ${names.join(", ")}.`,
    { problems: names, details: "" },
  );
}

function settingsOf(options: RehearseOptions, view: ProgressView): RehearsalOptions {
  const { seed, serversHeldByStranger: servers = 0, stranger, fleet } = options;
  return {
    kind: options.recovery ? "recovery" : "drill",
    seed,
    ...(fleet === undefined ? {} : { fleetFile: fleet }),
    ...(servers > 0 ? { strangers: { servers, kind: stranger } } : {}),
    ...(options.faults !== undefined && { faults: chosenFaults(options.faults) }),
    onProgress: (progress) => view.show(progress),
  };
}

/** The command that runs the same rehearsal again. */
function commandOf({ file, project }: Subject, plan: string, options: RehearseOptions): string {
  const { seed, serversHeldByStranger: servers = 0, stranger, stack, stackOutputs = {} } = options;
  const { hub, fleet } = options;
  return [
    "aws-dr rehearse",
    file === undefined ? `--program ${shellWord(project.directory)}` : shellWord(file),
    ...(stack === undefined ? [] : [`--stack ${shellWord(stack)}`]),
    ...Object.entries(stackOutputs).map(
      ([name, file]) => `--stack-outputs ${shellWord(`${name}=${file}`)}`,
    ),
    ...(hub === undefined ? [] : [`--hub ${shellWord(hub)}`]),
    `--plan ${shellWord(plan)}`,
    ...(fleet === undefined ? [] : [`--fleet ${shellWord(fleet)}`]),
    ...(options.recovery ? ["--recovery"] : []),
    `--seed ${seed}`,
    ...(servers > 0 ? [`--servers-held-by-stranger ${servers} --stranger ${stranger}`] : []),
    ...(options.faults === undefined ? [] : [`--faults ${shellWord(options.faults)}`]),
  ].join(" ");
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
