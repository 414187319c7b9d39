import { beforeAll, describe, expect, test } from "vitest";
import { ExecutionDashboard, type ExecutionDashboardArgs } from "../../../components/index.js";
import { bodyOf, drawnIn, expectToBeReadable } from "../../support/dashboards.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const args: ExecutionDashboardArgs = {
  environment: "sample",
  account: "777788889999",
  homeRegion: "us-east-1",
  standbyRegion: "us-west-2",
  lanes: [
    { account: "111111111111", region: "us-east-1" },
    { account: "222222222222", region: "us-west-2" },
  ],
  alarmArns: ["arn:aws:cloudwatch:us-east-1:777788889999:alarm:dr-sample-capacity-busy"],
};

function dashboard(changes: Partial<ExecutionDashboardArgs> = {}) {
  return () => new ExecutionDashboard("executions", { ...args, ...changes });
}

describe("an execution dashboard", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(dashboard());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/execution-dashboard.txt");
  });

  test("registers at preview what it registers at update, and shows policies the same body", async () => {
    const preview = await runProgram(dashboard(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
    expect(bodyOf(preview)).toEqual(bodyOf(run));
  });

  test("repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:observability:ExecutionDashboard");
    expect(component?.inputs).toMatchObject({
      dashboardName: "dr-sample-executions",
      standbyRegion: "us-west-2",
      publishEveryMinutes: 5,
      lanes: ["111111111111/us-east-1", "222222222222/us-west-2"],
    });
    expect(component?.outputs).toEqual(component?.inputs);
  });

  test("overlaps no widget, and asks expressions for ids that stand beside them alone", () => {
    expectToBeReadable(bodyOf(run));
  });

  test("reads everything where the hub is", () => {
    const regions = bodyOf(run).widgets.flatMap(({ properties }) =>
      "region" in properties ? [properties.region] : [],
    );
    expect(new Set(regions)).toEqual(new Set(["us-east-1"]));
  });

  test("draws each of the hub's machines, functions, tables, topics and schedules", () => {
    const namespaces = drawnIn(bodyOf(run)).flatMap(([namespace]) =>
      typeof namespace === "string" ? [namespace] : [],
    );
    const numbers = [...new Set(namespaces)].map((namespace) => [
      namespace,
      namespaces.filter((one) => one === namespace).length,
    ]);
    expect(Object.fromEntries(numbers)).toEqual({
      "AWS/States": 14,
      "AWS/Lambda": 12,
      "AWS/DynamoDB": 9,
      "AWS/SNS": 2,
      "AWS/Scheduler": 2,
      "DisasterRecovery/sample": 8,
    });
  });

  test("leaves out alarms and copies that there are none of", async () => {
    const { standbyRegion, alarmArns, ...plain } = args;
    const without = bodyOf(await runProgram(() => new ExecutionDashboard("executions", plain)));
    expect(without.widgets.some(({ type }) => type === "alarm")).toBe(false);
    expect(drawnIn(without).flat()).not.toContain("ReplicationLatency");
    expect(drawnIn(bodyOf(run)).flat()).toContain("ReplicationLatency");
  });

  test("hands the dashboard's arguments to the transform last", async () => {
    const renamed = await runProgram(
      dashboard({ transformDashboard: (given) => ({ ...given, dashboardName: "ours" }) }),
    );
    const [made] = renamed.of("aws:cloudwatch/dashboard:Dashboard");
    expect(made?.inputs.dashboardName).toBe("ours");
  });
});

describe("an execution dashboard refuses, before it creates anything,", () => {
  test("values that break their rules", async () => {
    const { message, children } = await refusalOf(
      dashboard({
        environment: "Sample",
        account: "1",
        standbyRegion: "us-east-1",
        dashboardName: "a b",
        lanes: [],
        publishEveryMinutes: 61,
      }),
    );
    expect(message?.split("\n")).toEqual([
      'environment must be 1 to 40 lower-case letters, digits and hyphens, beginning with a letter, got "Sample".',
      'account must be 12 digits, got "1".',
      'dashboardName must be 1 to 255 letters, digits, hyphens and underscores, got "a b".',
      "lanes must be 1 to 160 lanes, so that one widget holds them, got 0. Make one dashboard a part of them.",
      "publishEveryMinutes must be 1 to 60 minutes between two counts, got 61.",
      'standbyRegion must be another Region than homeRegion, got "us-east-1" twice. Leave it out where the tables have no copy.',
    ]);
    expect(children).toEqual([]);
  });
});
