import { Command } from "commander";
import { formatProblems } from "../../environment/problem.js";
import { type RehearsalCase, readCase } from "../../rehearsal/campaign/case.js";
import { failureOf } from "../../rehearsal/campaign/judge.js";
import type { CaseResult } from "../../rehearsal/campaign/result.js";
import { renderCampaign } from "../../report/campaign.js";
import { shellWord } from "../../report/shell-word.js";
import { renderTables } from "../../report/tables.js";
import { oneLine } from "../../report/terminal-table.js";
import { type Context, loadedEnvironment, printDocument } from "../context.js";
import { CommandFailure, type ExitCode, exitCodes } from "../failure.js";
import { chosenFaults, faultsOption } from "../faults-option.js";
import { type Io, wantsColor } from "../io.js";
import { wholeNumber } from "../option-values.js";
import { progressView, silentView } from "../progress.js";
import {
  type ProjectOptions,
  type Subject,
  subjectOf,
  withProjectOptions,
} from "../project-options.js";
import type { CampaignSubject } from "../tools.js";

interface CampaignOptions extends ProjectOptions {
  readonly hub?: string;
  readonly plan?: string;
  readonly runs: number;
  readonly seed: number;
  readonly faults?: string;
  readonly case?: string;
  readonly failures: string;
  readonly json?: boolean;
}

const example = `
Example:
  $ aws-dr campaign examples/six-servers/environment.yaml --runs 50`;

/** `aws-dr campaign`: rehearses many cases of an estate, each with other faults, in search of one that breaks a rule. */
export function campaignCommand(context: Context, end: (code: ExitCode) => void): Command {
  const command = new Command("campaign")
    .description("rehearse many times, each time with other faults, in search of a broken rule")
    .argument("[file]", "environment file (YAML)");
  return withProjectOptions(command)
    .option("--hub <name>", "hub of the program; not needed where it has one")
    .option("--plan <name>", "one plan; all are rehearsed where absent")
    .option("--runs <number>", "rehearsals", wholeNumber, 100)
    .option("--seed <number>", "seed of the first rehearsal; the others follow it", wholeNumber, 1)
    .option(...faultsOption)
    .option("--case <file>", "one case that a campaign wrote, and its tables")
    .option("--failures <folder>", "where smaller cases are written", "campaign-failures")
    .option("--json", "print the campaign document and nothing else")
    .addHelpText("after", example)
    .action(async (file: string | undefined, options: CampaignOptions) => {
      const subject = subjectOf(file, options);
      const done = options.case === undefined ? campaign : replayed;
      end(await done(context, subject, options));
    });
}

async function campaign(
  context: Context,
  subject: Subject,
  options: CampaignOptions,
): Promise<ExitCode> {
  const { io, tools } = context;
  const { runs, seed: firstSeed, plan, faults, failures: failuresFolder } = options;
  const progress = options.json ? () => undefined : caseLines(io, runs);
  const document = await tools.campaign({
    subject: await campaignSubject(context, subject, options),
    runs,
    firstSeed,
    failuresFolder,
    ...(plan !== undefined && { plan }),
    ...(faults !== undefined && { faults: chosenFaults(faults) }),
    commandOf: (seed) => commandOf(subject, seed, options),
    onCase: progress,
  });
  if (options.json) printDocument(io, document);
  else io.stdout(renderCampaign(document, { color: wantsColor(io) }));
  return document.failures.length === 0 ? exitCodes.done : exitCodes.refused;
}

async function replayed(
  context: Context,
  subject: Subject,
  options: CampaignOptions,
): Promise<ExitCode> {
  const { io, tools } = context;
  const view = options.json ? silentView : progressView(io);
  const one = caseIn(options.case ?? "");
  const wanted = await campaignSubject(context, subject, options);
  view.begin();
  const document = await tools
    .rehearseCase({ subject: wanted, case: one, onProgress: (shown) => view.show(shown) })
    .finally(() => view.end());
  if (options.json) printDocument(io, document);
  else io.stdout(renderTables(document, { color: wantsColor(io) }));
  return failureOf(document) === undefined ? exitCodes.done : exitCodes.refused;
}

function caseIn(file: string): RehearsalCase {
  const read = readCase(file);
  if (read.ok) return read.value;
  const { problems } = read;
  throw new CommandFailure(exitCodes.wrongUse, `${file} is not a valid case`, {
    problems,
    details: formatProblems(file, problems),
  });
}

async function campaignSubject(
  { tools }: Context,
  { file, project }: Subject,
  { hub }: CampaignOptions,
): Promise<CampaignSubject> {
  if (file === undefined) return { project, ...(hub !== undefined && { hub }) };
  return { environment: await loadedEnvironment(tools, file), environmentFile: file };
}

/** A line for each case that fails, and how many are done; on stderr both. */
function caseLines(io: Io, runs: number): (one: RehearsalCase, result: CaseResult) => void {
  let done = 0;
  const isLive = io.isStderrTerminal && io.variables.TERM !== "dumb";
  return ({ seed, plan }, { failure }) => {
    done += 1;
    const clear = isLive ? "\r\u001b[K" : "";
    if (failure) {
      const reason = oneLine(failure.reasons[0] ?? failure.rule);
      io.stderr(`${clear}seed ${seed}, plan ${oneLine(plan)}: ${reason}\n`);
    }
    if (isLive && done < runs) io.stderr(`${clear}${done} of ${runs} rehearsed`);
    else if (isLive) io.stderr(clear);
  };
}

/** The command that rehearses the case of one seed again. */
function commandOf({ file, project }: Subject, seed: number, options: CampaignOptions): string {
  const { stack, stackOutputs = {}, hub, plan, faults } = options;
  return [
    "aws-dr campaign",
    file === undefined ? `--program ${shellWord(project.directory)}` : shellWord(file),
    ...(stack === undefined ? [] : [`--stack ${shellWord(stack)}`]),
    ...Object.entries(stackOutputs).map(
      ([name, path]) => `--stack-outputs ${shellWord(`${name}=${path}`)}`,
    ),
    ...(hub === undefined ? [] : [`--hub ${shellWord(hub)}`]),
    ...(plan === undefined ? [] : [`--plan ${shellWord(plan)}`]),
    ...(faults === undefined ? [] : [`--faults ${shellWord(faults)}`]),
    `--runs 1 --seed ${seed}`,
  ].join(" ");
}
