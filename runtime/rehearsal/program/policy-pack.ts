import analyzerPb, { type AnalyzeDiagnostic } from "@pulumi/pulumi/proto/analyzer_pb.js";
import { type PackProcess, startPack } from "./pack-process.js";
import {
  configuration,
  levelsOf,
  type PackConfig,
  type ResourcesByUrn,
  resourceRequest,
  stackRequest,
} from "./pack-requests.js";
import { readableError } from "./readable-error.js";
import type { ProgramRun, RegisteredResource } from "./registered.js";
import { nameOf } from "./urn.js";

export type { PackConfig } from "./pack-requests.js";

/** What a policy found. */
export interface PolicyViolation {
  readonly policy: string;
  readonly level: "advisory" | "mandatory";
  readonly message: string;
  /** The resource it is about; absent for a violation of the stack as a whole. */
  readonly urn?: string;
  readonly resourceName?: string;
}

/** What a policy pack found in a run of a program. */
export interface PackReport {
  readonly pack: string;
  readonly version: string;
  readonly violations: readonly PolicyViolation[];
}

/** Runs one pack over a run, in a process of its own, as `pulumi preview --policy-pack` would. */
export async function analyze(
  packDirectory: string,
  run: ProgramRun,
  config: PackConfig = {},
): Promise<PackReport> {
  const pack = await startPack(packDirectory);
  try {
    return await analyzeWith(pack, run, config);
  } finally {
    pack.stop();
  }
}

/**
 * Shows a started pack each resource, then the whole stack. A run that failed is shown resource by
 * resource only, as Pulumi's engine does. A policy that throws is a mandatory violation.
 */
export async function analyzeWith(
  pack: PackProcess,
  run: ProgramRun,
  config: PackConfig = {},
): Promise<PackReport> {
  await pack.configure(configuration(pack.info, config));
  const all: ResourcesByUrn = new Map(run.resources.map((resource) => [resource.urn, resource]));
  const remediates = [...levelsOf(pack.info, config).values()].includes("remediate");
  const made = run.resources.filter((resource) => !resource.external);
  const ofResources = await Promise.all(
    made.map((resource) => analyzeResource(pack, resource, all, remediates)),
  );
  const ofStack = run.succeeded ? await analyzeStack(pack, run.resources, all) : [];
  return {
    pack: pack.info.getName(),
    version: pack.info.getVersion(),
    violations: [...ofResources.flat(), ...ofStack],
  };
}

async function analyzeResource(
  pack: PackProcess,
  resource: RegisteredResource,
  all: ResourcesByUrn,
  remediates: boolean,
): Promise<readonly PolicyViolation[]> {
  const { urn, inputs } = resource;
  return violations(urn, async () => {
    const remedied = remediates
      ? await pack.remediate(resourceRequest(resource, inputs, all))
      : undefined;
    return pack.analyze(resourceRequest(resource, remedied ?? inputs, all));
  });
}

function analyzeStack(
  pack: PackProcess,
  resources: readonly RegisteredResource[],
  all: ResourcesByUrn,
): Promise<readonly PolicyViolation[]> {
  return violations(undefined, () => pack.analyzeStack(stackRequest(resources, all)));
}

async function violations(
  urn: string | undefined,
  diagnose: () => Promise<readonly AnalyzeDiagnostic[]>,
): Promise<readonly PolicyViolation[]> {
  try {
    const diagnostics = await diagnose();
    return diagnostics.map((diagnostic) => violationOf(diagnostic, urn));
  } catch (error) {
    return [brokenPolicy(error, urn)];
  }
}

function violationOf(diagnostic: AnalyzeDiagnostic, subject: string | undefined): PolicyViolation {
  const isAdvisory = diagnostic.getEnforcementlevel() === analyzerPb.EnforcementLevel.ADVISORY;
  const preamble = `${diagnostic.getDescription()}\n`;
  const message = diagnostic.getMessage();
  return {
    policy: diagnostic.getPolicyname(),
    level: isAdvisory ? "advisory" : "mandatory",
    message: message.startsWith(preamble) ? message.slice(preamble.length) : message,
    ...about(diagnostic.getUrn() || subject),
  };
}

/** The policy server tells which policy threw in its error's text alone. */
function brokenPolicy(error: unknown, urn: string | undefined): PolicyViolation {
  const text = error instanceof Error ? error.message : String(error);
  const [, policy = "policy-pack", reason = text] =
    /with policy '([^']+)' from policy pack '[^']*':\s*(.*)$/s.exec(text) ?? [];
  return {
    policy,
    level: "mandatory",
    message: `the policy could not be checked: ${readableError(reason)}`,
    ...about(urn),
  };
}

function about(urn: string | undefined): Pick<PolicyViolation, "urn" | "resourceName"> {
  return urn ? { urn, resourceName: nameOf(urn) } : {};
}
