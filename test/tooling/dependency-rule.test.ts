import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const rules = [
  "style/noRestrictedImports",
  "style/noRestrictedGlobals",
  "nursery/noJsRestrictedProperties",
];

interface Finding {
  readonly path: string;
  readonly message: string;
}

/** Runs the rules of the dependency direction over a tree and answers what they refuse. */
function findings(tree: string): Promise<readonly Finding[]> {
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  const only = rules.map((rule) => `--only=${rule}`);
  const flags = ["--vcs-enabled=false", "--max-diagnostics=none", "--colors=off"];
  const folders = ["components", "policies", "runtime", "stacks"];
  return new Promise((done, failed) => {
    const options = { cwd: tree, maxBuffer: 64 * 1024 * 1024 };
    const args = [biome, "lint", ...flags, ...only, ...folders];
    execFile(process.execPath, args, options, (_error, stdout, stderr) => {
      if (/Checked [1-9]\d* file/.test(stdout + stderr)) done(parsed(stdout + stderr));
      else failed(new Error(`biome checked nothing: ${stdout}${stderr}`));
    });
  });
}

/** Cuts the report into findings: each begins with `<path>:<line>:<column> lint/<rule>`. */
function parsed(report: string): readonly Finding[] {
  const findingStart = /^\S+:\d+:\d+ lint\//;
  const blocks = report
    .split(/^(?=\S+:\d+:\d+ lint\/)/m)
    .filter((block) => findingStart.test(block));
  return blocks.map((message) => ({ path: message.slice(0, message.indexOf(":")), message }));
}

/** What each folder may not do, and the words with which it is refused. */
const planted = [
  ["runtime/limits.ts", 'import "./core/lane.js";', "limits.ts and its folder import nothing else"],
  ["runtime/limits/a.ts", 'import "../core/lane.js";', "its folder import nothing else"],
  ["runtime/bundles.ts", 'import "./core/lane.js";', "bundles.ts imports limits alone"],
  ["runtime/core/a.ts", 'import "node:fs";', "runtime/core decides and does nothing else"],
  ["runtime/core/b.ts", 'import "@aws-sdk/client-drs";', "runtime/core decides"],
  ["runtime/core/c.ts", 'import type {} from "@pulumi/pulumi";', "runtime/core decides"],
  ["runtime/core/deep/d.ts", 'import "../../adapters/drs.js";', "runtime/core decides"],
  ["runtime/core/e.ts", 'import "../environment/schema.js";', "runtime/core decides"],
  ["runtime/core/f.ts", 'export const late = import("node:os");', "runtime/core decides"],
  ["runtime/core/g.ts", "export const now = Date.now();", "Time comes from the Clock"],
  ["runtime/core/h.ts", "setTimeout(String, 1);", "Nothing here waits"],
  ["runtime/core/i.ts", "export const luck = Math.random();", "Randomness is an argument"],
  ["runtime/core/j.ts", "export const at = performance.now();", "Time comes from the Clock"],
  ["runtime/core/k.ts", "export const pid = process.pid;", "only entries and cli read the process"],
  ["runtime/environment/a.ts", 'import "@aws-sdk/client-sts";', "reads the environment file"],
  ["runtime/environment/b.ts", 'import "../adapters/drs.js";', "reads the environment file"],
  ["runtime/adapters/a.ts", 'import "@pulumi/aws";', "adapters are ports over the SDK"],
  ["runtime/adapters/b.ts", 'import "../handlers/a.js";', "adapters are ports over the SDK"],
  ["runtime/handlers/a.ts", 'import "@aws-sdk/client-drs";', "reach the outside through ports"],
  ["runtime/handlers/b.ts", 'import "../adapters/drs.js";', "reach the outside through ports"],
  ["runtime/handlers/c.ts", "export const now = new Date();", "Time comes from the Clock"],
  ["runtime/entries/a.ts", 'import "@pulumi/pulumi";', "entries wire adapters into handlers"],
  ["runtime/entries/b.ts", 'import "../rehearsal/clock.js";', "entries wire adapters"],
  ["runtime/workflows/a.ts", 'import "@aws-sdk/client-sfn";', "workflows are values"],
  ["runtime/workflows/b.ts", 'import "../handlers/a.js";', "workflows are values"],
  ["runtime/rehearsal/a.ts", 'import "../../components/index.js";', "by running it"],
  ["runtime/rehearsal/deep/b.ts", 'import "../../../stacks/index.js";', "by running it"],
  ["runtime/rehearsal/c.ts", 'import "../cli/main.js";', "by running it"],
  ["runtime/report/a.ts", 'import "../../policies/known.js";', "renders documents"],
  ["runtime/runbook/a.ts", 'import "../cli/main.js";', "makes text of outputs"],
  ["runtime/runbook/cells/b.ts", 'import "node:fs";', "makes text of outputs"],
  ["runtime/cli/a.ts", 'import "../../stacks/index.js";', "a program is run, not imported"],
  [
    "runtime/rehearsal/d.ts",
    "export const home = process.env.HOME;",
    "Only runtime/entries and runtime/cli",
  ],
  ["components/a.ts", 'import "../runtime/adapters/drs.js";', "components are built from"],
  ["components/b.ts", 'import "../runtime/environment/schema.js";', "components are built from"],
  ["components/c.ts", 'import "@aws-sdk/client-drs";', "components are built from"],
  ["components/d.ts", 'import "../stacks/index.js";', "components are built from"],
  [
    "components/e.ts",
    "export const home = process.env.HOME;",
    "Only runtime/entries and runtime/cli",
  ],
  ["stacks/a.ts", 'import "../runtime/handlers/a.js";', "stacks compose components"],
  ["stacks/b.ts", 'import "../policies/known.js";', "stacks compose components"],
  ["policies/a.ts", 'import "../components/index.js";', "policies see contracts"],
  ["policies/pack/b.ts", 'import "../../runtime/adapters/drs.js";', "policies see contracts"],
] as const;

