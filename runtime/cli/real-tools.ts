import { declaredFleet } from "../environment/fleet.js";
import { formatProblems, loadEnvironment } from "../environment/load.js";
import type { Environment } from "../environment/schema.js";
import type { RehearsalDocument } from "../rehearsal/document.js";
import { FleetLacks } from "../rehearsal/fitting-fleet.js";
import type { RegisteredResource } from "../rehearsal/program/registered.js";
import type { ProgramSource } from "../rehearsal/program/run-program.js";
import type { RehearsalSettings } from "../rehearsal/rehearse.js";
import { CommandFailure, exitCodes } from "./failure.js";
import { deployedProgram } from "./program.js";
import { registeredBy, stackOf } from "./programs.js";
import type {
  LoadedFile,
  PreviewedProgram,
  ProjectRehearsalRequest,
  ProjectRequest,
  RegisteredProgram,
  RehearsalRequest,
  Tools,
} from "./tools.js";

/** The tools that do the work. Heavy parts are loaded when a command first needs them. */
export const realTools: Tools = {
  load: (file) => Promise.resolve(loadedFile(file)),
  preview,
  previewProject,
  registered,
  rehearse: rehearseEnvironment,
  rehearseProject,
  campaign: async (request) => (await import("./campaign.js")).performCampaign(request),
  rehearseCase: async (request) => (await import("./campaign.js")).rehearseCase(request),
  emulate: async (request) => (await import("./emulation.js")).startEmulation(request),
  untilInterrupted: () =>
    new Promise((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    }),
};

function loadedFile(file: string): LoadedFile {
  const loaded = loadEnvironment(file);
  if (loaded.ok) return { environment: loaded.environment };
  return { problems: loaded.problems, details: formatProblems(file, loaded.problems) };
}

async function preview(
  file: string,
  { name, budget }: Environment,
  packs?: readonly string[],
): Promise<PreviewedProgram> {
  const { previewEnvironment } = await import("../rehearsal/program/preview.js");
  return previewEnvironment({
    environmentFile: file,
    stack: name,
    ...(packs && { packs }),
    ...(budget && { policyConfig: { "dr-within-budget": budget, "dr-priced": budget } }),
  });
}

async function previewProject(
  project: ProjectRequest,
  packs?: readonly string[],
): Promise<PreviewedProgram> {
  const { source, warnings } = await stackOf(project);
  const { previewProgram } = await import("../rehearsal/program/preview.js");
  const previewed = await previewProgram(source, packs);
  const told = warnings.map((text) => ({ severity: "warning" as const, text }));
  return { ...previewed, messages: [...told, ...previewed.messages] };
}

/** A project's program runs as in a preview: what its components refuse of a stand-in for AWS is not asked. */
async function registered(program: RegisteredProgram): Promise<readonly RegisteredResource[]> {
  const source =
    "project" in program
      ? { ...(await stackOf(program.project)).source, preview: true }
      : deployedProgram(program.environment.name, program.environmentFile);
  const { resources } = await registeredBy(source);
  return resources;
}

async function rehearseEnvironment({
  environment,
  environmentFile,
  ...settings
}: RehearsalRequest) {
  const program = deployedProgram(environment.name, environmentFile);
  return rehearseProgram(program, { fleet: declaredFleet(environment), ...settings });
}

async function rehearseProject({ project, ...settings }: ProjectRehearsalRequest) {
  const { source } = await stackOf(project);
  return rehearseProgram({ ...source, preview: false }, settings);
}

async function rehearseProgram(
  program: ProgramSource,
  {
    fleetFile,
    ...settings
  }: Omit<RehearsalSettings, "resources" | "programFolder"> & Pick<RehearsalRequest, "fleetFile">,
): Promise<RehearsalDocument> {
  const given =
    fleetFile === undefined ? {} : (await import("./fleet.js")).rehearsedFleet(fleetFile);
  const { rehearse } = await import("../rehearsal/rehearse.js");
  const all = { ...settings, ...given, ...(await registeredBy(program)) };
  return rehearse(all).catch((error: unknown) => {
    if (!(error instanceof FleetLacks)) throw error;
    throw new CommandFailure(exitCodes.refused, error.message, error);
  });
}
