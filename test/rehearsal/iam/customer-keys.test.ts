import { describe, expect, it } from "vitest";
import { customerKeysOf } from "../../../runtime/rehearsal/iam/index.js";
import { registered } from "./registered.js";

const key = "arn:aws:kms:eu-west-1:111111111111:key/1";
const arn = "arn:aws:dynamodb:eu-west-1:111111111111:table/t";
const table = "aws:dynamodb/table:Table";
const machine = "aws:sfn/stateMachine:StateMachine";
const topic = "aws:sns/topic:Topic";

describe("keys of the customer", () => {
  it.each([
    ["a table", table, { serverSideEncryption: { enabled: true, kmsKeyArn: key } }],
    ["a topic", topic, { kmsMasterKeyId: key }],
    ["a topic, by an alias", topic, { kmsMasterKeyId: "alias/shop" }],
    ["a state machine", machine, { encryptionConfiguration: { kmsKeyId: key } }],
  ])("leave the rights to %s undecided", (_, type, inputs) => {
    const keys = customerKeysOf([registered(type, "r", inputs, { arn })]);
    expect(keys.undecided({ resources: ["*", arn] })).toMatch(
      /^arn:aws:dynamodb\S+ is encrypted with ".+", and the rehearsal does not decide who may use a key of the customer$/,
    );
    expect(keys.undecided({ resources: [`${arn}/index/by-lane`] })).toContain("/index/by-lane is");
    expect(keys.undecided({ resources: [`${arn}2`] })).toBeUndefined();
  });

  it.each([
    ["AWS's own key", table, { serverSideEncryption: { enabled: true } }],
    ["an alias of AWS", topic, { kmsMasterKeyId: "alias/aws/sns" }],
    [
      "the ARN of an alias of AWS",
      table,
      {
        serverSideEncryption: {
          kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:alias/aws/dynamodb",
        },
      },
    ],
    ["no key", topic, { kmsMasterKeyId: "" }],
    ["a key that the service uses by itself", "aws:lambda/function:Function", { kmsKeyArn: key }],
  ])("are none where there is %s", (_, type, inputs) => {
    const keys = customerKeysOf([registered(type, "r", inputs, { arn })]);
    expect(keys.undecided({ resources: [arn] })).toBeUndefined();
  });
});
