import { once } from "node:events";
import { resolve } from "node:path";
import { type Child, startChild } from "./child.js";
import { startEngine } from "./engine.js";
import { Estate } from "./estate.js";
import { providerPlacement } from "./placement.js";
import { readableError } from "./readable-error.js";
import type { ProgramRun } from "./registered.js";
import { type Properties, sdkFileFor } from "./sdk.js";

/** Which program to run, and as which stack. */
export interface ProgramSource {
  /** Where the program runs: what relative paths of it refer to. */
  readonly directory: string;
  /** Folder of its `Pulumi.yaml`; by default the directory. */
  readonly rootDirectory?: string;
  /** File to run, relative to the directory; by default what its package.json names. */
  readonly entry?: string;
  readonly project: string;
  readonly stack: string;
  /** Stack configuration; a key without a namespace is the project's. */
  readonly config: Readonly<Record<string, string>>;
  /** Whether computed outputs are unknown, as in `pulumi preview`. */
  readonly preview: boolean;
  /** Arguments of Node.js itself, such as `--import tsx`. */
  readonly nodeArguments?: readonly string[];
  /** What `pulumi stack output --json` says of other stacks, by the name that a StackReference has. */
  readonly stackOutputs?: Readonly<Record<string, Properties>>;
  /** Added to the environment of this process. */
  readonly environmentVariables?: Readonly<Record<string, string>>;
  /**
   * A program that runs longer is ended.
   *
   * @unit seconds
   * @defaultValue 300
   */
  readonly timeLimitSeconds?: number;
}

const defaultTimeLimitSeconds = 300;
/** Registrations in flight; the engine answers each at once, so more would not help. */
const parallelRegistrations = "32";

/**
 * Runs a Pulumi program as `pulumi preview` or `pulumi up` would on an empty stack: with Pulumi's own
 * runner in a child process, against an engine of ours and a stand-in for AWS. Nothing is deployed,
 * nothing is written, no AWS or Pulumi account is needed. Never throws for what the program does wrong.
 */
export async function runProgram(source: ProgramSource): Promise<ProgramRun> {
  const estate = new Estate(deploymentOf(source));
  const engine = await startEngine(estate);
  try {
    const child = startProgram(source, engine.address);
    const succeeded = await endOf(child, source, estate);
    return { succeeded, resources: estate.resources, messages: estate.messages };
  } finally {
    engine.stop();
  }
}

function deploymentOf({ project, stack, config, preview, stackOutputs = {} }: ProgramSource) {
  const { "aws:region": region, "aws:allowedAccountIds": allowedAccountIds } = config;
  return {
    project,
    stack,
    preview,
    stackOutputs,
    disabledDefaultProviders: packagesIn(config["pulumi:disable-default-providers"]),
    defaultPlacement: providerPlacement({
      region,
      allowedAccountIds,
      assumeRoles: config["aws:assumeRoles"],
    }),
  };
}

function packagesIn(json: string | undefined): readonly string[] {
  const packages: unknown = JSON.parse(json ?? "[]");
  return Array.isArray(packages) ? packages.map(String) : [];
}

function startProgram(source: ProgramSource, address: string): Child {
  const directory = resolve(source.directory);
  const { project, stack, rootDirectory = directory, nodeArguments = [] } = source;
  const command = [
    ...nodeArguments,
    sdkFileFor(directory, "cmd/run"),
    ...["--monitor", address, "--engine", address],
    ...["--organization", "organization", "--project", project, "--stack", stack],
    ...["--root-directory", resolve(rootDirectory), "--pwd", directory],
    ...(source.preview ? ["--dry-run"] : []),
    ...["--parallel", parallelRegistrations],
    source.entry ?? ".",
  ];
  return startChild(directory, command, {
    ...source.environmentVariables,
    PULUMI_CONFIG: JSON.stringify(qualified(source)),
  });
}

function qualified({ project, config }: ProgramSource): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key.includes(":") ? key : `${project}:${key}`,
      value,
    ]),
  );
}

async function endOf(child: Child, source: ProgramSource, estate: Estate): Promise<boolean> {
  const limitSeconds = source.timeLimitSeconds ?? defaultTimeLimitSeconds;
  const timer = setTimeout(() => child.process.kill("SIGKILL"), limitSeconds * 1_000);
  child.process.stdout?.resume();
  const [code] = (await once(child.process, "close")) as [number | null];
  clearTimeout(timer);
  const hasErrors = () => estate.messages.some(({ severity }) => severity === "error");
  if (code === 0 && !hasErrors()) return true;
  const printed = readableError(child.printed());
  if (printed !== "") estate.tell("error", printed);
  if (!hasErrors()) estate.tell("error", endingOf(code, limitSeconds));
  return false;
}

function endingOf(code: number | null, limitSeconds: number): string {
  return code === null
    ? `the program must end within ${limitSeconds} seconds, got no end. Look for a value that refers to itself.`
    : `the program ended with exit code ${code} and told nothing.`;
}
