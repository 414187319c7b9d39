import { beforeAll, describe, expect, test } from "vitest";
import { RegionalQueue, type RegionalQueueArgs } from "../../../components/index.js";
import { keyArns, orders, topicArns } from "../../support/cells.js";
import { documentOf, policyLines, policyProblems } from "../../support/policy-checks.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const consumerArns = {
  "us-east-1": "arn:aws:lambda:us-east-1:111122223333:function:bill",
  "us-west-2": "arn:aws:lambda:us-west-2:111122223333:function:bill",
};
const args: RegionalQueueArgs = {
  cell: orders,
  name: "invoices",
  keyArns,
  topicArns,
  pattern: "fan-out",
  onRecovery: "quarantine",
  consumerArns,
};
const mappingType = "aws:lambda/eventSourceMapping:EventSourceMapping";

function queue(changes: Partial<RegionalQueueArgs> = {}) {
  return () => new RegionalQueue("invoices", { ...args, ...changes });
}

describe("a Regional queue", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(queue());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/regional-queue.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(queue(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs, with what a lost Region costs", () => {
    const [component] = run.of("aws-dr:data:RegionalQueue");
    expect(component?.inputs).toEqual({
      environment: "shop",
      cell: "orders",
      account: "111122223333",
      residency: "us",
      primaryRegion: "us-east-1",
      recoveryRegion: "us-west-2",
      name: "invoices",
      mechanism: "queue-fan-out",
      pattern: "fan-out",
      onRecovery: "quarantine",
      declaredLoss:
        "Messages that the lost Region's topic had not yet delivered to the other are missing until it is back. " +
        "When it is back, what lies in its queue is held until somebody has looked at it.",
      messageRetentionDays: 14,
      visibilitySeconds: 360,
      maxReceives: 5,
      warnAtMessageAgeSeconds: 300,
      hasConsumers: true,
      keepData: true,
    });
    expect(component?.outputs).toMatchObject({
      ...component?.inputs,
      queueArns: {
        "us-east-1": "arn:aws:sqs:us-east-1:111122223333:shop-orders-invoices",
        "us-west-2": "arn:aws:sqs:us-west-2:111122223333:shop-orders-invoices",
      },
      publishArns: {
        "us-east-1": "arn:aws:sns:us-east-1:111122223333:shop-orders-invoices",
        "us-west-2": "arn:aws:sns:us-west-2:111122223333:shop-orders-invoices",
      },
    });
  });

  test("is consumed in the primary Region alone, until a failover turns that over", () => {
    const mappings = run.of(mappingType);
    const seen = mappings.map(({ inputs, ignoreChanges }) => [
      inputs.region,
      inputs.enabled,
      ignoreChanges,
    ]);
    expect(seen).toEqual([
      ["us-east-1", true, ["enabled"]],
      ["us-west-2", false, ["enabled"]],
    ]);
  });

  test("delivers from each Region's topic to the queues of both", () => {
    const subscriptions = run.of("aws:sns/topicSubscription:TopicSubscription");
    expect(subscriptions.map(({ inputs }) => `${inputs.topic} ${inputs.endpoint}`)).toEqual(
      ["us-east-1", "us-west-2"].flatMap((from) =>
        ["us-east-1", "us-west-2"].map(
          (to) =>
            `arn:aws:sns:${from}:111122223333:shop-orders-invoices arn:aws:sqs:${to}:111122223333:shop-orders-invoices`,
        ),
      ),
    );
  });

  test("takes messages of its two topics over TLS, and of nobody else", async () => {
    const policy = documentOf(run, "aws:sqs/queuePolicy:QueuePolicy", "invoices-policy-us-west-2");
    const there = "arn:aws:sqs:us-west-2:111122223333:shop-orders-invoices";
    const topics =
      '["arn:aws:sns:us-east-1:111122223333:shop-orders-invoices","arn:aws:sns:us-west-2:111122223333:shop-orders-invoices"]';
    expect(policyLines(policy)).toEqual([
      `DenyWithoutTls: Deny everybody sqs:* on ${there} when {"Bool":{"aws:SecureTransport":"false"}}`,
      `TopicsDeliver: Allow sns.amazonaws.com sqs:SendMessage on ${there} when {"StringEquals":{"aws:SourceAccount":"111122223333"},"ArnEquals":{"aws:SourceArn":${topics}}}`,
    ]);
    const topic = documentOf(
      run,
      "aws:sns/topicPolicy:TopicPolicy",
      "invoices-topic-policy-us-east-1",
    );
    const here = "arn:aws:sns:us-east-1:111122223333:shop-orders-invoices";
    expect(policyLines(topic)).toEqual([
      `DenyWithoutTls: Deny everybody sns:Publish on ${here} when {"Bool":{"aws:SecureTransport":"false"}}`,
      `OwnAccountPublishes: Allow 111122223333 sns:Publish on ${here}`,
    ]);
    expect(await policyProblems("queue", policy)).toEqual([]);
    expect(await policyProblems("topic", topic)).toEqual([]);
  });

  test("of an outbox has no topics, and its age counts in both Regions", async () => {
    const { consumerArns: _, ...polled } = args;
    const outbox = await runProgram(
      () => new RegionalQueue("invoices", { ...polled, pattern: "outbox", onRecovery: "purge" }),
    );
    expect(outbox.of("aws:sns/topic:Topic")).toEqual([]);
    expect(outbox.of(mappingType)).toEqual([]);
    const policy = documentOf(
      outbox,
      "aws:sqs/queuePolicy:QueuePolicy",
      "invoices-policy-us-east-1",
    );
    expect(policyLines(policy)).toHaveLength(1);
    const age = outbox.one("aws:cloudwatch/metricAlarm:MetricAlarm", "invoices-waiting-us-west-2");
    expect(age.inputs.metricName).toBe("ApproximateAgeOfOldestMessage");
    const [component] = outbox.of("aws-dr:data:RegionalQueue");
    expect(component?.outputs).toMatchObject({
      mechanism: "queue-outbox",
      hasConsumers: false,
      publishArns: {},
    });
  });

  test("of a fan-out lets messages wait in the recovery Region as long as nobody asks for them", () => {
    const alarm = (region: string) =>
      run.one("aws:cloudwatch/metricAlarm:MetricAlarm", `invoices-waiting-${region}`).inputs;
    expect(alarm("us-east-1").metricName).toBe("ApproximateAgeOfOldestMessage");
    const queries: readonly { readonly expression?: string }[] = Object(
      alarm("us-west-2").metricQueries,
    );
    expect(queries.map(({ expression }) => expression).filter(Boolean)).toEqual([
      "IF(FILL(received, 0) + FILL(empty, 0) > 0, age, 0)",
    ]);
  });

  test("can be removed when nothing need be kept", async () => {
    const passing = await runProgram(queue({ keepData: false }));
    expect(new Set(passing.of("aws:sqs/queue:Queue").map(({ protect }) => protect))).toEqual(
      new Set([false]),
    );
  });

  test("hands arguments to the transforms last", async () => {
    const changed = await runProgram(
      queue({
        transformQueue: (given) => ({ ...given, delaySeconds: 1 }),
        transformMapping: (given) => ({ ...given, batchSize: 1 }),
        transformAlarm: (given) => ({ ...given, evaluationPeriods: 9 }),
      }),
    );
    const values = (type: string, input: string) =>
      new Set(changed.of(type).map(({ inputs }) => inputs[input]));
    expect(values("aws:sqs/queue:Queue", "delaySeconds")).toEqual(new Set([1]));
    expect(values(mappingType, "batchSize")).toEqual(new Set([1]));
    const alarms = values("aws:cloudwatch/metricAlarm:MetricAlarm", "evaluationPeriods");
    expect(alarms).toEqual(new Set([9]));
  });
});

