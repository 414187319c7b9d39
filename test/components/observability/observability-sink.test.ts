import { beforeAll, describe, expect, test } from "vitest";
import { ObservabilitySink, type ObservabilitySinkArgs } from "../../../components/index.js";
import { documentOf, policyLines, policyProblems } from "../../support/policy-checks.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const args: ObservabilitySinkArgs = {
  environment: "sample",
  account: "777788889999",
  region: "us-east-1",
  homeRegion: "us-east-1",
  sourceAccounts: ["111122223333", "444455556666"],
};

const query = "aws:cloudwatch/queryDefinition:QueryDefinition";

function sink(changes: Partial<ObservabilitySinkArgs> = {}) {
  return () => new ObservabilitySink("observability", { ...args, ...changes });
}

describe("the sink of an environment", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(sink());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/observability-sink.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(sink(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs, and names the log of events before it is there", () => {
    const [component] = run.of("aws-dr:observability:ObservabilitySink");
    expect(component?.inputs).toMatchObject({
      region: "us-east-1",
      sourceAccounts: ["111122223333", "444455556666"],
      shares: ["metrics", "logs"],
    });
    expect(component?.outputs).toMatchObject({
      ...component?.inputs,
      eventLogArn: "arn:aws:logs:us-east-1:777788889999:log-group:/aws/events/dr-sample",
    });
  });

  test("lets the named accounts link, and share no more than is asked for", async () => {
    const name = "observability-sink-policy";
    const document = documentOf(run, "aws:oam/sinkPolicy:SinkPolicy", name);
    expect(policyLines(document)).toEqual([
      'AccountsLink: Allow 111122223333 444455556666 oam:CreateLink oam:UpdateLink on * when {"ForAllValues:StringEquals":{"oam:ResourceTypes":["AWS::CloudWatch::Metric","AWS::Logs::LogGroup"]}}',
    ]);
    const traced = await runProgram(sink({ shares: ["traces"] }));
    expect(policyLines(documentOf(traced, "aws:oam/sinkPolicy:SinkPolicy", name))[0]).toContain(
      '["AWS::XRay::Trace"]',
    );
  });

  test("lets its own rules alone write into its log", async () => {
    const { inputs } = run.one(
      "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
      "observability-events-policy",
    );
    const document = JSON.parse(String(inputs.policyDocument));
    expect(policyLines(document)).toEqual([
      "EventsMakeStreams: Allow events.amazonaws.com delivery.logs.amazonaws.com logs:CreateLogStream on arn:aws:logs:us-east-1:777788889999:log-group:/aws/events/dr-sample:*",
      'EventsWrite: Allow events.amazonaws.com delivery.logs.amazonaws.com logs:PutLogEvents on arn:aws:logs:us-east-1:777788889999:log-group:/aws/events/dr-sample:* when {"ArnEquals":{"aws:SourceArn":["arn:aws:events:us-east-1:777788889999:rule/dr-sample-drs-events","arn:aws:events:us-east-1:777788889999:rule/dr-sample-denied-calls"]}}',
    ]);
    expect(await policyProblems("events", document)).toEqual([]);
  });

  test("hears of reading calls that were denied, too", () => {
    const { inputs } = run.one("aws:cloudwatch/eventRule:EventRule", "observability-denied-rule");
    expect(inputs.state).toBe("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
    expect(JSON.parse(String(inputs.eventPattern))).toEqual({
      "detail-type": ["AWS API Call via CloudTrail"],
      detail: {
        errorCode: [{ prefix: "AccessDenied" }, { suffix: "UnauthorizedOperation" }],
        userIdentity: {
          sessionContext: { sessionIssuer: { userName: [{ prefix: "dr-sample-" }] } },
        },
      },
    });
  });

  test("asks the hub's logs only where they are", async () => {
    const names = (of: MockRun) => of.of(query).map(({ inputs }) => inputs.name);
    expect(names(run)).toEqual([
      "dr-sample/denied-calls",
      "dr-sample/drs-events",
      "dr-sample/errors-of-the-hub",
      "dr-sample/execution-by-id",
    ]);
    const elsewhere = await runProgram(sink({ region: "us-west-2" }));
    expect(names(elsewhere)).toEqual(["dr-sample/denied-calls", "dr-sample/drs-events"]);
  });

  test("takes a key of the customer's in the place of its own", async () => {
    const keyArn = "arn:aws:kms:us-east-1:777788889999:key/11111111-1111-4111-8111-111111111111";
    const keyed = await runProgram(sink({ keyArn }));
    expect(keyed.of("aws:kms/key:Key")).toEqual([]);
    const [group] = keyed.of("aws:cloudwatch/logGroup:LogGroup");
    expect(group?.inputs.kmsKeyId).toBe(keyArn);
    expect(run.of("aws:kms/key:Key")).toHaveLength(1);
  });

  test("hands the log group's arguments to the transform last", async () => {
    const classed = await runProgram(
      sink({ transformLogGroup: (given) => ({ ...given, logGroupClass: "INFREQUENT_ACCESS" }) }),
    );
    const [group] = classed.of("aws:cloudwatch/logGroup:LogGroup");
    expect(group?.inputs.logGroupClass).toBe("INFREQUENT_ACCESS");
  });
});

describe("the sink of an environment refuses, before it creates anything,", () => {
  test.each<[string, Partial<ObservabilitySinkArgs>, readonly string[]]>([
    [
      "names and numbers that are none",
      { environment: "Sample", account: "1", sourceAccounts: ["2"] },
      [
        'environment must be 1 to 40 lower-case letters, digits and hyphens, beginning with a letter, got "Sample".',
        'account must be 12 digits, got "1".',
        'sourceAccounts[0] must be 12 digits, got "2".',
      ],
    ],
    [
      "nobody, itself, and the same account twice",
      { sourceAccounts: [], shares: [] },
      [
        'sourceAccounts must be other accounts than "777788889999", each once, got none. An account sees what is its own without a link.',
        "shares must be some of metrics, logs, traces, each once, got none. Name what is shared.",
      ],
    ],
    [
      "itself",
      { sourceAccounts: ["777788889999"], shares: ["logs", "logs"] },
      [
        'sourceAccounts must be other accounts than "777788889999", each once, got "777788889999". An account sees what is its own without a link.',
        'shares must be some of metrics, logs, traces, each once, got "logs", "logs". Name what is shared.',
      ],
    ],
    [
      "a retention that CloudWatch Logs does not know",
      { logRetentionDays: 100 },
      [
        "logRetentionDays must be a period that CloudWatch Logs knows (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days), got 100. Take 120, the next longer one.",
      ],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(sink(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });
});
