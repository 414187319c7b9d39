import { describe, expect, test } from "vitest";
import { CapacityDashboard, type CapacityDashboardArgs } from "../../../components/index.js";
import { dashboardBody } from "../../../components/observability/dashboard-body.js";
import { refusalOf } from "../../support/pulumi-mocks.js";

const place = { x: 0, y: 0, width: 6, height: 6 };
const plain = { view: "timeSeries", region: "us-east-1", metrics: [["AWS/RDS", "Lag"]] };
const alarm = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:busy";

function taken(...widgets: readonly object[]): boolean {
  return dashboardBody.safeParse({ widgets }).success;
}

function metric(more: object): object {
  return { type: "metric", ...place, properties: { ...plain, ...more } };
}

/** Source: examples of "Dashboard Body Structure and Syntax", Amazon CloudWatch API reference. */
describe("the schema of dashboards takes", () => {
  test.each<[string, object]>([
    ["a plain widget", metric({})],
    [
      "lines that repeat the dimensions before",
      metric({
        metrics: [
          ["A", "B", "C", "d"],
          [".", "E", ".", "."],
        ],
      }),
    ],
    [
      "a line that repeats all but its last value",
      metric({
        metrics: [
          ["A", "B", "C", "d"],
          ["...", "e"],
        ],
      }),
    ],
    [
      "a percentile on the right axis",
      metric({ metrics: [["A", "B", { stat: "p99.9", yAxis: "right" }]] }),
    ],
    ["a gauge with its bounds", metric({ view: "gauge", yAxis: { left: { min: 0, max: 100 } } })],
    [
      "a band between two heights",
      metric({ annotations: { horizontal: [[{ value: 1 }, { value: 2 }]] } }),
    ],
    ["a moment", metric({ annotations: { vertical: [{ value: "2026-01-02T03:04:05Z" }] } })],
    [
      "an alarm as a graph",
      {
        type: "metric",
        ...place,
        properties: { region: "us-east-1", annotations: { alarms: [alarm] } },
      },
    ],
    [
      "a table",
      metric({ view: "table", table: { layout: "vertical", summaryColumns: ["MAX", "AVG"] } }),
    ],
    [
      "states of alarms",
      { type: "alarm", ...place, properties: { alarms: [alarm], states: ["ALARM"] } },
    ],
    [
      "text",
      { type: "text", ...place, properties: { markdown: "# Hello", background: "transparent" } },
    ],
    [
      "a query of logs",
      { type: "log", ...place, properties: { region: "us-east-1", query: "SOURCE 'a' | limit 1" } },
    ],
    [
      "resources by their tags",
      {
        type: "explorer",
        ...place,
        properties: {
          metrics: [
            { metricName: "CPUUtilization", resourceType: "AWS::EC2::Instance", stat: "Maximum" },
          ],
          labels: [{ key: "Purpose", value: "production" }],
        },
      },
    ],
    [
      "what a function draws",
      {
        type: "custom",
        ...place,
        properties: {
          endpoint: "arn:aws:lambda:us-east-1:111122223333:function:draw",
          updateOn: { refresh: true },
        },
      },
    ],
  ])("%s", (_what, widget) => {
    expect(taken(widget)).toBe(true);
  });
});

describe("the schema of dashboards refuses", () => {
  test.each<[string, object]>([
    ["a widget beyond the grid", { ...metric({}), x: 20 }],
    ["a widget of no known type", { ...metric({}), type: "chart" }],
    ["a gauge without its bounds", metric({ view: "gauge" })],
    ["half a dimension", metric({ metrics: [["AWS/RDS", "Lag", "Cluster"]] })],
    ["a metric without a name", metric({ metrics: [["AWS/RDS"]] })],
    ["a drawing in the midst of a metric", metric({ metrics: [["AWS/RDS", {}, "Lag"]] })],
    ["a misspelt property", metric({ veiw: "bar" })],
    ["a statistic that is none", metric({ stat: "Mean" })],
    ["a period that is no minute", metric({ period: 90 })],
    ["an id that expressions cannot name", metric({ metrics: [["A", "B", { id: "Lag" }]] })],
    ["a Region that is none", metric({ region: "everywhere" })],
    ["a widget without metrics", metric({ metrics: [] })],
    ["more metrics than a widget draws", metric({ metrics: Array(501).fill(["A", "B"]) })],
    ["an axis upside down", metric({ yAxis: { left: { min: 9, max: 1 } } })],
    ["an alarm by its name", { type: "alarm", ...place, properties: { alarms: ["busy"] } }],
    [
      "more alarms than a widget shows",
      { type: "alarm", ...place, properties: { alarms: Array(101).fill(alarm) } },
    ],
    [
      "a state that is none",
      { type: "alarm", ...place, properties: { alarms: [alarm], states: ["BAD"] } },
    ],
    ["text without text", { type: "text", ...place, properties: { markdown: "" } }],
    [
      "a query of no log",
      { type: "log", ...place, properties: { region: "us-east-1", query: "limit 1" } },
    ],
  ])("%s", (_what, widget) => {
    expect(taken(widget)).toBe(false);
  });

  test("more widgets and metrics than a dashboard holds", () => {
    expect(taken(...Array(500).fill(metric({})))).toBe(true);
    expect(taken(...Array(501).fill(metric({})))).toBe(false);
    const full = metric({ metrics: Array(500).fill(["A", "B"]) });
    expect(taken(...Array(5).fill(full))).toBe(true);
    expect(taken(...Array(5).fill(full), metric({}))).toBe(false);
  });

  test("an end without a start", () => {
    expect(dashboardBody.safeParse({ end: "-PT1H", widgets: [] }).success).toBe(false);
    expect(dashboardBody.safeParse({ start: "-P1D", end: "-PT1H", widgets: [] }).success).toBe(
      true,
    );
  });
});

describe("a dashboard refuses what a transform made of it,", () => {
  const refusal = (dashboardBodyText: string) => {
    const args: CapacityDashboardArgs = {
      environment: "sample",
      account: "777788889999",
      homeRegion: "us-east-1",
      lanes: [{ account: "111111111111", region: "us-east-1" }],
      transformDashboard: (given) => ({ ...given, dashboardBody: dashboardBodyText }),
    };
    return refusalOf(() => new CapacityDashboard("capacity", args));
  };

  test("and says where", async () => {
    const { message, children } = await refusal(
      JSON.stringify({ widgets: [metric({ view: "gauge" })] }),
    );
    expect(message).toBe(
      "dashboardBody must be a body that CloudWatch takes, got one with widgets[0].properties: a gauge needs the least and the most that it shows. Look at what transformDashboard makes of it.",
    );
    expect(children).toEqual([]);
  });

  test("and text that is no body at all", async () => {
    const { message } = await refusal("widgets: none");
    expect(message).toBe(
      "dashboardBody must be a body that CloudWatch takes, got one with the whole: Invalid input: expected object, received string. Look at what transformDashboard makes of it.",
    );
  });
});