describe("a Regional queue refuses, before it creates anything,", () => {
  test.each<[string, Partial<RegionalQueueArgs>, readonly string[]]>([
    [
      "numbers that break their rules",
      {
        messageRetentionDays: 15,
        visibilitySeconds: 43_201,
        maxReceives: 0,
        warnAtMessageAgeSeconds: 59,
      },
      [
        "messageRetentionDays must be 1 to 14 days from its arrival, got 15.",
        "visibilitySeconds must be 0 to 43200 seconds from its receipt, got 43201.",
        "maxReceives must be 1 to 1000 receipts of one message, got 0.",
        "warnAtMessageAgeSeconds must be 60 to 1209600 seconds since its arrival, got 59.",
      ],
    ],
    [
      "a pattern and a recovery that nobody has chosen",
      { pattern: "mirror" as "outbox", onRecovery: undefined as unknown as "purge" },
      [
        'pattern must be one of outbox, fan-out, got "mirror". Choose what a lost Region may cost.',
        "onRecovery must be one of purge, quarantine, reprocess, got none. Choose what a lost Region may cost.",
      ],
    ],
    [
      "consumers of one Region alone, or of another",
      { consumerArns: { "us-east-1": consumerArns["us-west-2"] } },
      [
        `consumerArns["us-east-1"] must be a function of that Region, got "${consumerArns["us-west-2"]}". A queue is consumed in its own Region.`,
        'consumerArns["us-west-2"] must be given if the other Region has a consumer, got none. Add it.',
      ],
    ],
    [
      "names that grow too long",
      {
        name: "invoices-of-everything-that-was-ordered",
        cell: { ...orders, name: "orders-of-the-whole-world" },
      },
      [
        'name must give queue names of up to 80 characters, got "shop-orders-of-the-whole-world-invoices-of-everything-that-was-ordered-dead-letters" with 83. Take a shorter one.',
      ],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(queue(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });

  test("a fan-out with a Region that accounts opt into", async () => {
    const cell = {
      ...orders,
      residency: "eu",
      regions: { primary: "eu-west-1", recovery: "eu-south-1" },
    } as const;
    const key = (region: string) => `arn:aws:kms:${region}:111122223333:key/1`;
    const { message } = await refusalOf(
      () =>
        new RegionalQueue("invoices", {
          cell,
          name: "invoices",
          keyArns: { "eu-west-1": key("eu-west-1"), "eu-south-1": key("eu-south-1") },
          pattern: "fan-out",
          onRecovery: "reprocess",
        }),
    );
    expect(message).toBe(
      'pattern must be outbox in a Region that an account opts into, got "fan-out" with "eu-south-1". SNS delivers there under other rules.',
    );
  });
});
