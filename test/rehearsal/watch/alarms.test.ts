import { describe, expect, it } from "vitest";
import { instant, plusSeconds } from "../../../runtime/core/instant.js";
import type { RegisteredResource } from "../../../runtime/rehearsal/program/registered.js";
import { type AlarmState, stateOf } from "../../../runtime/rehearsal/watch/alarm-state.js";
import { readRule } from "../../../runtime/rehearsal/watch/composite-rule.js";
import { createDatapoints } from "../../../runtime/rehearsal/watch/datapoints.js";
import { evaluateAlarms } from "../../../runtime/rehearsal/watch/evaluate-alarms.js";
import { readExpression } from "../../../runtime/rehearsal/watch/metric-math.js";

const treatments = ["missing", "ignore", "breaching", "notBreaching"] as const;

/** `0` within the threshold, `X` breaching, `-` missing; the newest last. */
function rangeOf(points: string) {
  const read: Readonly<Record<string, boolean>> = { "0": false, X: true };
  return points.split(" ").map((point) => read[point]);
}

function statesOf(points: string, datapointsToAlarm: number) {
  return treatments.map((treatMissingData) => {
    const terms = { evaluationPeriods: 3, datapointsToAlarm, treatMissingData };
    const states = (["OK", "ALARM"] as const).map((now) => stateOf(rangeOf(points), terms, now));
    return states[0] === states[1] ? states[0] : "retained";
  });
}

describe("an alarm whose data is missing, as CloudWatch's own tables have it,", () => {
  it.each([
    ["0 - X - X", ["OK", "OK", "OK", "OK"]],
    ["0 - - - -", ["OK", "OK", "OK", "OK"]],
    ["- - - - -", ["INSUFFICIENT_DATA", "retained", "ALARM", "OK"]],
    ["0 X X - X", ["ALARM", "ALARM", "ALARM", "ALARM"]],
    ["- - X - -", ["ALARM", "retained", "ALARM", "OK"]],
  ])("3 of 3: %s", (points, states) => {
    expect(statesOf(points, 3)).toEqual(states);
  });

  it.each([
    ["0 - X - X", ["ALARM", "ALARM", "ALARM", "ALARM"]],
    ["0 0 X 0 X", ["ALARM", "ALARM", "ALARM", "ALARM"]],
    ["0 - X - -", ["OK", "OK", "ALARM", "OK"]],
    ["- - - - 0", ["OK", "OK", "ALARM", "OK"]],
    ["- - - X -", ["ALARM", "retained", "ALARM", "OK"]],
  ])("2 of 3: %s", (points, states) => {
    expect(statesOf(points, 2)).toEqual(states);
  });
});

describe("a metric math expression", () => {
  const values = (id: string) => ({ jobs: 18, quota: 20, none: undefined, nought: 0 })[id];

  it.each([
    ["jobs", 18],
    ["1 + 2 * jobs", 37],
    ["(1 + 2) * jobs - 4", 50],
    ["100 * jobs / quota", 90],
    ["MAX([100 * jobs / quota, 5])", 90],
    ["MIN([jobs, quota])", 18],
    ["SUM([jobs, quota, none])", 38],
    ["none + 1", undefined],
    ["jobs / nought", undefined],
    ["MAX([none])", undefined],
  ])("%s is %s", (text, value) => {
    expect(readExpression(text)(values)).toBe(value);
  });

  it.each(["IF(jobs > 1, 1, 0)", "RATE(jobs)", "jobs +", "(jobs", "jobs quota", "FILL(jobs, 0)"])(
    "%s is refused",
    (text) => {
      expect(() => readExpression(text)).toThrow(/must/);
    },
  );
});

describe("the rule of a composite alarm", () => {
  const stateOfAlarm = (name: string): AlarmState => (name.startsWith("bad") ? "ALARM" : "OK");

  it.each([
    ['ALARM("bad")', true],
    ['ALARM("good")', false],
    ['ALARM("good") OR ALARM("bad")', true],
    ['ALARM("bad") AND NOT ALARM("good")', true],
    ['ALARM("bad") OR ALARM("bad2") AND ALARM("good")', true],
    ['(ALARM("bad") OR ALARM("bad2")) AND ALARM("good")', false],
    ['OK("good")', true],
    ['INSUFFICIENT_DATA("good")', false],
  ])("%s holds: %s", (text, holds) => {
    expect(readRule(text).holds(stateOfAlarm)).toBe(holds);
  });

  it.each(['ALARM("a") XOR ALARM("b")', "TRUE", 'ALARM("a"', ""])("%s is refused", (text) => {
    expect(() => readRule(text)).toThrow(/must be one that this rehearsal can read/);
  });
});

