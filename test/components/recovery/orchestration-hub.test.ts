import { beforeAll, describe, expect, test } from "vitest";
import { OrchestrationHub, type OrchestrationHubArgs } from "../../../components/index.js";
import { type HubFunctionName, hubBundles } from "../../../runtime/bundles.js";
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

const args: OrchestrationHubArgs = {
  environment: "sample",
  account: "777788889999",
  homeRegion: "us-east-1",
  standbyRegion: "us-west-2",
  lanes: [lane("111111111111", "us-east-1"), lane("222222222222", "us-west-2")],
  externalId: "sample-777788889999",
  notify: ["dr@example.com"],
  bundlesFolder,
};

function hub(changes: Partial<OrchestrationHubArgs> = {}) {
  return () => new OrchestrationHub("hub", { ...args, ...changes });
}

const table = "aws:dynamodb/table:Table";
const lambda = "aws:lambda/function:Function";

describe("an orchestration hub", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(hub());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/orchestration-hub.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(hub(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs, with names and ARNs that are known at preview", async () => {
    const preview = await runProgram(hub(), { preview: true });
    const [component] = preview.of("aws-dr:recovery:OrchestrationHub");
    expect(component?.inputs).toEqual({
      environment: "sample",
      account: "777788889999",
      homeRegion: "us-east-1",
      lanes: 2,
    });
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      groupsTable: "dr-sample-protection-groups",
      plansTable: "dr-sample-recovery-plans",
      executionsTable: "dr-sample-executions",
      queryFunctionArn: "arn:aws:lambda:us-east-1:777788889999:function:dr-sample-query",
      dataManagementFunctionArn:
        "arn:aws:lambda:us-east-1:777788889999:function:dr-sample-data-management",
      executionFunctionArn: "arn:aws:lambda:us-east-1:777788889999:function:dr-sample-execution",
      recoverPlanArn: "arn:aws:states:us-east-1:777788889999:stateMachine:dr-sample-recover-plan",
      recoverLaneArn: "arn:aws:states:us-east-1:777788889999:stateMachine:dr-sample-recover-lane",
      notificationTopicArn: "arn:aws:sns:us-east-1:777788889999:dr-sample-notifications",
      alarmTopicArn: "arn:aws:sns:us-east-1:777788889999:dr-sample-alarms",
      scheduleGroup: "dr-sample",
      schedulesRoleArn: "arn:aws:iam::777788889999:role/dr-sample-schedules",
    });
  });

  test.each(Object.keys(hubBundles) as HubFunctionName[])(
    "gives function %s exactly the variables that its bundle lists",
    (fn) => {
      const environment = run.one(lambda, `hub-${fn}`).inputs.environment;
      const { variables } = environment as { variables: Record<string, string> };
      expect(Object.keys(variables).toSorted()).toEqual([...hubBundles[fn].environment].toSorted());
      expect(Object.values(variables).every((value) => value.length > 0)).toBe(true);
    },
  );

  test("lets the looking function take the read role, the acting one the recovery role, and the third none", () => {
    const roleNames = (["query", "execution", "data-management"] as const).map((fn) => {
      const { environment } = run.one(lambda, `hub-${fn}`).inputs;
      return (environment as Variables).variables.SPOKE_ROLE_NAME;
    });
    expect(roleNames).toEqual(["dr-sample-spoke-read", "dr-sample-spoke-recovery", undefined]);
  });

  test("keeps the lanes of the estate in the item that the functions read", () => {
    const item = JSON.parse(String(run.one(tableItem, "hub-estate").inputs.item));
    expect(item.pk).toEqual({ S: "ESTATE" });
    expect(item.sk).toEqual({ S: "LANES" });
    expect(JSON.parse(item.lanes.S)).toEqual(args.lanes);
  });

  test("protects its tables unless told otherwise", async () => {
    expect(run.of(table).map(protection)).toEqual([
      [true, true],
      [true, true],
      [true, true],
    ]);
    const removable = await runProgram(hub({ keepTables: false }));
    expect(removable.of(table).map(protection)).toEqual([
      [false, false],
      [false, false],
      [false, false],
    ]);
  });

  test("tells alarms on a topic whose key CloudWatch may use, as it may not AWS's own", () => {
    const { kmsMasterKeyId } = run.one("aws:sns/topic:Topic", "hub-alarms").inputs;
    const alias = run.one("aws:kms/alias:Alias", "hub-alarms-alias").inputs;
    expect(kmsMasterKeyId).toBe(alias.name);
    const key = run.one("aws:kms/key:Key", "hub-alarms-key").inputs;
    expect(JSON.parse(String(key.policy)).Statement).toContainEqual(
      expect.objectContaining({
        Principal: { Service: ["cloudwatch.amazonaws.com"] },
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Condition: { StringEquals: { "aws:SourceAccount": "777788889999" } },
      }),
    );
  });

  test("replicates no table where there is no standby Region", async () => {
    const { standbyRegion: _, ...alone } = args;
    const single = await runProgram(() => new OrchestrationHub("hub", alone));
    for (const { inputs } of single.of(table)) {
      expect(inputs).not.toHaveProperty("replicas");
      expect(inputs).not.toHaveProperty("streamEnabled");
    }
  });

  test("lets recover-plan start itself above 40 lanes only, when its map is distributed", async () => {
    const many = Array.from({ length: 41 }, (_, index) =>
      lane(String(100_000_000_000 + index), "us-east-1"),
    );
    const policyOf = ({ one }: MockRun) =>
      String(one("aws:iam/rolePolicy:RolePolicy", "hub-workflows-policy").inputs.policy);
    expect(policyOf(run)).not.toContain("states:StartExecution");
    expect(policyOf(await runProgram(hub({ lanes: many })))).toContain("states:StartExecution");
  });

  test("hands each function's arguments to the transform last", async () => {
    const transformed = await runProgram(
      hub({ transformFunction: (given) => ({ ...given, memorySize: 1024 }) }),
    );
    expect(transformed.of(lambda).map(({ inputs }) => inputs.memorySize)).toEqual([
      1024, 1024, 1024,
    ]);
  });
});

