import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loading, ran, sixServersEnvironment, sixServersFile } from "./harness.js";

const thousand = "examples/thousand-servers/environment.yaml";

function written(content: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), "samples-")), "samples.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

/** A lane that grew by two servers a day for ten days. */
const growing = {
  MetricDataResults: [
    {
      Id: "m1",
      Label: "555566667777/us-east-1",
      Timestamps: Array.from({ length: 10 }, (_, day) => `2026-01-${10 + day}T00:00:00+00:00`),
      Values: Array.from({ length: 10 }, (_, day) => 250 + 2 * day),
      StatusCode: "Complete",
    },
  ],
};

describe("aws-dr capacity", () => {
  test("shows each lane with its quota, what it uses and its status, and the estate as its worst lane", async () => {
    const { code, stdout, stderr } = await ran(["capacity", sixServersFile]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/555566667777\/us-east-1 +shop +6 +300 +2 % +OK/);
    expect(stdout).toMatch(/all lanes +6 +300 +2 % +OK/);
    expect(stdout).not.toContain("Room for");
  });

  test("says of cells alone that they have no lanes, and weighs nothing", async () => {
    const { code, stdout } = await ran(["capacity", "examples/pilot-light/environment.yaml"]);
    expect(code).toBe(0);
    expect(stdout).toBe("trading declares no lanes: DRS replicates no servers of it.\n");
  });

  test("--grow counts the lanes that a larger estate takes, and offers no higher quota", async () => {
    const { stdout } = await ran(["capacity", thousand, "--grow", "500"]);
    expect(stdout).toContain("Room for 500 more servers");
    expect(stdout).toMatch(/below the warning +249 +0 +3 +7 +2,100/);
    expect(stdout).toMatch(/to the warning +250 +0 +2 +6 +1,800/);
    expect(stdout).toMatch(/to the quota +300 +200 +1 +5 +1,500/);
    expect(stdout).toContain("is not adjustable: AWS does not raise it.");
  });

  test("reproduces the scaling architecture's table, with the thresholds as they are", async () => {
    const six = sixServersEnvironment();
    const [account] = six.accounts;
    if (!account) throw new Error("the example must have an account");
    const lanes = [
      { region: "us-east-1", servers: 245 },
      { region: "us-west-2", servers: 248 },
      { region: "us-east-2", servers: 252 },
      { region: "us-west-1", servers: 255 },
    ] as const;
    const environment = { ...six, accounts: [{ ...account, lanes: [...lanes] }] };
    const { stdout } = await ran(["capacity", "any.yaml", "--json"], loading(environment));
    const document = JSON.parse(stdout);
    expect(document.lanes.map(({ status }: { status: string }) => status)).toEqual([
      "OK",
      "OK",
      "WARNING",
      "WARNING",
    ]);
    expect(document.estate).toMatchObject({
      declaredServers: 1_000,
      quotaServers: 1_200,
      status: "WARNING",
    });
  });

  test("--samples tells on which day a lane is full", async () => {
    const file = written(growing);
    const { stdout } = await ran(["capacity", sixServersFile, "--samples", file]);
    expect(stdout).toMatch(/OK +2026-02-04/);
    const { stdout: json } = await ran(["capacity", sixServersFile, "--samples", file, "--json"]);
    expect(JSON.parse(json).lanes[0].forecast).toEqual({
      fullAt: "2026-02-04T00:00:00Z",
      serversPerDay: 2,
    });
  });

  test("says why there is no forecast", async () => {
    const [result] = growing.MetricDataResults;
    const still = { MetricDataResults: [{ ...result, Values: Array(10).fill(7) }] };
    const { stdout } = await ran(["capacity", sixServersFile, "--samples", written(still)]);
    expect(stdout).toContain("not growing");
  });

  test.each([[{ MetricDataResults: [{ Label: "m1", Timestamps: [], Values: [] }] }], [[]]])(
    "refuses samples that no lane can be read from: %j",
    async (content) => {
      const { code, stderr } = await ran([
        "capacity",
        sixServersFile,
        "--samples",
        written(content),
      ]);
      expect(code).toBe(1);
      expect(stderr).toContain("each result labelled <account>/<Region>");
    },
  );

  test("refuses growth that is no whole number as wrong use", async () => {
    const { code } = await ran(["capacity", sixServersFile, "--grow", "-5"]);
    expect(code).toBe(2);
  });
});
