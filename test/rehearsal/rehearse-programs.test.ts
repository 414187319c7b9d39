import { beforeAll, describe, expect, it } from "vitest";
import { laneKey } from "../../runtime/core/lane.js";
import { type RehearsalSettings, rehearse } from "../../runtime/rehearsal/rehearse.js";
import { registered } from "./iam/registered.js";
import { changed, example } from "./rehearsed-example.js";

let six: RehearsalSettings;

beforeAll(async () => {
  six = { ...(await example("six-servers")), options: { inThisThread: true } };
});

describe("a rehearsal of servers that are extended from a staging account", () => {
  it("recovers them like others, and takes their conversions there for no job of its own", async () => {
    const region = "us-east-1";
    const staging = { account: "111122223333", region };
    const fleet = (six.fleet ?? []).flatMap((server, index) => {
      const id = `s-${String(index).padStart(17, "0")}`;
      const staged = { ...server, server: id, lane: staging };
      return [staged, { ...server, extends: { lane: laneKey(staging), server: id } }];
    });
    const lanes = [staging, { account: "555566667777", region }].map(laneKey);
    const drs = {
      initialisedLanes: lanes,
      stagingTrusts: [{ staging: staging.account, target: "555566667777" }],
    };
    let conversions = 0;
    const document = await rehearse({
      ...six,
      fleet,
      options: { ...six.options, drs },
      onWorld: ({ drs: emulated }) =>
        emulated.onEvent((event) => {
          if (event.type === "job-started" && event.lane === laneKey(staging)) conversions += 1;
        }),
    });
    expect(document).toMatchObject({
      outcome: "recovered",
      brokenInvariants: [],
      jobs: 3,
      servers: { total: 6, launched: 6, terminated: 6 },
    });
    expect(conversions).toBe(3);
  });
});

describe("a program that deploys more than a hub", () => {
  /** A function, a machine, a topic and a schedule with what a rehearsal cannot decide or run. */
  const others = ["lambda", "states", "scheduler"].map((service) => ({
    service,
    arn: `arn:aws:iam::777788889999:role/shop-${service}`,
  }));
  const shop = [
    ...others.map(({ service, arn }) =>
      registered(
        "aws:iam/role:Role",
        `shop-${service}`,
        {
          name: `shop-${service}`,
          managedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"],
          assumeRolePolicy: JSON.stringify({
            Version: "2012-10-17",
            Statement: {
              Effect: "Allow",
              Action: "sts:AssumeRole",
              Principal: { Service: `${service}.amazonaws.com` },
              Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
            },
          }),
        },
        { arn },
        "777788889999",
      ),
    ),
    registered(
      "aws:lambda/function:Function",
      "shop",
      { name: "shop", role: others[0]?.arn, runtime: "python3.13" },
      { arn: "arn:aws:lambda:us-east-1:777788889999:function:shop" },
    ),
    registered(
      "aws:sfn/stateMachine:StateMachine",
      "shop",
      {
        definition: JSON.stringify({
          StartAt: "A",
          States: { A: { Type: "Pass", ResultPath: "$.a", End: true } },
        }),
        roleArn: others[1]?.arn,
      },
      { arn: "arn:aws:states:us-east-1:777788889999:stateMachine:shop" },
    ),
    registered(
      "aws:scheduler/schedule:Schedule",
      "shop",
      {
        target: {
          arn: "arn:aws:lambda:us-east-1:777788889999:function:shop",
          roleArn: others[2]?.arn,
        },
      },
      { arn: "arn:aws:scheduler:us-east-1:777788889999:schedule/default/shop" },
    ),
    registered(
      "aws:sns/topic:Topic",
      "shop",
      { kmsMasterKeyId: "alias/shop", policy: "{" },
      { arn: "arn:aws:sns:us-east-1:777788889999:shop" },
    ),
  ];

  it("is rehearsed as if the hub were alone", async () => {
    const document = await rehearse({ ...six, resources: [...six.resources, ...shop] });
    const alone = await rehearse(six);
    expect({ ...document, wallSeconds: 0 }).toEqual({ ...alone, wallSeconds: 0 });
  });
});

describe("a program with rights that are not decided", () => {
  it("fails when a table lies under a key of the customer, and names both", async () => {
    const keyArn = "arn:aws:kms:us-east-1:777788889999:key/1";
    const document = await rehearse(
      changed(six, ({ inputs }) =>
        inputs.name === "dr-six-servers-executions"
          ? { serverSideEncryption: { enabled: true, kmsKeyArn: keyArn } }
          : undefined,
      ),
    );
    expect(document.outcome).toBe("failed");
    expect(document.cause).toMatch(
      /^IAM denied dynamodb:\w+ on (\S+:table\/dr-six-servers-executions) to \S+: \1 is encrypted with "arn:aws:kms:us-east-1:777788889999:key\/1", and the rehearsal does not decide/,
    );
  });

  it("is refused when a role that it takes cannot be read", async () => {
    const attachment = registered(
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      "basic",
      {
        role: "dr-six-servers-spoke-recovery",
        policyArn: "arn:aws:iam::aws:policy/AmazonEC2FullAccess",
      },
      {},
      "555566667777",
    );
    const resources = [...six.resources, attachment];
    await expect(rehearse({ ...six, resources })).rejects.toThrow(
      "basic.policyArn must be the ARN of a policy that the program registers",
    );
  });
});