describe("an orchestration hub refuses, before it creates anything,", () => {
  test("all that is wrong with its arguments at once", async () => {
    const { message, children } = await refusalOf(
      hub({
        environment: "Sample",
        account: "7777",
        standbyRegion: "us-east-1",
        lanes: [
          lane("111111111111", "us-gov-west-1"),
          lane("2222", "us-east-1"),
          lane("2222", "us-east-1"),
        ],
      }),
    );
    expect(message?.split("\n")).toEqual([
      'environment must be 1 to 40 lower-case letters, digits and hyphens, beginning with a letter, got "Sample".',
      'account must be 12 digits, got "7777".',
      'standbyRegion must be another Region than homeRegion, got "us-east-1". Name a second one or leave it out.',
      'lanes[0].region must lie in partition aws as homeRegion does, got "us-gov-west-1". No role can be taken across partitions.',
      'lanes[1].account must be 12 digits, got "2222".',
      'lanes[2].account must be 12 digits, got "2222".',
      'lanes[2] must be named once, got "2222/us-east-1" again. Join the two.',
    ]);
    expect(children).toEqual([]);
  });

  test("an estate without lanes", async () => {
    const { message, children } = await refusalOf(hub({ lanes: [] }));
    expect(message).toBe(
      "lanes must name at least one lane, got none. Add the lanes of every spoke.",
    );
    expect(children).toEqual([]);
  });

  test.each([
    [0, "must be 1 to 3653 days, got 0."],
    [
      200,
      "must be a period that CloudWatch Logs knows (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days), got 200. Take 365, the next longer one.",
    ],
    [3654, "must be 1 to 3653 days, got 3654."],
  ])("a log retention of %i days", async (logRetentionDays, rule) => {
    const { message, children } = await refusalOf(hub({ logRetentionDays }));
    expect(message).toBe(`logRetentionDays ${rule}`);
    expect(children).toEqual([]);
  });

  test("a bundle that has not been built", async () => {
    const { message, children } = await refusalOf(hub({ bundlesFolder: "/nowhere" }));
    expect(message).toBe(
      'The code of function "query" must be built before it is deployed, got no file at "/nowhere/query/index.mjs". Run "npm run build".',
    );
    expect(children).toEqual([]);
  });
});

interface Variables {
  readonly variables: Readonly<Record<string, string>>;
}

const tableItem = "aws:dynamodb/tableItem:TableItem";

function protection({ protect, inputs }: MockRun["resources"][number]) {
  return [protect, inputs.deletionProtectionEnabled];
}
