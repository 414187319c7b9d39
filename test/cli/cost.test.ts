import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { PreviewedProgram } from "../../runtime/cli/tools.js";
import { loading, ran, sixServersEnvironment, sixServersFile } from "./harness.js";

const thousand = "examples/thousand-servers/environment.yaml";

/** A program that registers nothing but replicating servers. */
function previewing(servers: number): { preview: () => Promise<PreviewedProgram> } {
  const spoke = {
    urn: "urn:pulumi:shop::shop::aws-dr:recovery:SpokeAccount::spoke",
    type: "aws-dr:recovery:SpokeAccount",
    name: "spoke",
    custom: false,
    protect: false,
    ignoreChanges: [],
    dependencies: [],
    inputs: { lanes: [{ region: "eu-west-1", declaredServers: servers }] },
    outputs: {},
    id: "",
  };
  return {
    preview: () =>
      Promise.resolve({ succeeded: true, resources: [spoke], messages: [], violations: [] }),
  };
}

describe("aws-dr cost", () => {
  test("prices the example of a thousand servers, and names what it does not count", async () => {
    const { code, stdout, stderr } = await ran(["cost", thousand]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/us-west-1 +DRS +replicating servers +250 +5,110\.00 +5,110\.00/);
    expect(stdout).toMatch(/us-east-1 +DRS +replication servers, staging disks .* not held here/);
    expect(stdout).toContain("None was asked of AWS.");
    expect(stdout).toMatch(/costs \$20,4\d\d\.\d\d a month at rest .* the budget of \$25,000/);
  });

  test.each([
    ["below", "20439", 1],
    ["at", "20440", 0],
    ["above", "20441", 0],
  ])("answers a budget %s the cost", async (_where, budget, expected) => {
    const environment = sixServersEnvironment();
    const tools = { ...loading(environment), ...previewing(1_000) };
    const { code } = await ran(["cost", "any.yaml", "--budget", budget], tools);
    expect(code).toBe(expected);
  });

  test("takes the budget that the file declares, and says by how much it is missed", async () => {
    const environment = { ...sixServersEnvironment(), budget: { monthlyDollars: 20_000 } };
    const tools = { ...loading(environment), ...previewing(1_000) };
    const { code, stdout } = await ran(["cost", "any.yaml", "--json"], tools);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: "any.yaml must cost at most 20000 dollars a month at rest, got 20440",
      budget: { monthlyDollars: 20_000, isHeld: false, isHeldInFailover: false },
      dollarsPerMonth: 20_440,
      rows: [{ region: "eu-west-1", service: "DRS", quantity: 1_000, dollarsPerMonth: 20_440 }],
      sources: [{ asOf: "2024-10-01" }],
    });
  });

  test("ends with the program's errors where it fails", async () => {
    const failing = {
      preview: () =>
        Promise.resolve({
          succeeded: false,
          resources: [],
          messages: [{ severity: "error" as const, text: "no such file" }],
          violations: [],
        }),
    };
    const { code, stderr } = await ran(["cost", sixServersFile], failing);
    expect(code).toBe(1);
    expect(stderr).toContain("the program failed\nno such file");
  });

  test("refuses a budget that is no whole number as wrong use", async () => {
    const { code } = await ran(["cost", sixServersFile, "--budget", "much"]);
    expect(code).toBe(2);
  });

  test("tells a preview of the budget that the file declares", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "cost-")), "environment.yaml");
    const text = readFileSync(sixServersFile, "utf8");
    writeFileSync(file, text.replace("monthlyDollars: 500", "monthlyDollars: 10"));
    const { code, stdout } = await ran(["preview", file, "--json"]);
    expect(code).toBe(0);
    const { violations } = JSON.parse(stdout);
    const ours = violations.filter(({ pack }: { pack: string }) => pack === "cost");
    expect(ours).toMatchObject([{ policy: "dr-within-budget", level: "advisory" }]);
    expect(ours[0].message).toContain("a month at rest must cost at most 10 dollars, got 1");
  });
});
