import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { environmentProgram, programEntry } from "./environment-program.js";
import { type PackProcess, startPack } from "./pack-process.js";
import { analyzeWith, type PackConfig, type PolicyViolation } from "./policy-pack.js";
import type { ProgramRun } from "./registered.js";
import { type ProgramSource, runProgram } from "./run-program.js";

/** What to preview. */
export interface PreviewRequest {
  readonly environmentFile: string;
  /** Name of the stack in URNs; by default `preview`. */
  readonly stack?: string;
  /** Folders of compiled policy packs; by default those of this package. */
  readonly packs?: readonly string[];
  /** Configuration of policies, by their names. */
  readonly policyConfig?: PackConfig;
}

/** What a deployment would make, and what the policies say to it. */
export interface PreviewReport extends ProgramRun {
  /** Whether the program succeeded and no mandatory policy is violated. */
  readonly ok: boolean;
  readonly violations: readonly (PolicyViolation & { readonly pack: string })[];
  readonly seconds: number;
}

const packsFolder = "dist/policies";

/**
 * Previews the deployment of an environment without Pulumi's CLI, a backend or an AWS account: runs
 * this package's own program as `pulumi preview` would, and the policy packs over what it registers.
 * An error of the environment file is a message of the program.
 */
export function previewEnvironment(request: PreviewRequest): Promise<PreviewReport> {
  const directory = packageDirectory();
  requireBuilt(directory);
  const stack = request.stack ?? "preview";
  const source = environmentProgram(directory, request.environmentFile, stack);
  return previewProgram(source, request.packs, request.policyConfig);
}

/** Previews any Pulumi program, and holds it against packs; by default against those of this package. */
export async function previewProgram(
  source: Omit<ProgramSource, "preview">,
  packs: readonly string[] = ownPacks(packageDirectory()),
  policyConfig: PackConfig = {},
): Promise<PreviewReport> {
  const startedAt = performance.now();
  const [run, ...started] = await Promise.allSettled([
    runProgram({ ...source, preview: true }),
    ...packs.map(startPack),
  ]);
  try {
    const ended = settledValue(run);
    const violations = await violationsOf(started.map(settledValue), ended, policyConfig);
    const isRefused = violations.some(({ level }) => level === "mandatory");
    const seconds = (performance.now() - startedAt) / 1_000;
    return { ...ended, ok: ended.succeeded && !isRefused, violations, seconds };
  } finally {
    for (const pack of started) if (pack.status === "fulfilled") pack.value.stop();
  }
}

async function violationsOf(
  packs: readonly PackProcess[],
  run: ProgramRun,
  config: PackConfig,
): Promise<PreviewReport["violations"]> {
  const reports = await Promise.all(packs.map((pack) => analyzeWith(pack, run, config)));
  return reports.flatMap(({ pack, violations }) =>
    violations.map((violation) => ({ pack, ...violation })),
  );
}

function settledValue<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === "fulfilled") return settled.value;
  throw settled.reason;
}

/** The nearest folder above this module that holds this package, built or not. */
function packageDirectory(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  while (nameOfPackage(directory) !== "pulumi-aws-dr" && dirname(directory) !== directory) {
    directory = dirname(directory);
  }
  return directory;
}

function nameOfPackage(directory: string): unknown {
  const manifest = join(directory, "package.json");
  if (!existsSync(manifest)) return undefined;
  return (JSON.parse(readFileSync(manifest, "utf8")) as { readonly name?: unknown }).name;
}

function requireBuilt(directory: string): void {
  const entry = join(directory, programEntry);
  if (existsSync(entry)) return;
  throw new Error(`${entry} must exist, got nothing. Run "npm run build" in ${directory}.`);
}

function ownPacks(directory: string): readonly string[] {
  const folder = join(directory, packsFolder);
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((pack) => existsSync(join(pack, "PulumiPolicy.yaml")));
}
