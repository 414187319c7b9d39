import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { PreviewedProgram, ProjectRehearsalRequest } from "../../runtime/cli/tools.js";
import { sampleRehearsal, sixServers } from "../support/sample-rehearsal.js";
import { ran } from "./harness.js";

const empty: PreviewedProgram = { succeeded: true, resources: [], messages: [], violations: [] };

describe("a Pulumi project of one's own", () => {
  test("is previewed with the packs and stack outputs that are named", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "outputs-")), "hub.json");
    writeFileSync(file, '{"hub":{"account":"111111111111"}}');
    const seen: unknown[] = [];
    const argv = ["--stack", "prod", "--stack-outputs", `acme/dr/prod=${file}`];
    const { code, stdout } = await ran(
      ["preview", "--program", "infra", ...argv, "--policy-pack", "a", "--policy-pack", "b"],
      {
        previewProject: (...request) => {
          seen.push(request);
          return Promise.resolve(empty);
        },
      },
    );

    expect(code).toBe(0);
    expect(stdout).toContain("✓ infra (prod) would deploy 0 resources.");
    const stackOutputs = { "acme/dr/prod": { hub: { account: "111111111111" } } };
    expect(seen).toEqual([[{ directory: "infra", stack: "prod", stackOutputs }, ["a", "b"]]]);
  });

  test("is rehearsed, and the report tells the command that does it again", async () => {
    const requests: ProjectRehearsalRequest[] = [];
    const folder = mkdtempSync(join(tmpdir(), "own-program-"));
    const file = join(folder, "net.json");
    writeFileSync(file, '{"vpc":"vpc-1"}');
    const argv = [
      "--program",
      "infra",
      "--stack",
      "dev",
      "--stack-outputs",
      `acme/net/dev=${file}`,
    ];
    const choice = ["--hub", "prod", "--plan", "shop", "--fleet", "fleet.yaml", "--seed", "3"];
    const { code, stdout } = await ran(["rehearse", ...argv, ...choice, "--report", folder], {
      rehearseProject: (request) => {
        requests.push(request);
        return Promise.resolve(sampleRehearsal(sixServers));
      },
    });

    expect(code).toBe(0);
    expect(stdout).toContain("✓ All 6 servers recovered");
    expect(readFileSync(join(folder, "report.html"), "utf8")).toContain(
      `aws-dr rehearse --program infra --stack dev --stack-outputs acme/net/dev=${file} --hub prod --plan everything --fleet fleet.yaml --seed 3`,
    );
    expect(requests[0]).toMatchObject({
      project: { directory: "infra", stackOutputs: { "acme/net/dev": { vpc: "vpc-1" } } },
      fleetFile: "fleet.yaml",
      hub: "prod",
      plan: "shop",
      seed: 3,
      kind: "drill",
    });
  });

  test.each([
    [["preview"], "given an environment file or --program, got neither"],
    [["rehearse", "a.yaml", "--program", "b"], "got both"],
    [["preview", "--program", "a", "--stack-outputs", "hub.json"], "an equals sign and a file"],
    [
      ["preview", "--program", "a", "--stack-outputs", "x=none.json"],
      "no such file or directory, open 'none.json' in none.json",
    ],
  ])("%j is wrong use", async (argv, message) => {
    const { code, stderr } = await ran(argv);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