const start = instant(Date.UTC(2026, 0, 24, 2));
const dimensions = { Account: "1", Region: "r" };

function resource(type: string, inputs: Readonly<Record<string, unknown>>): RegisteredResource {
  const name = String(inputs.name ?? inputs.alarmName);
  return {
    urn: name,
    type,
    name,
    custom: true,
    protect: false,
    ignoreChanges: [],
    dependencies: [],
    inputs,
    outputs: {},
    id: name,
  };
}

const metricAlarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const compositeAlarm = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const common = {
  namespace: "DisasterRecovery/x",
  metricName: "ReplicatingServers",
  dimensions,
  period: 300,
  evaluationPeriods: 1,
};
const full = resource(metricAlarm, {
  ...common,
  name: "full",
  statistic: "Maximum",
  comparisonOperator: "GreaterThanOrEqualToThreshold",
  threshold: 250,
});
const silent = resource(metricAlarm, {
  ...common,
  name: "silent",
  statistic: "SampleCount",
  comparisonOperator: "LessThanThreshold",
  threshold: 1,
  treatMissingData: "breaching",
});
const any = resource(compositeAlarm, {
  alarmName: "any",
  alarmRule: 'ALARM("full") OR ALARM("silent")',
});

/** A line of the embedded metric format, so many minutes after the start. */
function line(minutes: number, servers: number): string {
  return JSON.stringify({
    _aws: {
      Timestamp: plusSeconds(start, minutes * 60),
      CloudWatchMetrics: [
        {
          Namespace: "DisasterRecovery/x",
          Dimensions: [["Account", "Region"]],
          Metrics: [{ Name: "ReplicatingServers", Unit: "Count" }],
        },
      ],
    },
    ...dimensions,
    ReplicatingServers: servers,
  });
}

function evaluated(
  lines: readonly string[],
  minutes: number,
  more: readonly RegisteredResource[] = [],
) {
  const data = createDatapoints();
  data.read(lines);
  const until = plusSeconds(start, minutes * 60);
  return evaluateAlarms([full, silent, any, ...more], data, start, until);
}

describe("deployed alarms", () => {
  it("stand from the period in which their threshold is reached", () => {
    const lines = [line(0, 249), line(5, 250), line(10, 250)];
    expect(evaluated(["no metric", "{}", ...lines], 15)).toEqual([
      {
        name: "any",
        state: "ALARM",
        changes: [
          { atSeconds: 300, state: "OK" },
          { atSeconds: 600, state: "ALARM" },
        ],
      },
      {
        name: "full",
        state: "ALARM",
        changes: [
          { atSeconds: 300, state: "OK" },
          { atSeconds: 600, state: "ALARM" },
        ],
      },
      { name: "silent", state: "OK", changes: [{ atSeconds: 300, state: "OK" }] },
    ]);
  });

  it("bear a count that is missed, and tell silence after three periods, when they know nothing else either", () => {
    const [, fullTrace, silentTrace] = evaluated([line(0, 10), line(10, 10)], 45);
    expect(silentTrace?.changes).toEqual([
      { atSeconds: 300, state: "OK" },
      { atSeconds: 1_800, state: "ALARM" },
    ]);
    expect(fullTrace?.changes).toEqual([
      { atSeconds: 300, state: "OK" },
      { atSeconds: 1_800, state: "INSUFFICIENT_DATA" },
    ]);
  });

  it("tell silence from the start only when the whole range lies in the rehearsal", () => {
    const [, , silentTrace] = evaluated([], 20);
    expect(silentTrace?.changes).toEqual([{ atSeconds: 900, state: "ALARM" }]);
  });

  it("say why they cannot be evaluated where they use what this rehearsal does not know", () => {
    const odd = resource(metricAlarm, { ...full.inputs, name: "odd", thresholdMetricId: "m" });
    const trace = evaluated([line(0, 1)], 5, [odd]).find(({ name }) => name === "odd");
    expect(trace).not.toHaveProperty("state");
    expect(trace?.problem).toContain("thresholdMetricId");
  });

  it("are left out over metrics of AWS, which nothing in a rehearsal publishes", () => {
    const lag = resource(metricAlarm, { ...full.inputs, name: "lag", namespace: "AWS/RDS" });
    const over = resource(compositeAlarm, { alarmName: "over", alarmRule: 'ALARM("lag")' });
    const names = evaluated([line(0, 1)], 5, [lag, over]).map(({ name }) => name);
    expect(names).toEqual(["any", "full", "silent"]);
  });
});
