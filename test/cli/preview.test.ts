import { describe, expect, test } from "vitest";
import type { PreviewedProgram } from "../../runtime/cli/tools.js";
import type { RegisteredResource } from "../../runtime/rehearsal/program/registered.js";
import { ran, sixServersFile } from "./harness.js";

function resource(type: string, name: string): RegisteredResource {
  return {
    urn: `urn:pulumi:six-servers::pulumi-aws-dr::${type}::${name}`,
    type,
    name,
    custom: true,
    protect: false,
    ignoreChanges: [],
    dependencies: [],
    inputs: {},
    outputs: {},
    id: name,
  };
}

const good: PreviewedProgram = {
  succeeded: true,
  resources: [
    resource("aws:iam/role:Role", "a"),
    resource("aws:sns/topic:Topic", "b"),
    resource("aws:iam/role:Role", "c"),
  ],
  messages: [],
  violations: [],
};

const violation = {
  pack: "drs-limits",
  policy: "drs-fleet-within-quota",
  message: "The lane must hold at most 300 servers, got 310.",
  urn: "urn:pulumi:x",
};

async function previewed(program: PreviewedProgram, ...options: readonly string[]) {
  const preview = () => Promise.resolve(program);
  return ran(["preview", sixServersFile, ...options], { preview });
}

describe("aws-dr preview", () => {
  test("counts resources by type and says that nothing was deployed", async () => {
    const { code, stdout, stderr } = await previewed(good);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/2 {3}aws:iam\/role:Role\n +1 {3}aws:sns\/topic:Topic/);
    expect(stdout).toContain("✓ six-servers would deploy 3 resources. Nothing was deployed.");
  });

  test("an advisory violation is shown and passes", async () => {
    const { code, stdout } = await previewed({
      ...good,
      violations: [{ ...violation, level: "advisory" }],
    });
    expect(code).toBe(0);
    expect(stdout).toContain("advisory  drs-fleet-within-quota (drs-limits)\n    The lane must");
    expect(stdout).toContain("with 1 piece of advice");
  });

  test("a mandatory violation is refused", async () => {
    const program: PreviewedProgram = {
      ...good,
      violations: [{ ...violation, level: "mandatory" }],
    };
    const { code, stdout } = await previewed(program);
    expect(code).toBe(1);
    expect(stdout).toContain(`✗ ${sixServersFile} is refused: 1 mandatory violation of policies.`);
    const json = await previewed(program, "--json");
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      schemaVersion: 1,
      environment: "six-servers",
      isRefused: true,
      error: `${sixServersFile} is refused: 1 mandatory violation of policies`,
      problems: [`drs-fleet-within-quota: ${violation.message}`],
      resources: 3,
      types: { "aws:iam/role:Role": 2, "aws:sns/topic:Topic": 1 },
      violations: [{ policy: "drs-fleet-within-quota", level: "mandatory" }],
    });
  });

  test("a program that fails is refused with each thing that it said, and of what", async () => {
    const urn = "urn:pulumi:six::aws-dr::aws-dr:recovery:OrchestrationHub::hub";
    const { code, stdout } = await previewed(
      {
        succeeded: false,
        resources: [],
        messages: [{ severity: "error", text: "home must be here.\nstandby must be there.", urn }],
        violations: [],
      },
      "--json",
    );
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: `${sixServersFile} is refused: the program failed`,
      problems: [
        "hub (aws-dr:recovery:OrchestrationHub): home must be here.",
        "hub (aws-dr:recovery:OrchestrationHub): standby must be there.",
      ],
    });
  });

  test("a file with problems is refused before the program runs", async () => {
    const preview = () => Promise.reject(new Error("must not run"));
    const { code, stderr } = await ran(["preview", "no-such.yaml"], { preview });
    expect(code).toBe(1);
    expect(stderr).toContain("no-such.yaml is not a valid environment file");
  });
});
