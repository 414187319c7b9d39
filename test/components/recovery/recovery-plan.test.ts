import { beforeAll, describe, expect, test } from "vitest";
import { hubReference, RecoveryPlan, type RecoveryPlanArgs } from "../../../components/index.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const hub = hubReference({
  environment: "sample",
  account: "777788889999",
  homeRegion: "us-east-1",
});

function wave(name: string, dependsOn: readonly string[] = []) {
  return {
    name,
    group: "production",
    dependsOn,
    failedAtMostPercent: 0,
    deadlineMinutes: 120,
    expectedLaunchSeconds: 600,
  };
}

const plan: RecoveryPlanArgs["plan"] = {
  name: "everything",
  objectives: { rtoMinutes: 60, rpoMinutes: 15 },
  waves: [
    { ...wave("database"), tags: { Tier: "database" } },
    { ...wave("app", ["database"]), optional: { tags: { Class: "batch" } } },
  ],
  reserve: { jobs: 0, servers: 0 },
  pacingSeconds: 0,
};

const drills = [
  { cron: "0 9 ? * TUE#2 *", timezone: "Europe/London", cleanUp: true },
  { cron: "0 5 1 1,7 ? *", timezone: "UTC", cleanUp: false },
];
const expectedServers = { database: { "111111111111/us-east-1": 50 } } as const;
const schedule = "aws:scheduler/schedule:Schedule";

function declared(changes: Partial<typeof plan> = {}, others: Partial<RecoveryPlanArgs> = {}) {
  const args = { hub, plan: { ...plan, ...changes }, drills, expectedServers, ...others };
  return () => new RecoveryPlan("plan", args);
}

describe("a recovery plan", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(declared());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/recovery-plan.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(declared(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("takes what its plan leaves out from the defaults of the environment file", async () => {
    const waves = [{ name: "only", group: "production" }];
    const { name, objectives } = plan;
    const short = await runProgram(
      () => new RecoveryPlan("plan", { hub, plan: { name, objectives, waves } }),
    );
    const whole = await runProgram(
      () =>
        new RecoveryPlan("plan", {
          hub,
          plan: {
            ...{ name, objectives, waves: [wave("only")] },
            ...{ reserve: { jobs: 0, servers: 0 }, pacingSeconds: 0 },
          },
        }),
    );
    const itemOf = (run: MockRun) => {
      const [item] = run.of("aws:dynamodb/tableItem:TableItem");
      return JSON.parse(JSON.parse(String(item?.inputs.item)).document.S);
    };
    expect(itemOf(short)).toEqual(itemOf(whole));
    expect(itemOf(short).waves[0]).toEqual(wave("only"));
  });

  test("repeats its contract, with the servers that each wave expects, in its outputs", () => {
    const [component] = run.of("aws-dr:recovery:RecoveryPlan");
    const { optional: _, ...app } = { ...wave("app", ["database"]), optional: undefined };
    expect(component?.inputs).toEqual({
      plan: "everything",
      objectives: { rtoMinutes: 60, rpoMinutes: 15 },
      waves: [
        {
          ...wave("database"),
          tags: { Tier: "database" },
          expectedServers: { "111111111111/us-east-1": 50 },
        },
        { ...app, expectedServers: {} },
      ],
      reserve: { jobs: 0, servers: 0 },
      pacingSeconds: 0,
      drills,
    });
    expect(component?.outputs).toEqual(component?.inputs);
  });

  test("stands in the hub's table as it is", () => {
    const item = JSON.parse(
      String(run.one("aws:dynamodb/tableItem:TableItem", "plan-item").inputs.item),
    );
    expect(item.managedBy).toEqual({ S: "pulumi" });
    expect(JSON.parse(item.document.S)).toEqual(plan);
  });

  test("starts each drill by the event that the execution function knows", () => {
    const starts = run
      .of(schedule)
      .map(({ inputs }) => JSON.parse((inputs.target as { input: string }).input));
    const start = { operation: "start", plan: "everything", kind: "drill" };
    expect(starts).toEqual([
      { ...start, cleanUp: true },
      { ...start, cleanUp: false },
    ]);
  });

  test("hands each schedule's arguments to the transform last", async () => {
    const disabled = await runProgram(
      declared({}, { transformSchedule: (given) => ({ ...given, state: "DISABLED" }) }),
    );
    expect(disabled.of(schedule).map(({ inputs }) => inputs.state)).toEqual([
      "DISABLED",
      "DISABLED",
    ]);
  });
});

describe("a recovery plan refuses, before it creates anything,", () => {
  test.each<[string, Partial<typeof plan>, Partial<RecoveryPlanArgs>, readonly string[]]>([
    [
      "numbers out of bounds",
      {
        objectives: { rtoMinutes: 0, rpoMinutes: 10_081 },
        reserve: { jobs: 20, servers: 500 },
        pacingSeconds: 601,
        waves: [
          {
            ...wave("database"),
            failedAtMostPercent: 101,
            deadlineMinutes: 9,
            expectedLaunchSeconds: 59,
          },
        ],
      },
      {},
      [
        "plan.objectives.rtoMinutes must be 1 to 10080 minutes, got 0.",
        "plan.objectives.rpoMinutes must be 1 to 10080 minutes, got 10081.",
        "plan.reserve.jobs must be 0 to 19 jobs of a lane left to others, got 20.",
        "plan.reserve.servers must be 0 to 499 servers in jobs of a lane left to others, got 500.",
        "plan.pacingSeconds must be 0 to 600 seconds between two StartRecovery calls of a lane, got 601.",
        "plan.waves[0].failedAtMostPercent must be 0 to 100 percent of the critical servers of a wave in a lane, got 101.",
        "plan.waves[0].deadlineMinutes must be 10 to 1440 minutes after the wave's gate opened in the lane, got 9.",
        "plan.waves[0].expectedLaunchSeconds must be 60 to 7200 seconds, got 59.",
      ],
    ],
    [
      "a plan without waves",
      { waves: [] },
      {},
      ["plan.waves must name at least one wave, got none. Add a wave."],
    ],
    [
      "waves of one name and a dependency on none",
      { waves: [wave("app"), wave("app", ["database"])] },
      {},
      [
        'plan.waves[1].name must be a name of its own, got "app" again. Rename one of the two.',
        'plan.waves[1].dependsOn[0] must name a wave of the plan ("app", "app"), got "database". Correct the name.',
      ],
    ],
    [
      "waves that wait for each other",
      { waves: [wave("app", ["web"]), wave("web", ["app"]), wave("batch")] },
      {},
      [
        'plan.waves must not wait for each other in a circle, got "app", "web". Remove one of their dependencies.',
      ],
    ],
    [
      "a drill whose time is no cron expression",
      {},
      { drills: [{ cron: "0 9 * * TUE", timezone: "UTC", cleanUp: true }] },
      [
        'drills[0].cron must be six fields without cron(), ? in one of the two day fields, got "0 9 * * TUE". Write it as in "0 9 ? * TUE#2 *".',
      ],
    ],
  ])("%s", async (_title, changes, others, problems) => {
    const { message, children } = await refusalOf(declared(changes, others));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });
});
