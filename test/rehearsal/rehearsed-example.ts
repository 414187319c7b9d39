import { fileURLToPath } from "node:url";
import { declaredFleet } from "../../runtime/environment/fleet.js";
import { loadEnvironment } from "../../runtime/environment/load.js";
import type { RegisteredResource } from "../../runtime/rehearsal/program/registered.js";
import type { RehearsalSettings } from "../../runtime/rehearsal/rehearse.js";
import { exampleFile, exampleRun } from "../support/example-runs.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** An example of this repository as it would be deployed, ready to be rehearsed as a drill. */
export async function example(name: string): Promise<RehearsalSettings> {
  const loaded = loadEnvironment(exampleFile(name));
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join("\n"));
  const { environment } = loaded;
  const run = await exampleRun(name, false);
  if (!run.succeeded) throw new Error(run.messages.map(({ text }) => text).join("\n"));
  return {
    resources: run.resources,
    programFolder: root,
    fleet: declaredFleet(environment),
    plan: environment.plans[0]?.name ?? "",
    kind: "drill",
    seed: 1,
  };
}

/** The same program, with the inputs of some resources changed before they are deployed. */
export function changed(
  settings: RehearsalSettings,
  change: (resource: RegisteredResource) => Readonly<Record<string, unknown>> | undefined,
): RehearsalSettings {
  const resources = settings.resources.map((resource) => {
    const inputs = change(resource);
    return inputs ? { ...resource, inputs: { ...resource.inputs, ...inputs } } : resource;
  });
  return { ...settings, resources };
}
