import { describe, expect, it } from "vitest";
import { resourcePoliciesOf } from "../../../runtime/rehearsal/iam/index.js";
import { registered } from "./registered.js";

const topic = "arn:aws:sns:eu-west-1:111111111111:dr-shop";
const fn = "arn:aws:lambda:eu-west-1:111111111111:function:dr-shop-execution";
const hostedFunction = registered(
  "aws:lambda/function:Function",
  "execution",
  { name: "dr-shop-execution" },
  { arn: fn },
);

function policy(action: string): string {
  const statement = { Effect: "Allow", Principal: "*", Action: action, Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: statement });
}

function permission(inputs: object) {
  return registered("aws:lambda/permission:Permission", "permit", {
    action: "lambda:InvokeFunction",
    function: "dr-shop-execution",
    principal: "scheduler.amazonaws.com",
    ...inputs,
  });
}

describe("policies of resources", () => {
  it("are those that a topic carries and those that are put on it", () => {
    const policies = resourcePoliciesOf([
      registered("aws:sns/topic:Topic", "t", { policy: policy("sns:Publish") }, { arn: topic }),
      registered("aws:sns/topicPolicy:TopicPolicy", "p", {
        arn: topic,
        policy: policy("sns:Subscribe"),
      }),
    ]);
    const actions = policies
      .get(topic)
      .flatMap(({ Statement }) => Statement.map(({ Action }) => Action));
    expect(actions).toEqual([["sns:Publish"], ["sns:Subscribe"]]);
    expect(policies.get(`${topic}-2`)).toEqual([]);
  });

  it("are those of a table, by the ARN that they name", () => {
    const resourceArn = "arn:aws:dynamodb:eu-west-1:111111111111:table/t";
    const one = { resourceArn, policy: policy("dynamodb:GetItem") };
    const policies = resourcePoliciesOf([
      registered("aws:dynamodb/resourcePolicy:ResourcePolicy", "p", one),
    ]);
    expect(policies.get(resourceArn)).toHaveLength(1);
  });

  it.each([
    [
      "to a service, for what it acts for",
      { sourceArn: topic, sourceAccount: "111111111111", statementId: "Scheduled" },
      {
        Sid: "Scheduled",
        Principal: { Service: ["scheduler.amazonaws.com"] },
        Condition: {
          ArnLike: { "aws:SourceArn": [topic] },
          StringEquals: { "aws:SourceAccount": ["111111111111"] },
        },
      },
    ],
    ["to an account", { principal: "222222222222" }, { Principal: { AWS: ["222222222222"] } }],
    ["by the function's ARN", { principal: "*", function: fn }, { Principal: { AWS: ["*"] } }],
  ])("are the permissions of a function, %s", (_, inputs, statement) => {
    const policies = resourcePoliciesOf([hostedFunction, permission(inputs)]);
    expect(policies.get(fn)).toEqual([
      {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: [fn], ...statement },
        ],
      },
    ]);
  });

  it("do not reach the function of that name in another account", () => {
    const elsewhere = { ...hostedFunction, account: "222222222222" };
    expect(resourcePoliciesOf([elsewhere, permission({})]).get(fn)).toEqual([]);
  });

  it.each([
    [
      "a permission for whole organisations",
      permission({ principalOrgId: "o-1" }),
      fn,
      'permit.principalOrgId must be absent, got "o-1". The rehearsal cannot decide by it.',
    ],
    [
      "an operator that is not known",
      registered("aws:sns/topicPolicy:TopicPolicy", "p", {
        arn: topic,
        policy: policy("sns:Publish").replace(
          '"Effect"',
          '"Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}},"Effect"',
        ),
      }),
      topic,
      "p.policy.Statement[0].Condition.IpAddress must be a condition operator that the rehearsal decides",
    ],
    [
      "a principal that is left out",
      registered("aws:sns/topicPolicy:TopicPolicy", "p", {
        arn: topic,
        policy: policy("sns:Publish").replace('"Principal"', '"NotPrincipal"'),
      }),
      topic,
      "p.policy.Statement[0] must have only Sid, Effect, Principal,",
    ],
  ])("refuse %s, once somebody asks for them", (_, resource, arn, message) => {
    const policies = resourcePoliciesOf([hostedFunction, resource]);
    expect(policies.get(`${arn}-2`)).toEqual([]);
    expect(() => policies.get(arn)).toThrow(message);
  });
});
