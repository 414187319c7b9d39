import { beforeAll, describe, expect, test } from "vitest";
import { CellTopics, type CellTopicsArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const keyOf = (region: string) => `arn:aws:kms:${region}:111122223333:key/1`;
const args: CellTopicsArgs = {
  cell: orders,
  keyArns: { "us-east-1": keyOf("us-east-1"), "us-west-2": keyOf("us-west-2") },
  emails: ["on-call@shop.example"],
};

function topics(changes: Partial<CellTopicsArgs> = {}) {
  return () => new CellTopics("topics", { ...args, ...changes });
}

describe("a cell's topics", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(topics());
  });

  test("register what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/cell-topics.txt");
  });

  test("register at preview what they register at update", async () => {
    const preview = await runProgram(topics(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeat their contract in their outputs", () => {
    const [component] = run.of("aws-dr:watching:CellTopics");
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      topicArns: {
        "us-east-1": "arn:aws:sns:us-east-1:111122223333:shop-orders-alarms",
        "us-west-2": "arn:aws:sns:us-west-2:111122223333:shop-orders-alarms",
      },
    });
  });

  test("let the account's alarms publish, and no other service", () => {
    const { inputs } = run.one("aws:sns/topicPolicy:TopicPolicy", "topics-policy-us-west-2");
    expect(JSON.parse(String(inputs.policy)).Statement).toEqual([
      {
        Sid: "AlarmsPublish",
        Effect: "Allow",
        Principal: { Service: ["cloudwatch.amazonaws.com"] },
        Action: ["sns:Publish"],
        Resource: ["arn:aws:sns:us-west-2:111122223333:shop-orders-alarms"],
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
    ]);
  });

  test("are refused without a key of each Region, before anything is created", async () => {
    const keyArns = { "us-east-1": keyOf("us-west-2") };
    const { message, children } = await refusalOf(topics({ keyArns }));
    expect(message?.split("\n")).toEqual([
      'keyArns["us-east-1"] must be the ARN of a key in that Region, got "arn:aws:kms:us-west-2:111122223333:key/1". A service encrypts with keys of its own Region.',
      'keyArns["us-west-2"] must be the ARN of a customer key, got us-east-1. Take keyArns of a CellKey.',
    ]);
    expect(children).toEqual([]);
  });
});
