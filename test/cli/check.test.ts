import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Environment } from "../../runtime/environment/schema.js";
import { loading, ran, sixServersEnvironment, sixServersFile } from "./harness.js";

function firstPlan({ plans }: Environment): Environment["plans"][number] {
  const [plan] = plans;
  if (!plan) throw new Error("the example must have a plan");
  return plan;
}

function firstLane({ accounts }: Environment): Environment["accounts"][number]["lanes"][number] {
  const lane = accounts[0]?.lanes[0];
  if (!lane) throw new Error("the example must have a lane");
  return lane;
}

async function findings(environment: Environment): Promise<readonly string[]> {
  const { stdout } = await ran(["check", "any.yaml", "--json"], loading(environment));
  const document = JSON.parse(stdout) as { findings: { level: string; message: string }[] };
  return document.findings.map(({ level, message }) => `${level}: ${message}`);
}

describe("aws-dr check", () => {
  test("an example that holds is done, with its lanes and the predicted time on stdout", async () => {
    const { code, stdout, stderr } = await ran(["check", sixServersFile]);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/555566667777\/us-east-1 +shop +6 +300 +294 +ok/);
    expect(stdout).toMatch(
      /Plan shop: predicted recovery of 6 servers takes 30 min 36 s, objective 1 h/,
    );
    expect(stdout).toContain("✓ six-servers holds.");
  });

  test("--json prints the same as one document", async () => {
    const { code, stdout } = await ran(["check", sixServersFile, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      file: sixServersFile,
      environment: "six-servers",
      isRefused: false,
      lanes: [
        { lane: "555566667777/us-east-1", declaredServers: 6, roomServers: 294, level: "ok" },
      ],
      plans: [{ plan: "shop", servers: 6, jobs: 3, notLaunched: 0, lowerBoundSeconds: 1800 }],
      findings: [],
    });
  });

  test("what a component of a cell refuses is refused here too, with the component's name", async () => {
    const example = readFileSync("examples/active-active/environment.yaml", "utf8");
    const file = join(mkdtempSync(join(tmpdir(), "check-")), "environment.yaml");
    writeFileSync(file, example.replace('engineVersion: "16.6"', 'engineVersion: "12.3"'));

    const { code, stdout } = await ran(["check", file]);

    expect(code).toBe(1);
    expect(stdout).toMatch(
      /refused +us-\S+ \(aws-dr:data:AuroraGlobalDatabase\): engineVersion must be a version of Aurora PostgreSQL from 13\.3 on, as major\.minor, got "12\.3"\./,
    );
  });

  test("a file with problems is refused with every problem and its line", async () => {
    const { code, stdout, stderr } = await ran(["check", "package.json"]);
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^aws-dr: package\.json is not a valid environment file\n/);
    expect(stderr.match(/^package\.json:\d+: /gm)?.length).toBeGreaterThan(1);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test("with --json the problems are in the document, and stderr is empty", async () => {
    const { code, stdout, stderr } = await ran(["check", "no-such.yaml", "--json"]);
    expect(code).toBe(1);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({
      error: "no-such.yaml is not a valid environment file",
      problems: [{ path: "", line: 1, value: "no such file" }],
    });
  });

  test.each([
    [249, []],
    [
      250,
      [
        "advice: accounts[0].lanes[0].servers should be below the warning threshold of 250 servers, got 250. The quota of 555566667777/us-east-1 admits 50 more: plan the next lane.",
      ],
    ],
    [
      280,
      [
        "advice: accounts[0].lanes[0].servers should be below the critical threshold of 280 servers, got 280. The quota of 555566667777/us-east-1 admits 20 more: open the next lane now.",
      ],
    ],
    [
      301,
      [
        "refused: accounts[0].lanes[0].servers must be at most 300 replicating servers, got 301. Move 1 server to a lane in another account or Region: AWS does not raise this quota.",
      ],
    ],
  ])("a lane of %d servers has its finding", async (servers, expected) => {
    const environment = sixServersEnvironment();
    firstLane(environment).servers = servers;
    expect(await findings(environment)).toEqual(expected);
  });

  test("a plan that cannot meet its objective is refused with the minutes it needs", async () => {
    const environment = sixServersEnvironment();
    firstPlan(environment).objectives.rtoMinutes = 20;
    expect(await findings(environment)).toEqual([
      "refused: plans[0].objectives.rtoMinutes must be at least 31 minutes, got 20. The predicted recovery takes 30 min 36 s, of which 30 min are the slowest servers along the waves: raise the objective, or let fewer waves wait for each other.",
    ]);
    const { code, stdout } = await ran(["check", "any.yaml"], loading(environment));
    expect(code).toBe(1);
    expect(stdout).toContain("✗ six-servers is refused for 1 reason.");
  });

  test("a wave larger than the room under its reserve is advised with its rounds", async () => {
    const environment = sixServersEnvironment();
    firstPlan(environment).reserve.servers = 499;
    const told = await findings(environment);
    expect(told).toContain(
      "advice: plans[0].waves[0] should fit its lanes at once, got 2 servers in 555566667777/us-east-1, which takes 2 rounds under the quotas and the plan's reserve. Spread them over more lanes to be faster.",
    );
  });

  test("servers whose wave's deadline would pass are refused", async () => {
    const environment = sixServersEnvironment();
    const plan = firstPlan(environment);
    plan.reserve.servers = 499;
    plan.objectives.rtoMinutes = 600;
    for (const wave of plan.waves) wave.deadlineMinutes = 10;
    const told = await findings(environment);
    expect(told[0]).toMatch(
      /^refused: plans\[0\]\.waves must let every server start before its wave's deadline, got \d servers? left over\./,
    );
  });

  test("a refused file says so in its document too", async () => {
    const environment = sixServersEnvironment();
    firstLane(environment).servers = 400;
    const { code, stdout } = await ran(["check", "any.yaml", "--json"], loading(environment));
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: "any.yaml is refused",
      problems: [{ level: "refused", path: "accounts[0].lanes[0].servers" }],
      isRefused: true,
    });
  });
});
