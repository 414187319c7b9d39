import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  libraryFleet,
  libraryPrograms,
  platformOutputs,
  platformStack,
} from "../support/library-programs.js";
import { describeTier } from "../support/tier.js";
import { installed, packed } from "./packed.js";

const home = mkdtempSync(join(tmpdir(), "package-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const tarball = packed(home);

/** Two ways to write a Pulumi project in TypeScript. */
const projects = [
  {
    kind: "strict ES modules",
    manifest: { type: "module" },
    versions: { typescript: "6.0.3", "@types/node": "20.19.43", "ts-node": "10.9.2" },
    options: { strict: true, target: "es2022", module: "nodenext", moduleResolution: "nodenext" },
    imports: 'from "pulumi-aws-dr"',
  },
  {
    // Package and compiler as `pulumi new aws-typescript` writes them: CommonJS.
    kind: "Pulumi's default template",
    manifest: {},
    versions: {
      "@pulumi/aws": "^7.0.0",
      "@pulumi/pulumi": "^3.113.0",
      "@types/node": "^18",
      typescript: "^5.0.0",
    },
    options: {
      strict: true,
      target: "es2020",
      module: "commonjs",
      moduleResolution: "node",
      sourceMap: true,
      experimentalDecorators: true,
      pretty: true,
      noFallthroughCasesInSwitch: true,
      noImplicitReturns: true,
      forceConsistentCasingInFileNames: true,
    },
    imports: 'require("pulumi-aws-dr")',
  },
] as const;

const example = "examples/six-servers/environment.yaml";

function run(folder: string, ...command: readonly string[]): string {
  return execFileSync("npx", ["--no-install", ...command], { cwd: folder, encoding: "utf8" });
}

function written(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

/** Folders of every copy of a package of Pulumi's below this one. */
function copiesOf(name: string, folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(`node_modules/@pulumi/${name}/package.json`),
  );
}

for (const { kind, manifest, versions, options, imports } of projects) {
  const folder = join(home, kind.replace(/\W+/g, "-"));
  const available = installed(folder, tarball.file, { ...manifest }, versions);
  describeTier("package", `the tarball in a project of ${kind}`, available, () => {
    const { platform, team, pack } = libraryPrograms();
    const project = (
      program: string,
      compilerOptions: object,
      kindOfModule: object = manifest,
    ) => ({
      "index.ts": program,
      "package.json": JSON.stringify({
        ...{ ...kindOfModule, name: "acme", version: "1.0.0" },
        main: "index.ts",
      }),
      "tsconfig.json": JSON.stringify({ compilerOptions, files: ["index.ts"] }),
    });
    const pulumiYaml = { "Pulumi.yaml": "name: acme\nruntime: nodejs\n" };
    written(join(folder, "platform"), {
      ...{ ...project(platform, options), ...pulumiYaml },
      "fleet.yaml": libraryFleet(),
    });
    written(join(folder, "team"), {
      ...{ ...project(team, options), ...pulumiYaml },
      "outputs.json": JSON.stringify(platformOutputs),
    });
    // Pulumi starts a pack by `require`, which ts-node refuses for ES modules in TypeScript; and the
    // types of @pulumi/policy 1.21.0 do not hold by themselves.
    written(join(folder, "pack"), {
      ...project(pack, { ...options, skipLibCheck: true }, {}),
      "PulumiPolicy.yaml": "runtime: nodejs\nversion: 1.0.0\n",
    });

    test("has one copy of each of Pulumi's packages", () => {
      for (const name of ["aws", "policy", "pulumi"]) {
        expect(copiesOf(name, folder)).toEqual([`node_modules/@pulumi/${name}/package.json`]);
      }
    });

    test("compiles the three programs, with the checks of every library", () => {
      const files = ["platform/index.ts", "team/index.ts"];
      const compilerOptions = { ...options, outDir: "out", rootDir: "." };
      written(folder, { "tsconfig.json": JSON.stringify({ compilerOptions, files }) });

      expect(run(folder, "tsc", "-p", ".")).toBe("");
      expect(readFileSync(join(folder, "out/platform/index.js"), "utf8")).toContain(imports);
      expect(run(join(folder, "pack"), "tsc", "-p", ".", "--noEmit")).toBe("");
    });

    test("previews a hub with two spokes", () => {
      const at = join(folder, "platform");
      const document = run(at, "aws-dr", "preview", "--program", ".", "--json");
      expect(JSON.parse(document)).toMatchObject({ isRefused: false, messages: [] });
    });

    test("rehearses its plan on the fleet of a file", () => {
      const at = join(folder, "platform");
      const argv = ["--program", ".", "--fleet", "fleet.yaml", "--json"];
      expect(JSON.parse(run(at, "aws-dr", "rehearse", ...argv))).toMatchObject({
        outcome: "recovered",
        servers: { total: 10, launched: 10, terminated: 10 },
        brokenInvariants: [],
      });
    });

    test("previews a team's plan, which a pack of the team's own judges", () => {
      const at = join(folder, "team");
      const outputs = ["--stack-outputs", `${platformStack}=outputs.json`];
      const argv = ["--program", ".", ...outputs, "--policy-pack", "../pack", "--json"];
      const previewed = () => JSON.parse(run(at, "aws-dr", "preview", ...argv));
      expect(previewed()).toMatchObject({ isRefused: false, messages: [], violations: [] });

      written(at, { "index.ts": team.replace("rtoMinutes: 60", "rtoMinutes: 5") });
      const violation = { pack: "acme", policy: "dr-plan-within-rto", level: "advisory" };
      expect(previewed()).toMatchObject({ isRefused: false, violations: [violation] });
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
