import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Availability } from "../../support/tier.js";
import { buildCli, builtCliIn } from "./pulumi-build.js";

/** Pulumi's command line, and Node's language host where there is one. */
export interface PulumiCli {
  readonly path: string;
  readonly version: string;
  readonly languageHost: string | undefined;
}

type Variables = Readonly<NodeJS.ProcessEnv>;

/** The first version that analyzes an exported state. */
const oldestVersion = [3, 229] as const;

/**
 * Finds the Pulumi CLI on PATH, in Pulumi's own cache of versions, or where an earlier run built it.
 * Else builds it, where Go is at hand.
 */
export async function pulumiCli(variables: Variables): Promise<Availability<PulumiCli>> {
  const places = [
    ...onPath("pulumi", variables),
    ...ownVersions(variables),
    builtCliIn(variables),
  ].filter(existsSync);
  const clis = places.map((path) => described(path, variables));
  const found = clis.find(isUsable);
  if (found) return { tool: found };
  const [go] = onPath("go", variables);
  if (go === undefined) return { missing: `${reasonAgainst(clis)}, nor Go to build one` };
  try {
    return { tool: described(await buildCli(go, variables), variables) };
  } catch (error) {
    return { missing: `the Pulumi CLI could not be built: ${Object(error).message}` };
  }
}

function onPath(command: string, { PATH = "" }: Variables): readonly string[] {
  const folders = PATH.split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, command)).filter(existsSync);
}

/** Where the installer and `npm exec pulumi` put the CLI, the newest version first. */
function ownVersions({ PULUMI_HOME, HOME = homedir() }: Variables): readonly string[] {
  const home = PULUMI_HOME ?? join(HOME, ".pulumi");
  const versions = join(home, "versions");
  const cached = existsSync(versions) ? readdirSync(versions) : [];
  const newestFirst = cached.sort((one, other) =>
    other.localeCompare(one, "en", { numeric: true }),
  );
  return [join(home, "bin"), ...newestFirst.map((version) => join(versions, version, "bin"))].map(
    (folder) => join(folder, "pulumi"),
  );
}

function described(path: string, variables: Variables): PulumiCli {
  const name = "pulumi-language-nodejs";
  const [languageHost] = [join(dirname(path), name), ...onPath(name, variables)].filter(existsSync);
  return { path, version: versionOf(path, variables), languageHost };
}

function versionOf(path: string, variables: Variables): string {
  try {
    const env = { ...variables, PULUMI_SKIP_UPDATE_CHECK: "true" };
    return execFileSync(path, ["version"], { encoding: "utf8", env }).trim();
  } catch {
    return "";
  }
}

function isUsable({ version }: PulumiCli): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  const [oldestMajor, oldestMinor] = oldestVersion;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

function reasonAgainst(clis: readonly PulumiCli[]): string {
  const oldest = `v${oldestVersion.join(".")}`;
  const others = clis.map(({ path, version }) => `${version || "one that does not run"} (${path})`);
  const got = others.length === 0 ? "none" : others.join(", ");
  return `there must be a Pulumi CLI of ${oldest} or later, got ${got}`;
}
