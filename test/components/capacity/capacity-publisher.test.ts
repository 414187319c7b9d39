import { beforeAll, describe, expect, test } from "vitest";
import { CapacityPublisher, type CapacityPublisherArgs } from "../../../components/index.js";
import { bundles } from "../../../runtime/bundles.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  scratchBundles,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const bundlesFolder = scratchBundles();

function lane(account: string, region: string) {
  return { account, region, accountName: `account-${account}`, declaredServers: 10 };
}

const args: CapacityPublisherArgs = {
  environment: "sample",
  account: "777788889999",
  homeRegion: "us-east-1",
  lanes: [
    lane("111111111111", "us-east-1"),
    lane("111111111111", "us-west-2"),
    lane("222222222222", "us-west-2"),
  ],
  externalId: "sample-777788889999",
  bundlesFolder,
};

function publisher(changes: Partial<CapacityPublisherArgs> = {}) {
  return () => new CapacityPublisher("capacity", { ...args, ...changes });
}

const policy = "aws:iam/rolePolicy:RolePolicy";
const role = "aws:iam/role:Role";
const schedule = "aws:scheduler/schedule:Schedule";

function documentOf(run: MockRun, name: string) {
  return JSON.parse(String(run.one(policy, name).inputs.policy));
}

describe("a capacity publisher", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(publisher());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/capacity-publisher.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(publisher(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:capacity:CapacityPublisher");
    expect(component?.inputs).toEqual({
      environment: "sample",
      account: "777788889999",
      homeRegion: "us-east-1",
      lanes: 3,
      publishEveryMinutes: 5,
    });
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      functionArn: "arn:aws:lambda:us-east-1:777788889999:function:dr-sample-capacity-publisher",
      namespace: "DisasterRecovery/sample",
    });
  });

  test("gives the function exactly the variables that its bundle lists", () => {
    const [fn] = run.of("aws:lambda/function:Function");
    const { variables } = Object(fn?.inputs.environment);
    expect(Object.keys(variables).toSorted()).toEqual(
      [...bundles["capacity-publisher"].environment].toSorted(),
    );
    expect(variables.SPOKE_ROLE_NAME).toBe("dr-sample-spoke-read");
  });

  test("lets the function read the estate's lanes and take the read role of each account, and no more", () => {
    const { Statement } = documentOf(run, "capacity-function-policy");
    const [readEstate, takeRoles] = Statement;
    expect(readEstate).toMatchObject({
      Action: ["dynamodb:GetItem"],
      Resource: ["arn:aws:dynamodb:us-east-1:777788889999:table/dr-sample-executions"],
    });
    expect(takeRoles).toMatchObject({
      Action: ["sts:AssumeRole"],
      Resource: [
        "arn:aws:iam::111111111111:role/dr-sample-spoke-read",
        "arn:aws:iam::222222222222:role/dr-sample-spoke-read",
      ],
    });
    expect(Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual([
      "ReadEstate",
      "TakeSpokeRoles",
      "WriteOwnLog",
      "Trace",
    ]);
  });

  test("lets its own schedules alone call the function, and nothing else", () => {
    const trust = JSON.parse(
      String(run.one(role, "capacity-schedules-role").inputs.assumeRolePolicy),
    );
    expect(trust.Statement[0].Condition).toEqual({
      StringEquals: {
        "aws:SourceAccount": "777788889999",
        "aws:SourceArn":
          "arn:aws:scheduler:us-east-1:777788889999:schedule-group/dr-sample-capacity",
      },
    });
    expect(documentOf(run, "capacity-schedules-policy").Statement).toEqual([
      {
        Sid: "Publish",
        Effect: "Allow",
        Action: ["lambda:InvokeFunction"],
        Resource: ["arn:aws:lambda:us-east-1:777788889999:function:dr-sample-capacity-publisher"],
      },
    ]);
  });

  test.each([
    [1, "rate(1 minute)"],
    [5, "rate(5 minutes)"],
    [60, "rate(60 minutes)"],
  ])("counts every %i minutes as %s", async (publishEveryMinutes, expression) => {
    const counted = await runProgram(publisher({ publishEveryMinutes }));
    expect(counted.of(schedule)[0]?.inputs.scheduleExpression).toBe(expression);
  });
});

describe("a capacity publisher refuses, before it creates anything,", () => {
  test.each<[string, Partial<CapacityPublisherArgs>, readonly string[]]>([
    [
      "values that break their rules",
      { environment: "Sample", account: "1", publishEveryMinutes: 0 },
      [
        'environment must be 1 to 40 lower-case letters, digits and hyphens, beginning with a letter, got "Sample".',
        'account must be 12 digits, got "1".',
        "publishEveryMinutes must be 1 to 60 minutes between two counts, got 0.",
      ],
    ],
    [
      "an estate without lanes",
      { lanes: [] },
      ["lanes must name at least one lane, got none. Add the lanes of every spoke."],
    ],
    [
      "a count that is too rare",
      { publishEveryMinutes: 61 },
      ["publishEveryMinutes must be 1 to 60 minutes between two counts, got 61."],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(publisher(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });

  test("a function that has not been built", async () => {
    const { message, children } = await refusalOf(publisher({ bundlesFolder: "/nowhere" }));
    expect(message).toBe(
      'The code of function "capacity-publisher" must be built before it is deployed, got no file at "/nowhere/capacity-publisher/index.mjs". Run "npm run build".',
    );
    expect(children).toEqual([]);
  });
});
