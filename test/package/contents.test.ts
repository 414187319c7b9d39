import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { packed } from "./packed.js";
import { reachableFrom } from "./reachable.js";

const home = mkdtempSync(join(tmpdir(), "contents-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const tarball = packed(home);
const files = tarball.files.map(({ path }) => path);
execFileSync("tar", ["-xzf", tarball.file, "-C", home]);
const folder = join(home, "package");

const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
};
const exported = Object.values(manifest.exports).flatMap((target) =>
  typeof target === "string" ? [] : Object.values(target).map((path) => path.replace("./", "")),
);
const packs = files
  .filter((path) => path.endsWith("/PulumiPolicy.yaml"))
  .map((path) => path.replace("PulumiPolicy.yaml", "index.js"));
const entries = [...Object.values(manifest.bin), "dist/program/index.js", ...packs, ...exported];
const reached = reachableFrom(folder, entries);

/** `1,234 KiB  dist/bundles`, for the largest parts. */
function largestParts(count: number): readonly string[] {
  const bytes = new Map<string, number>();
  for (const { path, size } of tarball.files) {
    const depth = path.startsWith("dist/runtime/") ? 3 : 2;
    const part = path.split("/").slice(0, depth).join("/");
    bytes.set(part, (bytes.get(part) ?? 0) + size);
  }
  const largest = [...bytes].sort(([, a], [, b]) => b - a).slice(0, count);
  return largest.map(([part, size]) => `${kib(size).padStart(10)}  ${part}`);
}

function kib(bytes: number): string {
  return `${Math.ceil(bytes / 1024).toLocaleString("en")} KiB`;
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "").trim();
}

/** Runs a program that npm installed; its output is told when it fails. */
function ran(command: string, ...argv: readonly string[]): string {
  const bin = join("node_modules", ".bin", command);
  return execFileSync(bin, argv, { encoding: "utf8", stdio: "pipe" });
}

describe("the package", () => {
  test("tells its size, and that of its largest parts", () => {
    const sizes = `${kib(tarball.packedBytes)} packed, ${kib(tarball.unpackedBytes)} unpacked`;
    process.stderr.write(`${files.length} files, ${sizes}:\n${largestParts(8).join("\n")}\n`);
    expect(tarball.packedBytes).toBeLessThan(2_000 * 1024);
    expect(files.length).toBeLessThan(1_500);
  });

  test("holds code, types, documents and examples, and nothing of tests, builds or sources", () => {
    const top = /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|Pulumi\.yaml)$/;
    const strange = files.filter(
      (path) =>
        !(top.test(path) || /^(dist|docs|examples)\//.test(path)) ||
        /\.map$|(?<!\.d)\.ts$|\.tsbuildinfo$|\.test\.|^dist\/(bench|scripts|test)\//.test(path),
    );
    expect(strange).toEqual([]);
  });

  test("brings the licences of the code that is bundled in it", () => {
    const notices = readFileSync(join(folder, "dist/THIRD-PARTY-NOTICES.txt"), "utf8");
    for (const name of ["zod", "yaml", "@aws-sdk/client-drs", "@smithy/core", "p-map"]) {
      expect(notices).toMatch(
        new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((MIT|ISC|Apache-2.0)\\)$`, "m"),
      );
    }
  });

  test("has every file that it names, and no code that nothing can reach", () => {
    for (const entry of entries) expect(existsSync(join(folder, entry)), entry).toBe(true);
    const isCode = (path: string) => /^dist\/(?!bundles\/).*\.js$/.test(path);
    const isEmpty = (path: string) =>
      withoutComments(readFileSync(join(folder, path), "utf8")) === "export {};";
    const idle = files.filter((path) => isCode(path) && !reached.files.has(path) && !isEmpty(path));
    // The core of the Lambda functions ships whole, and so do the lists that the documents print.
    const printed = reachableFrom(".", ["dist/scripts/docs/main.js"]).files;
    const isKnown = (path: string) => path.startsWith("dist/runtime/core/") || printed.has(path);
    expect(idle.filter((path) => !isKnown(path))).toEqual([]);
  });

  test("depends on what its code imports and on nothing else", () => {
    const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
    const imported = [...reached.packages].filter((name) => name !== "node");
    expect(imported.sort()).toEqual(Object.keys(declared).sort());
  });

  test("is found sound by publint", () => {
    expect(ran("publint", tarball.file, "--strict")).toContain("All good!");
  });

  test("shows its types to every kind of resolution", () => {
    // A `require` that meets an ES module is no error since Node 20.19, which older rules do not know.
    const told = ran("attw", tarball.file, "--ignore-rules", "cjs-resolves-to-esm");
    expect(told).toContain("No problems found");
  });

  test("has docstrings of which every link leads somewhere", () => {
    expect(ran("typedoc")).not.toMatch(/\[(warning|error)\]/);
  });
});
