import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { declaredFleet } from "../environment/fleet.js";
import { loadEnvironment } from "../environment/load.js";
import type { Environment } from "../environment/schema.js";
import { runCampaign } from "../rehearsal/campaign/campaign.js";
import type { RehearsalCase } from "../rehearsal/campaign/case.js";
import type { CampaignDocument, FailedCase } from "../rehearsal/campaign/document.js";
import type { CaseSource } from "../rehearsal/campaign/draw-case.js";
import { findSmaller, type Smaller, type Subject } from "../rehearsal/campaign/find-smaller.js";
import type { CaseFailure } from "../rehearsal/campaign/judge.js";
import type { CaseResult } from "../rehearsal/campaign/result.js";
import { type Estate, type RunCase, runCase, settingsOf } from "../rehearsal/campaign/run-case.js";
import { startThreads } from "../rehearsal/campaign/threads.js";
import { deploymentOf, libraryOf } from "../rehearsal/deployment.js";
import type { RehearsalDocument } from "../rehearsal/document.js";
import { rehearse } from "../rehearsal/rehearse.js";
import { shellWord } from "../report/shell-word.js";
import { CommandFailure, exitCodes } from "./failure.js";
import { deployedProgram } from "./program.js";
import { registeredBy, stackOf } from "./programs.js";
import type { CampaignRequest, CampaignSubject, CaseRequest } from "./tools.js";

/** Of the cases that fail, so many are looked at for smaller ones. */
const mostShrunk = 3;

/** How cases are run; tests run them otherwise. */
export type RunIn = (estate: Estate) => {
  readonly run: RunCase;
  readonly concurrency: number;
  close(): Promise<void>;
};

/** Runs a campaign in threads, as many as there are processors, and makes what fails smaller. */
export async function performCampaign(
  request: CampaignRequest,
  runIn: RunIn = inThreads,
): Promise<CampaignDocument> {
  const began = performance.now();
  const { subject, runs, firstSeed, onCase } = request;
  const estate = await estateOf(subject);
  const { source, environment } = sourceOf(estate, request);
  const { run, concurrency, close } = runIn(estate);
  try {
    const settings = { runs, firstSeed, source, run, concurrency, onCase };
    const { failed, ...totals } = await runCampaign(settings);
    const failures: FailedCase[] = [];
    for (const [index, { case: one, failure }] of failed.entries()) {
      const { seed, plan } = one;
      const told = { seed, plan, ...failure, command: request.commandOf(seed) };
      const smaller = index < mostShrunk ? await smallerOf(request, run, one, failure) : undefined;
      failures.push({ ...told, ...(smaller && { smaller }) });
    }
    const wallSeconds = (performance.now() - began) / 1000;
    return {
      schemaVersion: 1,
      environment,
      firstSeed,
      runs,
      ...totals,
      failures,
      wallSeconds,
    };
  } finally {
    await close();
  }
}

/** Rehearses one case, its functions in threads of their own as in every other rehearsal. */
export async function rehearseCase(request: CaseRequest): Promise<RehearsalDocument> {
  const estate = await estateOf(request.subject);
  const { onProgress } = request;
  return rehearse({ ...estate, ...settingsOf(request.case), onProgress });
}

const inThreads: RunIn = (estate) => {
  const concurrency = availableParallelism();
  return { ...startThreads(estate, concurrency), concurrency };
};

async function estateOf(subject: CampaignSubject): Promise<Estate> {
  if ("project" in subject) {
    const { source } = await stackOf(subject.project);
    const { hub } = subject;
    return {
      ...(await registeredBy({ ...source, preview: false })),
      ...(hub !== undefined && { hub }),
    };
  }
  const { environment, environmentFile } = subject;
  const program = deployedProgram(environment.name, environmentFile);
  return { ...(await registeredBy(program)), fleet: declaredFleet(environment) };
}

function sourceOf(
  { resources, hub }: Estate,
  { plan, faults }: CampaignRequest,
): { readonly source: CaseSource; readonly environment: string } {
  const deployment = deploymentOf(resources, hub);
  const names = libraryOf(resources, deployment).plans.map(({ name }) => name);
  const plans = names.filter((name) => plan === undefined || name === plan);
  if (plans.length === 0) {
    const got = plan === undefined ? "nothing" : JSON.stringify(plan);
    throw new CommandFailure(
      exitCodes.wrongUse,
      `--plan must be one of the plans that are deployed, got ${got}. Choose one of: ${names.join(", ")}.`,
    );
  }
  const lanes = deployment.spokes.flatMap(({ account, lanes: ofSpoke }) =>
    ofSpoke.map(({ region }) => ({ account, region })),
  );
  const source = { plans, lanes, ...(faults && { faults }) };
  return { source, environment: deployment.hub.environment };
}

async function smallerOf(
  { subject, failuresFolder }: CampaignRequest,
  run: RunCase,
  one: RehearsalCase,
  { rule }: CaseFailure,
): Promise<FailedCase["smaller"]> {
  const scratch = await mkdtemp(join(tmpdir(), "aws-dr-campaign-"));
  try {
    const whole = "environment" in subject ? subject.environment : undefined;
    let ran: CaseResult | undefined;
    let smallest: CaseResult | undefined;
    const rehearseSubject = async (tried: Subject): Promise<CaseResult | undefined> => {
      ran = await runOn(tried, whole, run, scratch);
      if (ran?.failure?.rule === rule) smallest = ran;
      return ran;
    };
    const start = { case: one, ...(whole && { environment: whole }) };
    const found = await findSmaller(start, rule, rehearseSubject);
    if (!smallest) return undefined;
    const { files, command } = await written(found, subject, failuresFolder);
    const { servers, waves } = smallest;
    const { tries, isSmallest } = found;
    return { case: found.case, servers, waves, tries, isSmallest, files, command };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Runs a case on an environment of its own, where it has one. Nothing where that is not valid. */
async function runOn(
  { case: one, environment }: Subject,
  whole: Environment | undefined,
  run: RunCase,
  scratch: string,
): Promise<CaseResult | undefined> {
  if (environment === undefined || environment === whole) return run(one);
  const file = join(scratch, "environment.yaml");
  await writeFile(file, stringify(environment, { aliasDuplicateObjects: false }));
  const loaded = loadEnvironment(file);
  if (!loaded.ok) return undefined;
  const subject = { environment: loaded.environment, environmentFile: file };
  return runCase(await estateOf(subject), one);
}

/** Writes a smaller case, and its environment where that is smaller too. */
async function written(
  { case: one, environment }: Smaller,
  subject: CampaignSubject,
  failuresFolder: string,
): Promise<{ readonly files: readonly string[]; readonly command: string }> {
  const folder = join(failuresFolder, `seed-${one.seed}`);
  await mkdir(folder, { recursive: true });
  const caseFile = join(folder, "case.yaml");
  await writeFile(caseFile, stringify(one));
  const withCase = (target: string): string =>
    `aws-dr campaign ${target} --case ${shellWord(caseFile)}`;
  if (environment === undefined || "project" in subject) {
    const directory = "project" in subject ? subject.project.directory : "";
    return { files: [caseFile], command: withCase(`--program ${shellWord(directory)}`) };
  }
  if (environment === subject.environment) {
    return { files: [caseFile], command: withCase(shellWord(subject.environmentFile)) };
  }
  const file = join(folder, "environment.yaml");
  await writeFile(file, stringify(environment, { aliasDuplicateObjects: false }));
  return { files: [file, caseFile], command: withCase(shellWord(file)) };
}
