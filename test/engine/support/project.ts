import { execFile } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { sdkFileFor } from "../../../runtime/rehearsal/program/sdk.js";
import { serveLanguageHost } from "./language-host.js";
import { serveProvider } from "./provider-server.js";
import type { PulumiCli } from "./pulumi-cli.js";
import { World } from "./world.js";

const repository = resolve(import.meta.dirname, "../../..");

/** A policy pack of this package, built. */
export function packFolder(pack: string): string {
  return join(repository, "dist/policies", pack);
}

/** The policy pack of DRS limits, built. */
export const drsLimits: string = packFolder("drs-limits");

/** Arguments by which a command asks all policy packs of this package, built. */
export const withOwnPacks: readonly string[] = readdirSync(join(repository, "policies"), {
  withFileTypes: true,
})
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => ["--policy-pack", packFolder(name)]);

/** How a command ended. */
export interface Ran {
  readonly code: number;
  /** What it printed, to stdout and then to stderr. */
  readonly printed: string;
  readonly stdout: string;
}

/** A Pulumi project of a person: a folder, a backend in files, and the world that it deploys to. */
export interface Project {
  readonly folder: string;
  readonly world: World;
  /** Runs the CLI in the project's folder. */
  readonly pulumi: (...args: readonly string[]) => Promise<Ran>;
  readonly close: () => void;
}

/** A project of this package's own program, as a clone of this repository is. */
export function ownProject(cli: PulumiCli): Promise<Project> {
  return project(cli, (folder) => {
    for (const part of ["dist", "node_modules", "package.json", "examples"]) {
      symlinkSync(join(repository, part), join(folder, part));
    }
    copyFileSync(join(repository, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  });
}

/** A project with a program of its own, which imports this package by its name. */
export function projectOf(cli: PulumiCli, program: string): Promise<Project> {
  return project(cli, (folder) => {
    const modules = join(folder, "node_modules");
    mkdirSync(join(modules, "@pulumi"), { recursive: true });
    symlinkSync(repository, join(modules, "pulumi-aws-dr"));
    for (const name of ["aws", "awsx", "pulumi"]) {
      symlinkSync(join(repository, "node_modules/@pulumi", name), join(modules, "@pulumi", name));
    }
    const runtime = "runtime: { name: nodejs, options: { typescript: false } }";
    writeFileSync(join(folder, "Pulumi.yaml"), `name: shop\nmain: index.js\n${runtime}\n`);
    writeFileSync(join(folder, "package.json"), '{ "type": "module", "main": "index.js" }');
    writeFileSync(join(folder, "index.js"), program);
  });
}

async function project(cli: PulumiCli, fill: (folder: string) => void): Promise<Project> {
  const root = mkdtempSync(join(tmpdir(), "engine-"));
  const folder = join(root, "project");
  for (const part of [folder, join(root, "state"), join(root, "bin")]) mkdirSync(part);
  fill(folder);
  const world = new World();
  const provider = await serveProvider(world);
  const host = cli.languageHost ? undefined : await serveLanguageHost();
  const env = {
    ...variables(cli, root),
    PULUMI_DEBUG_PROVIDERS: `aws:${provider.port},awsx:${provider.port}`,
    ...(host && { PULUMI_DEBUG_LANGUAGES: `nodejs:${host.port}` }),
  };
  if (host) writePackRunner(join(root, "bin"));
  return {
    folder,
    world,
    pulumi: (...args) => run(cli, folder, env, args),
    close: () => {
      provider.stop();
      host?.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Nothing of this machine's own Pulumi or AWS settings reaches a test. */
function variables(cli: PulumiCli, root: string): NodeJS.ProcessEnv {
  const own = /^(AWS|PULUMI)_|^TRACEPARENT$/;
  const inherited = Object.entries(process.env).filter(([name]) => !own.test(name));
  const tools = [cli.path, cli.languageHost ?? cli.path, process.execPath].map(dirname);
  const path = [join(root, "bin"), ...tools];
  return {
    ...Object.fromEntries(inherited),
    PATH: [...path, process.env.PATH].join(delimiter),
    PULUMI_HOME: join(root, "home"),
    PULUMI_BACKEND_URL: `file://${join(root, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "rehearsal",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // Else the file backend writes the whole state at every step.
    PULUMI_SKIP_CHECKPOINTS: "true",
  };
}

/** Without a language host of its own the engine starts packs by an executable of this name. */
function writePackRunner(folder: string): void {
  const runner = sdkFileFor(drsLimits, "cmd/run-policy-pack");
  const path = join(folder, "pulumi-analyzer-policy-nodejs");
  writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" "${runner}" "$@"\n`);
  chmodSync(path, 0o755);
}

function run(
  cli: PulumiCli,
  cwd: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
): Promise<Ran> {
  const command = [...args, "--non-interactive", "--color", "never"];
  const options = { cwd, env, maxBuffer: 256 * 1024 * 1024 };
  return new Promise((done) => {
    execFile(cli.path, command, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code ?? 1);
      done({ code, stdout, printed: `${stdout}${stderr}` });
    });
  });
}
