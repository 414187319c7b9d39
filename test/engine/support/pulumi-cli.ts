import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Availability } from "../../support/tier.js";
import { buildCli, builtCli } from "./pulumi-build.js";

/** Pulumi's command line, and whether Node's language host lies beside it. */
export interface PulumiCli {
  readonly path: string;
  readonly version: string;
  readonly hasLanguageHost: boolean;
}

/** The first version that analyzes an exported state. */
const oldestVersion = [3, 229] as const;

/**
 * Finds the Pulumi CLI on PATH, in Pulumi's own cache of versions, or where an earlier run built it.
 * Else builds it, where Go is at hand.
 */
export async function pulumiCli(): Promise<Availability<PulumiCli>> {
  const found = [...onPath("pulumi"), ...ownVersions(), builtCli].map(described).find(isUsable);
  if (found) return { tool: found };
  const [go] = onPath("go");
  if (go === undefined) return { missing: "there is neither a Pulumi CLI nor Go to build one" };
  try {
    return { tool: described(await buildCli(go)) };
  } catch (error) {
    return { missing: `the Pulumi CLI could not be built: ${Object(error).message}` };
  }
}

function onPath(command: string): readonly string[] {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, command)).filter(existsSync);
}

/** Where the installer and `npm exec pulumi` put the CLI, the newest version first. */
function ownVersions(): readonly string[] {
  const home = process.env.PULUMI_HOME ?? join(homedir(), ".pulumi");
  const versions = join(home, "versions");
  const cached = existsSync(versions) ? readdirSync(versions) : [];
  const newestFirst = cached.sort((one, other) =>
    other.localeCompare(one, "en", { numeric: true }),
  );
  return [join(home, "bin"), ...newestFirst.map((version) => join(versions, version, "bin"))].map(
    (folder) => join(folder, "pulumi"),
  );
}

function described(path: string): PulumiCli {
  const host = join(dirname(path), "pulumi-language-nodejs");
  return { path, version: versionOf(path), hasLanguageHost: existsSync(host) };
}

function versionOf(path: string): string {
  if (!existsSync(path)) return "";
  try {
    const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
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
