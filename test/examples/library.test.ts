import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { realTools } from "../../runtime/cli/real-tools.js";
import { previewProgram } from "../../runtime/rehearsal/program/preview.js";
import { projectStack } from "../../runtime/rehearsal/program/project.js";
import { runProgram } from "../../runtime/rehearsal/program/run-program.js";
import { rehearse } from "../../runtime/rehearsal/rehearse.js";
import {
  libraryFleet,
  libraryPrograms,
  platformOutputs,
  platformStack,
} from "../support/library-programs.js";

const home = mkdtempSync(join(tmpdir(), "library-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const { platform, team, pack } = libraryPrograms();

/** A project in which this package is installed as any other. */
function project(name: string, program: string, more: Readonly<Record<string, string>>): string {
  const directory = join(home, name);
  const files = { "index.ts": program, "package.json": '{"main":"index.ts"}', ...more };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
  mkdirSync(join(directory, "node_modules"));
  for (const installed of ["@pulumi", "@types", "typescript"]) {
    symlinkSync(resolve("node_modules", installed), join(directory, "node_modules", installed));
  }
  symlinkSync(resolve("."), join(directory, "node_modules/pulumi-aws-dr"));
  return directory;
}

const pulumiYaml = { "Pulumi.yaml": "name: acme\nruntime: nodejs\n" };

describe("the programs of docs/library.md", () => {
  const hub = project("platform", platform, pulumiYaml);

  it("deploy a hub with two spokes that no policy refuses", async () => {
    const { source } = projectStack(hub);
    const report = await previewProgram(source);

    expect(report.messages).toEqual([]);
    expect(report.ok).toBe(true);
    const types = report.resources.map(({ type }) => type);
    expect(types.filter((type) => type === "aws-dr:recovery:SpokeAccount")).toHaveLength(2);
  });

  it("are rehearsed without an output or an environment that names the hub", async () => {
    const { source } = projectStack(hub);
    const { resources, messages } = await runProgram({ ...source, preview: false });

    expect(messages).toEqual([]);
    const settings = { resources, programFolder: source.directory, seed: 1 };
    const document = await rehearse({ ...settings, kind: "drill" });
    expect(document).toMatchObject({
      environment: "prod",
      plan: "everything",
      outcome: "recovered",
      servers: { total: 10, launched: 10, terminated: 10 },
      brokenInvariants: [],
    });
    await expect(rehearse({ ...settings, kind: "drill", hub: "other" })).rejects.toThrow(
      '--hub must be one of the hubs of the program, got "other". Choose one of: hub.',
    );
  });

  it("are rehearsed on the fleet that a file says, and on no other than fits", async () => {
    const fleetFile = join(home, "fleet.yaml");
    const project = { directory: hub, stackOutputs: {} };
    const request = { project, fleetFile, kind: "drill", seed: 1, onProgress: () => {} } as const;
    writeFileSync(fleetFile, libraryFleet());
    const document = await realTools.rehearseProject(request);
    expect(document).toMatchObject({ outcome: "recovered", servers: { total: 10, launched: 10 } });
    expect(document.waves[0]?.endedAtSeconds).toBeGreaterThanOrEqual(900);

    writeFileSync(fleetFile, libraryFleet().replaceAll("Tier: db", "Tier: data"));
    const lanes = "222222222222/eu-west-1, 333333333333/eu-central-1";
    await expect(realTools.rehearseProject(request)).rejects.toMatchObject({
      message: 'the fleet does not hold what plan "everything" recovers',
      problems: [
        `wave "database" must select a server of the fleet, got none of the 10 in ${lanes}. None has tag Tier: db; add it to the fleet, or correct the wave.`,
      ],
    });
  });

  it("put a team's plan into the hub of another stack, and a team's pack judges it", async () => {
    const { source } = projectStack(project("team", team, pulumiYaml));
    const packs = [
      project("pack", pack, {
        "package.json": '{"name":"acme-policies","version":"1.0.0","main":"index.ts"}',
        "PulumiPolicy.yaml": "runtime: nodejs\nversion: 1.0.0\n",
        "tsconfig.json":
          '{"compilerOptions":{"module":"nodenext","moduleResolution":"nodenext","target":"es2022","skipLibCheck":true}}',
      }),
    ];
    const stackOutputs = { [platformStack]: platformOutputs };
    const report = await previewProgram({ ...source, stackOutputs }, packs);

    expect(report.messages).toEqual([]);
    expect(report.violations).toEqual([]);
    expect(report.ok).toBe(true);
    const item = report.resources.find(({ type }) => type === "aws:dynamodb/tableItem:TableItem");
    expect(item?.inputs).toMatchObject({
      tableName: "dr-prod-recovery-plans",
      region: "eu-west-1",
    });
  });

  it("tell what is missing of a hub that another stack exports badly", async () => {
    const { source } = projectStack(join(home, "team"));
    const stackOutputs = { [platformStack]: { hub: { ...platformOutputs.hub, plansTable: 7 } } };
    const report = await previewProgram({ ...source, stackOutputs }, []);

    expect(report.ok).toBe(false);
    expect(report.messages.map(({ text }) => text).join("\n")).toContain(
      "hub.plansTable must be a text that the hub tells, got 7.",
    );
  });
});
