import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleBudgetKib, lambdaEnvironment } from "../../bench/bundle-cost.js";
import { bundles, type FunctionName } from "../../runtime/bundles.js";

interface Bundler {
  bundleEntries(
    root: string,
    names: readonly string[],
    into: string,
  ): Promise<{ readonly folders: readonly string[] }>;
}

const root = resolve(import.meta.dirname, "../..");
const names = Object.keys(bundles) as readonly FunctionName[];
const { bundleEntries }: Bundler = await import(
  pathToFileURL(join(root, "scripts/build/bundle.mjs")).href
);

/** What a fresh Node answers when it imports the bundle as Lambda would, with names for variables. */
function imported(folder: string, name: FunctionName) {
  const program = `
    const bundle = await import(${JSON.stringify(pathToFileURL(join(folder, name, "index.mjs")).href)});
    console.log(Object.keys(bundle).join(), typeof bundle.handler);`;
  const options = { cwd: tmpdir(), env: lambdaEnvironment(name), encoding: "utf8" } as const;
  const args = ["--input-type=module", "-e", program];
  const { stdout, stderr } = spawnSync(process.execPath, args, options);
  return { stdout, stderr: stderr.slice(-1000) };
}

async function digest(folder: string, name: string): Promise<string> {
  const code = await readFile(join(folder, name, "index.mjs"));
  return createHash("sha256").update(code).digest("hex");
}

describe("bundles of the functions", () => {
  let folder = "";
  let again = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "bundles-"));
    again = await mkdtemp(join(tmpdir(), "bundles-"));
    await bundleEntries(root, names, folder);
    await bundleEntries(root, names, again);
  });
  afterAll(() => Promise.all([folder, again].map((path) => rm(path, { recursive: true }))));

  it.each(names)("%s exports a handler alone and needs no package beside it", (name) => {
    expect(imported(folder, name)).toEqual({ stdout: "handler function\n", stderr: "" });
  });

  it.each(names)(`%s weighs at most ${bundleBudgetKib} KiB`, async (name) => {
    const { size } = await stat(join(folder, name, "index.mjs"));
    expect(size / 1024).toBeLessThanOrEqual(bundleBudgetKib);
  });

  it.each(names)("%s has the same bytes each time it is built", async (name) => {
    expect(await digest(again, name)).toBe(await digest(folder, name));
  });

  it.each(names)("%s asks for credentials nowhere but in its environment", async (name) => {
    const meta = JSON.parse(await readFile(join(folder, name, "index.meta.json"), "utf8"));
    const packages = Object.keys(meta.packages);
    expect(packages).toContain("@aws-sdk/credential-provider-env");
    expect(packages.filter((one) => /sso|credential-provider-ini|imds/.test(one))).toEqual([]);
  });
});