/** What each folder may do. */
const welcome = [
  ["runtime/core/fine.ts", 'import "../limits.js"; import "zod"; import "./lane.js";'],
  ["runtime/environment/fine.ts", 'import "../core/lane.js"; import "yaml"; import "node:fs";'],
  ["runtime/adapters/fine.ts", 'import "../core/lane.js"; import "@aws-sdk/client-drs";'],
  ["runtime/handlers/fine.ts", 'import "../core/lane.js"; import "./other.js";'],
  [
    "runtime/entries/fine.ts",
    'import "../adapters/a.js"; import "../handlers/a.js"; export const home = process.env.HOME;',
  ],
  ["runtime/workflows/fine.ts", 'import "../bundles.js"; import "../core/lane.js";'],
  ["runtime/rehearsal/fine.ts", 'import "../workflows/a.js"; import "@pulumi/pulumi/proto.js";'],
  ["runtime/cli/fine.ts", 'import "../report/a.js"; export const home = process.env.HOME;'],
  ["components/fine.ts", 'import "@pulumi/aws"; import "../runtime/workflows/a.js";'],
  ["stacks/fine.ts", 'import "../components/index.js"; import "../runtime/environment/a.js";'],
  ["policies/fine.ts", 'import "@pulumi/policy"; import "../runtime/limits.js";'],
] as const;

describe("the dependency rule", () => {
  let tree = "";
  let found: readonly Finding[] = [];

  beforeAll(async () => {
    tree = await mkdtemp(join(tmpdir(), "dependency-rule-"));
    await cp(join(root, "biome.json"), join(tree, "biome.json"));
    for (const [path, text] of [...planted, ...welcome]) {
      await mkdir(dirname(join(tree, path)), { recursive: true });
      await writeFile(join(tree, path), `${text}\nexport {};\n`);
    }
    found = await findings(tree);
  });
  afterAll(() => rm(tree, { recursive: true, force: true }));

  it.each(planted)("refuses in %s: %s", (path, _text, words) => {
    const said = found.filter((finding) => finding.path === path).map(({ message }) => message);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(words);
  });

  it.each(welcome)("lets %s do: %s", (path) => {
    expect(found.filter((finding) => finding.path === path)).toEqual([]);
  });

  it("is kept by the whole tree", async () => {
    expect(await findings(root)).toEqual([]);
  });
});
