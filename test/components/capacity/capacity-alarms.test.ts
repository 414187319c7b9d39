import * as aws from "@pulumi/aws";
import { beforeAll, describe, expect, test } from "vitest";
import { estateAlarm } from "../../../components/capacity/estate-alarms.js";
import {
  CapacityAlarms,
  type CapacityAlarmsArgs,
  capacityNames,
} from "../../../components/index.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const topic = "arn:aws:sns:us-east-1:777788889999:dr-sample-alarms";

const args: CapacityAlarmsArgs = {
  environment: "sample",
  account: "777788889999",
  homeRegion: "us-east-1",
  lanes: [
    { account: "111111111111", region: "us-east-1" },
    { account: "222222222222", region: "us-west-2" },
  ],
  alarmTopicArn: topic,
};

function alarms(changes: Partial<CapacityAlarmsArgs> = {}) {
  return () => new CapacityAlarms("capacity", { ...args, ...changes });
}

const metricAlarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const compositeAlarm = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

describe("capacity alarms", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(alarms());
  });
  const inputsOf = (kind: string) =>
    run.one(metricAlarm, `capacity-${kind}-111111111111-us-east-1`).inputs;

  test("register what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/capacity-alarms.txt");
  });

  test("register at preview what they register at update", async () => {
    const preview = await runProgram(alarms(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeat their contract in their outputs", () => {
    const [component] = run.of("aws-dr:capacity:CapacityAlarms");
    expect(component?.inputs).toEqual({
      environment: "sample",
      account: "777788889999",
      homeRegion: "us-east-1",
      lanes: ["111111111111/us-east-1", "222222222222/us-west-2"],
      warnAtServers: 250,
      criticalAtServers: 280,
      busyAtPercent: 90,
      publishEveryMinutes: 5,
    });
    const arn = (kind: string) =>
      `arn:aws:cloudwatch:us-east-1:777788889999:alarm:dr-sample-capacity-${kind}`;
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      estateAlarmArns: {
        warning: arn("warning"),
        critical: arn("critical"),
        busy: arn("busy"),
        silent: arn("silent"),
      },
    });
  });

  test("stand in the hub's Region, where the metrics are, whatever Region the lane is in", () => {
    const regions = [...run.of(metricAlarm), ...run.of(compositeAlarm)].map(
      ({ inputs }) => inputs.region,
    );
    expect(new Set(regions)).toEqual(new Set(["us-east-1"]));
  });

  test("take no data for neither fine nor full, and for what it is: silence", () => {
    expect(inputsOf("warning").treatMissingData).toBe("missing");
    expect(inputsOf("critical").treatMissingData).toBe("missing");
    expect(inputsOf("silent")).toMatchObject({
      statistic: "SampleCount",
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
    });
  });

  test("notify by the lane that they name; of silence once for all lanes", () => {
    const actions = (kind: string) => inputsOf(kind).alarmActions ?? [];
    expect(["warning", "critical", "busy", "silent"].map(actions)).toEqual([
      [topic],
      [topic],
      [topic],
      [],
    ]);
    const ofEstate = (kind: string) =>
      run.one(compositeAlarm, `capacity-${kind}`).inputs.alarmActions ?? [];
    expect(["warning", "critical", "busy", "silent"].map(ofEstate)).toEqual([[], [], [], [topic]]);
  });

  test("measure by the period in which the publisher counts", async () => {
    const rare = await runProgram(alarms({ publishEveryMinutes: 15 }));
    const periods = rare.of(metricAlarm).map(({ inputs }) => {
      const [, query] = (inputs.metricQueries ?? []) as readonly { metric?: { period: number } }[];
      return inputs.period ?? query?.metric?.period;
    });
    expect(new Set(periods)).toEqual(new Set([900]));
  });

  test("hand each lane's arguments to the transform last", async () => {
    const quiet = await runProgram(
      alarms({ transformAlarm: (given) => ({ ...given, actionsEnabled: false }) }),
    );
    expect(quiet.of(metricAlarm).every(({ inputs }) => inputs.actionsEnabled === false)).toBe(true);
  });
});

describe("the alarm of an estate", () => {
  test("of more lanes than a composite may name joins them in parts", async () => {
    const names = capacityNames(args);
    const run = await runProgram(() => {
      const children = ["us-east-1", "us-east-2", "us-west-2"].map((region) => {
        const named = names.laneAlarm("critical", { account: "111111111111", region });
        const alarmArgs = { name: named.name, comparisonOperator: "x", evaluationPeriods: 1 };
        return { named, alarm: new aws.cloudwatch.MetricAlarm(region, alarmArgs) };
      });
      const settings = { region: "us-east-1", names, kind: "critical", description: "" } as const;
      estateAlarm("estate", { ...settings, children, actions: [topic], maxChildren: 2 }, {});
    });
    const told = run
      .of(compositeAlarm)
      .map(({ inputs }) => [inputs.alarmName, inputs.alarmRule, inputs.alarmActions]);
    const alarm = (suffix: string) => `ALARM("dr-sample-capacity-critical-${suffix}")`;
    expect(told).toEqual([
      ["dr-sample-capacity-critical", `${alarm("part-1")} OR ${alarm("part-2")}`, [topic]],
      [
        "dr-sample-capacity-critical-part-1",
        `${alarm("111111111111-us-east-1")} OR ${alarm("111111111111-us-east-2")}`,
        [],
      ],
      ["dr-sample-capacity-critical-part-2", alarm("111111111111-us-west-2"), []],
    ]);
  });
});

describe("capacity alarms refuse, before they create anything,", () => {
  test.each<[string, Partial<CapacityAlarmsArgs>, readonly string[]]>([
    [
      "names and numbers that break their rules",
      {
        environment: "",
        account: "1",
        warnAtServers: 301,
        criticalAtServers: 0,
        busyAtPercent: 101,
        publishEveryMinutes: 0,
      },
      [
        'environment must be 1 to 40 lower-case letters, digits and hyphens, beginning with a letter, got "".',
        'account must be 12 digits, got "1".',
        "warnAtServers must be 1 to 300 replicating servers in a lane, got 301.",
        "criticalAtServers must be 1 to 300 replicating servers in a lane, got 0.",
        "criticalAtServers must be above warnAtServers (301), got 0. Warn earlier.",
        "busyAtPercent must be 1 to 100 percent of the lane's quota, got 101.",
        "publishEveryMinutes must be 1 to 60 minutes between two counts, got 0.",
      ],
    ],
    [
      "an estate without lanes",
      { lanes: [] },
      ["lanes must name at least one lane, got none. Name those that are counted."],
    ],
    [
      "a lane named twice",
      { lanes: [...args.lanes, { account: "111111111111", region: "us-east-1" }] },
      ['lanes must name each lane once, got "111111111111/us-east-1" again. Join the two.'],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(alarms(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });
});
