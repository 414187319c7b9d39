import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { libraryPrograms, platformOutputs, platformStack } from "../support/library-programs.js";
import { describeTier } from "../support/tier.js";
import { installed, packed } from "./packed.js";

const home = mkdtempSync(join(tmpdir(), "package-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const tarball = packed(home);
const versions = {
  "@pulumi/aws": "7.48.0",
  "@pulumi/policy": "1.21.0",
  "@pulumi/pulumi": "3.248.0",
};
const typescript = { typescript: "6.0.3", "@types/node": "20.19.43" };
const strict = { strict: true, target: "es2022", skipLibCheck: true, noEmit: true };

/** Two ways to write a Pulumi project in TypeScript. */
const projects = [
  {
    kind: "strict ES modules",
    manifest: { type: "module" },
    development: { ...typescript, "ts-node": "10.9.2" },
    options: { ...strict, module: "nodenext", moduleResolution: "nodenext" },
  },
  {
    kind: "Pulumi's default template",
    manifest: {},
    development: typescript,
    options: {
      ...strict,
      module: "commonjs",
      moduleResolution: "node",
      ignoreDeprecations: "6.0",
    },
  },
] as const;

const example = "examples/six-servers/environment.yaml";

function run(folder: string, ...command: readonly string[]): string {
  return execFileSync("npx", ["--no-install", ...command], { cwd: folder, encoding: "utf8" });
}

/** Writes one of the documentation's programs as a project that finds the packages above it. */
function written(folder: string, program: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries({ "index.ts": program, ...files })) {
    writeFileSync(join(folder, name), text);
  }
}

test("the package holds what it needs and nothing else", () => {
  const strange = tarball.files.filter(
    (file) =>
      !/^(dist|docs|examples)\/|^(package\.json|README\.md|LICENSE|CHANGELOG\.md|Pulumi\.yaml)$/.test(
        file,
      ) || /\.map$|(?<!\.d)\.ts$|\.tsbuildinfo$|\.test\.|^dist\/(bench|scripts|test)\//.test(file),
  );
  expect(strange).toEqual([]);
  expect(tarball.files).toContain("dist/components/index.d.ts");
  expect(tarball.files).toContain("dist/policies/drs-limits/PulumiPolicy.yaml");
  process.stderr.write(
    `${tarball.files.length} files, ${Math.ceil(tarball.packedBytes / 1024)} KiB packed, ${Math.ceil(tarball.unpackedBytes / 1024)} KiB unpacked\n`,
  );
});

for (const { kind, manifest, development, options } of projects) {
  const folder = join(home, kind.replace(/\W+/g, "-"));
  const available = installed(
    folder,
    tarball.file,
    { ...manifest },
    { ...versions, ...development },
  );
  describeTier("package", `the tarball in a project of ${kind}`, available, () => {
    const { platform, team, pack } = libraryPrograms();
    const module = {
      "package.json": JSON.stringify({
        ...manifest,
        name: "acme",
        version: "1.0.0",
        main: "index.ts",
      }),
      "tsconfig.json": JSON.stringify({ compilerOptions: options, files: ["index.ts"] }),
      "Pulumi.yaml": "name: acme\nruntime: nodejs\n",
    };

    test.each([
      ["platform", platform, []],
      ["team", team, ["--stack-outputs", `${platformStack}=outputs.json`]],
    ])("compiles and previews the %s's program", (name, program, more) => {
      const at = join(folder, name);
      const outputs = { "outputs.json": JSON.stringify(platformOutputs) };
      written(at, program, { ...module, ...outputs });

      run(at, "tsc", "-p", ".");
      const document = JSON.parse(
        run(at, "aws-dr", "preview", "--program", ".", ...more, "--json"),
      );
      expect(document).toMatchObject({ isRefused: false, messages: [] });
    });

    test("compiles a pack of one's own", () => {
      const at = join(folder, "pack");
      const policy = { "PulumiPolicy.yaml": "runtime: nodejs\nversion: 1.0.0\n" };
      written(at, pack, { ...module, ...policy });

      expect(run(at, "tsc", "-p", ".")).toBe("");
    });

    test("rehearses an environment file in any folder", () => {
      const at = join(folder, "empty");
      mkdirSync(at);
      copyFileSync(resolve(example), join(at, "environment.yaml"));

      const document = JSON.parse(run(at, "aws-dr", "rehearse", "environment.yaml", "--json"));
      expect(document).toMatchObject({ outcome: "recovered", brokenInvariants: [] });
    });
  });
}
