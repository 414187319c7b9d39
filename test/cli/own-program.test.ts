import { mkdtempSync, writeFileSync } from "node:fs";
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
    const { code, stdout } = await ran(
      ["rehearse", "--program", "infra", "--hub", "prod", "--plan", "shop", "--seed", "3"],
      {
        rehearseProject: (request) => {
          requests.push(request);
          return Promise.resolve(sampleRehearsal(sixServers));
        },
      },
    );

    expect(code).toBe(0);
    expect(stdout).toContain("✓ All 6 servers recovered");
    expect(requests[0]).toMatchObject({
      project: { directory: "infra", stackOutputs: {} },
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
    [["preview", "--program", "a", "--stack-outputs", "x=none.json"], "none.json cannot be read"],
  ])("%j is wrong use", async (argv, message) => {
    const { code, stderr } = await ran(argv);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
