import type { Properties } from "../../../runtime/rehearsal/program/sdk.js";
import type { Project } from "./project.js";

/** A resource as the engine keeps it. */
export interface EngineResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly parent?: string;
  readonly provider?: string;
  readonly protect?: boolean;
  readonly id?: string;
  readonly inputs?: Properties;
  readonly outputs?: Properties;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  readonly ignoreChanges?: readonly string[];
}

/** What a deployment would do to one resource. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly diffReasons?: readonly string[] | null;
  readonly replaceReasons?: readonly string[] | null;
  readonly newState?: EngineResource;
}

interface Previewed {
  readonly steps?: readonly Step[];
  readonly diagnostics?: readonly { readonly message: string }[];
}

/** The steps of a preview. Fails with what the CLI says is wrong where it does. */
export async function previewed(
  project: Project,
  ...options: readonly string[]
): Promise<readonly Step[]> {
  const { code, printed, stdout } = await project.pulumi("preview", "--json", ...options);
  const { steps = [], diagnostics } = stdout.startsWith("{")
    ? (JSON.parse(stdout) as Previewed)
    : {};
  if (code !== 0) throw new Error(diagnostics?.map(({ message }) => message).join("") ?? printed);
  return steps;
}

/** One line for each resource that would change, with the inputs for which: `update hub-query memorySize`. */
export async function changes(
  project: Project,
  ...options: readonly string[]
): Promise<readonly string[]> {
  const steps = await previewed(project, ...options);
  return steps
    .filter(({ op }) => op !== "same")
    .map(({ op, urn, diffReasons, replaceReasons }) => {
      const because = replaceReasons?.length ? replaceReasons : (diffReasons ?? []);
      return [op, urn.split("::").at(-1), because.join(",")].join(" ").trim();
    })
    .sort();
}

/** The resources of the deployed stack. */
export async function deployed(project: Project): Promise<readonly EngineResource[]> {
  const { code, printed, stdout } = await project.pulumi("stack", "export");
  if (code !== 0) throw new Error(printed);
  const { deployment } = JSON.parse(stdout) as {
    readonly deployment: { readonly resources?: readonly EngineResource[] };
  };
  return deployment.resources ?? [];
}
