import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Availability } from "../support/tier.js";

/** The package as it would be published. */
export interface Tarball {
  readonly file: string;
  readonly files: readonly { readonly path: string; readonly size: number }[];
  readonly packedBytes: number;
  readonly unpackedBytes: number;
}

/** Packs what was built, without building it again. */
export function packed(folder: string): Tarball {
  const command = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const [told] = JSON.parse(execFileSync("npm", command, { encoding: "utf8" })) as readonly {
    readonly filename: string;
    readonly size: number;
    readonly unpackedSize: number;
    readonly files: Tarball["files"];
  }[];
  if (told === undefined) throw new Error("npm pack must tell what it packed, got nothing.");
  return {
    file: join(folder, told.filename),
    files: told.files,
    packedBytes: told.size,
    unpackedBytes: told.unpackedSize,
  };
}

/** Installs the tarball and other packages into a new project, or says why they cannot be had. */
export function installed(
  folder: string,
  tarball: string,
  manifest: object,
  versions: Readonly<Record<string, string>>,
): Availability<string> {
  mkdirSync(folder);
  const dependencies = { ...versions, "pulumi-aws-dr": `file:${tarball}` };
  const content = { ...manifest, name: "acme", private: true, dependencies };
  writeFileSync(join(folder, "package.json"), JSON.stringify(content));
  const quiet = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  try {
    execFileSync("npm", ["install", ...quiet], { cwd: folder, stdio: "pipe" });
    return { tool: folder };
  } catch (error) {
    const told = (error as { readonly stderr?: Buffer }).stderr?.toString() ?? String(error);
    if (!/E(AI_AGAIN|NOTFOUND|TIMEDOUT|CONN|NOTCACHED|404|TARGET)/.test(told)) throw error;
    return { missing: "the packages of npm cannot be had" };
  }
}
