import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layOutDashboard } from "../../../runtime/report/diagram/dashboard/layout.js";
import { dashboardNames, renderDashboard } from "../../../runtime/report/diagram/diagram.js";
import { flawsOf } from "../../support/diagram/flaws.js";
import { resource } from "../../support/diagram/resources.js";

const place = { x: 0, y: 0, width: 12, height: 8 };

function dashboard(...widgets: readonly unknown[]) {
  const inputs = { dashboardName: "drs", dashboardBody: JSON.stringify({ widgets }) };
  return resource("aws:cloudwatch/dashboard:Dashboard", "drs", inputs);
}

/** What is written on the only widget of a dashboard. */
function written(widget: unknown): readonly string[] {
  const { boxes } = layOutDashboard("drs", dashboard(widget));
  return boxes.flatMap(({ texts }) => texts.map(({ text }) => text.replaceAll("\u00a0", " ")));
}

describe("the picture of a dashboard", () => {
  test("names each metric once, those that only reckonings read apart, and the marks", () => {
    const metrics = [
      [{ expression: "100 * used / quota", label: "in use" }],
      ["DRS", "Used", "Lane", "a", { visible: false }],
      ["...", "b", { visible: false }],
      ["DRS", "Jobs", "Lane", "a"],
      [".", "Servers", ".", "."],
    ];
    const annotations = { horizontal: [{ value: 300, label: "quota" }] };
    const properties = { title: "Lanes", view: "timeSeries", metrics, annotations };
    expect(written({ type: "metric", ...place, properties })).toEqual([
      "Lanes",
      "DRS Jobs",
      "DRS Servers",
      "1 line reckoned from",
      "DRS Used × 2",
      "marks: quota 300",
    ]);
  });

  test("names the alarms, the steps of a query, and the first line of a text", () => {
    const alarms = ["arn:aws:cloudwatch:us-east-1:111122223333:alarm:full"];
    const query = "SOURCE 'a' | SOURCE 'b' | fields @message | limit 5";
    expect(written({ type: "alarm", ...place, properties: { alarms } })).toEqual([
      "alarms",
      "full",
    ]);
    expect(written({ type: "log", ...place, properties: { title: "Logs", query } })).toEqual([
      "Logs",
      "query over 2 log groups",
      "fields @message",
      "limit 5",
    ]);
    const markdown = "# Lanes\n\nof all accounts";
    expect(written({ type: "text", ...place, properties: { markdown } })).toEqual([
      "Lanes",
      "of all accounts",
    ]);
  });

  test("counts what a widget has no room for", () => {
    const metrics = Array.from({ length: 30 }, (_, index) => ["DRS", `Metric${index}`]);
    const lines = written({ type: "metric", ...place, properties: { title: "All", metrics } });
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.at(-1)).toBe(`and ${30 - (lines.length - 2)} more`);
  });

  test("says that a body is not known before the deployment", () => {
    const unknown = { dashboardBody: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" };
    const scene = layOutDashboard(
      "drs",
      resource("aws:cloudwatch/dashboard:Dashboard", "drs", unknown),
    );
    expect(scene.texts.map(({ text }) => text)).toContain(
      "CloudWatch dashboard, its body not known before the deployment",
    );
  });

  test("is found by the name that it has in CloudWatch", () => {
    const resources = [dashboard(), resource("aws:sqs/queue:Queue", "queue")];
    expect(dashboardNames(resources)).toEqual(["drs"]);
    expect(renderDashboard(resources, "drs")).toContain("CloudWatch dashboard of 0 widgets");
    expect(renderDashboard(resources, "other")).toBeUndefined();
  });
});

const title = fc.stringMatching(/^[A-Za-z][a-z ,]{0,38}[a-z]$/);
const metric = fc.tuple(fc.constant("AWS/DynamoDB"), fc.stringMatching(/^[A-Z][a-zA-Z]{0,40}$/));
const metricWidget = fc.record({
  type: fc.constant("metric"),
  width: fc.integer({ min: 6, max: 24 }),
  height: fc.integer({ min: 4, max: 12 }),
  properties: fc.record({ title, metrics: fc.array(metric, { minLength: 1, maxLength: 30 }) }),
});
const textWidget = fc.record({
  type: fc.constant("text"),
  width: fc.constant(24),
  height: fc.constant(1),
  properties: fc.record({ markdown: title }),
});

describe("every picture of a dashboard", () => {
  test("keeps widgets apart and their texts inside, even in a widget of one row", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(metricWidget, textWidget), { maxLength: 10 }), (widgets) => {
        let y = 0;
        const placed = widgets.map((widget) => {
          const at = { ...widget, x: 0, y };
          y += widget.height;
          return at;
        });
        expect(flawsOf(layOutDashboard("drs", dashboard(...placed)))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
