import { beforeAll, describe, expect, test } from "vitest";
import { CapacityDashboard, type CapacityDashboardArgs } from "../../../components/index.js";
import { bodyOf, expectToBeReadable } from "../../support/dashboards.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const args: CapacityDashboardArgs = {
  environment: "sample",
  account: "777788889999",
  homeRegion: "us-east-1",
  lanes: [
    { account: "111111111111", region: "us-east-1" },
    { account: "222222222222", region: "us-west-2" },
  ],
};

function dashboard(changes: Partial<CapacityDashboardArgs> = {}) {
  return () => new CapacityDashboard("capacity", { ...args, ...changes });
}

describe("a capacity dashboard", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(dashboard());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/capacity-dashboard.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(dashboard(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:observability:CapacityDashboard");
    expect(component?.inputs).toMatchObject({
      dashboardName: "DRS-Multi-Account-Capacity",
      lanes: ["111111111111/us-east-1", "222222222222/us-west-2"],
    });
    expect(component?.outputs).toEqual(component?.inputs);
  });

  test("shows lines, a gauge, bars and a table, which CloudWatch's body structure allows", () => {
    const views = bodyOf(run).widgets.map((widget) =>
      "view" in widget.properties ? [widget.type, widget.properties.view] : [widget.type],
    );
    expect(views).toEqual([
      ["metric", "timeSeries"],
      ["metric", "gauge"],
      ["metric", "bar"],
      ["log", "table"],
    ]);
  });

  test("overlaps no widget, and asks expressions for ids that stand beside them alone", () => {
    expectToBeReadable(bodyOf(run));
  });
});

describe("a capacity dashboard refuses, before it creates anything,", () => {
  test("values that break their rules", async () => {
    const { message, children } = await refusalOf(
      dashboard({ account: "1", dashboardName: "a b", lanes: [], publishEveryMinutes: 0 }),
    );
    expect(message?.split("\n")).toEqual([
      'account must be 12 digits, got "1".',
      'dashboardName must be 1 to 255 letters, digits, hyphens and underscores, got "a b".',
      "lanes must be 1 to 160 lanes, so that one widget holds them, got 0. Make one dashboard a part of them.",
      "publishEveryMinutes must be 1 to 60 minutes between two counts, got 0.",
    ]);
    expect(children).toEqual([]);
  });
});
