import {
  PutLaunchActionCommand,
  type PutLaunchActionCommandInput,
  UpdateLaunchConfigurationCommand,
} from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import { launchStatements } from "../../../../components/iam/launch-statements.js";
import { recoveryPolicy } from "../../../../components/iam/spoke-policies.js";
import { decideIdentity, readPolicy } from "../../../../runtime/rehearsal/iam/index.js";
import type { DrsOptions } from "../../../../runtime/rehearsal/services/drs/drs.js";
import {
  intoExistingRights,
  launchRights,
  type OnBehalf,
  terminateRights,
} from "../../../../runtime/rehearsal/services/drs/launch-rights.js";
import type { NeededRight } from "../../../../runtime/rehearsal/services/service.js";
import { referencedActions } from "../../../support/authorization-reference.js";
import { account, describeJobs, region, serverId, startBench, startRecovery } from "../bench.js";

const asked = [...launchRights.published, ...intoExistingRights, ...terminateRights];

/** `null` where the Service Authorization Reference says that EC2 knows no such tag of the kind. */
async function kindsOf({ action, makes = [], uses = [], takes = [], opened = [] }: OnBehalf) {
  const [known] = await referencedActions(action);
  const carried = (kind: string, key: string): string | null => {
    const keys = known?.kinds.find(({ name }) => name === kind)?.keys ?? [];
    return keys.some((one) => one.startsWith(key)) ? kind : null;
  };
  const required = known?.kinds.filter(({ isRequired }) => isRequired) ?? [];
  return {
    exists: known !== undefined,
    missing: required
      .map(({ name }) => name)
      .filter((name) => ![...makes, ...uses, ...takes, ...opened].includes(name)),
    makes: makes.map((kind) => carried(kind, "aws:RequestTag/")),
    uses: uses.map((kind) => carried(kind, "aws:ResourceTag/")),
    opened: opened.map((kind) => carried(kind, "aws:ResourceTag/")),
    takes: takes.filter((kind) => known?.kinds.some(({ name }) => name === kind)),
  };
}

describe("what DRS does with its caller's rights", () => {
  it.each(asked.map((one) => [`${one.action} ${one.createAction ?? ""}`, one] as const))(
    "%s is asked on kinds that EC2 takes, with tags that they can have",
    async (_, one) => {
      const isTagging = one.action.endsWith("Tags");
      const { makes = [], uses = [], takes = [], opened = [] } = one;
      const found = await kindsOf(one);
      const missing = isTagging ? found.missing : [];
      expect(found).toEqual({ exists: true, missing, makes, uses, takes, opened });
    },
  );

  it("is what the recovery role of a spoke grants, no more and no less", () => {
    const granted = launchStatements({ account, regions: [region] }).flatMap(
      ({ Action }) => Action,
    );
    const actions = launchRights.published.map(({ action }) => action);
    const inEc2 = granted.filter((action) => !action.startsWith("ssm:"));
    expect(new Set([...actions, "iam:PassRole"])).toEqual(new Set(inEc2));
    const essential = launchRights.essential.map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(essential));
  });
});

/** Whether the deployed role of a spoke lets DRS do this. */
function roleAllows(_: unknown, right: NeededRight) {
  const document = recoveryPolicy({ account, regions: [region] });
  const policies = [readPolicy("spoke-recovery", "identity", document)];
  return decideIdentity({ policies, right });
}

const action = {
  resourceId: serverId(1),
  actionCode: "AWS-RunShellScript",
  actionId: "00000000-0000-4000-8000-000000000001",
  order: 2,
  optional: false,
  active: true,
  name: "smoke",
  actionVersion: "1",
  category: "VALIDATION" as const,
  description: "",
};

describe("launch actions", () => {
  /** Rights in SSM that were asked for an action, and how its run ended. */
  async function launchedWith(
    more: Partial<PutLaunchActionCommandInput>,
    allows: NonNullable<DrsOptions["authorizeOnBehalf"]> = roleAllows,
    drs: DrsOptions = {},
  ) {
    const asked: NeededRight[] = [];
    const authorizeOnBehalf: typeof allows = (principal, right) => {
      if (right.action.startsWith("ssm:")) asked.push(right);
      return allows(principal, right);
    };
    const bench = await startBench({ drs: { ...drs, authorizeOnBehalf } });
    const client = bench.client();
    await client.send(new PutLaunchActionCommand({ ...action, ...more }));
    const enabled = { sourceServerID: serverId(1), postLaunchEnabled: true };
    await client.send(new UpdateLaunchConfigurationCommand(enabled));
    await startRecovery(client, [serverId(1)]);
    await bench.pass(2_000);
    const [job] = await describeJobs(client);
    const [server] = job?.participatingServers ?? [];
    const [run] = server?.launchActionsStatus?.runs ?? [];
    return { asked, run, launch: server?.launchStatus };
  }

  const actionsOf = (asked: readonly NeededRight[]) => asked.map((right) => right.action).sort();

  it("ask who started the launch for what a command needs, and the spoke's role has it", async () => {
    const { asked, run, launch } = await launchedWith({});
    expect(actionsOf(asked)).toEqual([
      "ssm:DescribeInstanceInformation",
      "ssm:DescribeParameters",
      "ssm:ListCommandInvocations",
      "ssm:SendCommand",
    ]);
    expect(asked.find((right) => right.action === "ssm:SendCommand")).toMatchObject({
      resources: [
        `arn:aws:ssm:${region}::document/AWS-RunShellScript`,
        expect.stringMatching(`^arn:aws:ec2:${region}:${account}:instance/i-[0-9a-f]{17}$`),
      ],
      context: { "aws:CalledVia": "drs.amazonaws.com" },
    });
    expect({ run: run?.status, launch }).toEqual({ run: "SUCCEEDED", launch: "LAUNCHED" });
  });

  it("ask for what an automation of the account and its stored parameters need", async () => {
    const value = "ManagedByAWSElasticDisasterRecoveryService-smoke";
    const { asked, run } = await launchedWith({
      actionCode: "SmokeTest",
      parameters: { Target: { type: "SSM_STORE", value } },
    });
    const own = `arn:aws:ssm:${region}:${account}`;
    expect(asked).toMatchObject([
      { action: "ssm:DescribeInstanceInformation" },
      { action: "ssm:DescribeParameters" },
      {
        action: "ssm:StartAutomationExecution",
        resources: [
          `${own}:document/SmokeTest`,
          `${own}:automation-definition/SmokeTest:1`,
          `${own}:automation-execution/rehearsed`,
        ],
      },
      { action: "ssm:GetAutomationExecution" },
      { action: "ssm:GetParameters", resources: [`${own}:parameter/${value}`] },
    ]);
    expect(run?.status).toBe("SUCCEEDED");
  });

  it("may not run documents of other accounts, or read other parameters, by the spoke's role", async () => {
    const shared = `arn:aws:ssm:${region}:999999999999:document/Shared`;
    const foreign = await launchedWith({ actionCode: shared });
    expect(foreign).toMatchObject({
      run: {
        status: "FAILED",
        failureReason: "Your IAM user do not have permission for ssm:StartAutomationExecution",
      },
      launch: "FAILED",
    });
    const secret = await launchedWith({
      parameters: { Target: { type: "SSM_STORE", value: "secret" } },
    });
    expect(secret.launch).toBe("FAILED");
  });

  it("fail alone when they are optional, and ask nobody where the switch says so", async () => {
    const denied = (_: unknown, right: NeededRight) => ({
      allowed: !right.action.startsWith("ssm:"),
      reason: "no statement allows it",
    });
    const optional = await launchedWith({ optional: true }, denied);
    expect(optional).toMatchObject({ run: { status: "FAILED" }, launch: "LAUNCHED" });
    const unasked = await launchedWith({}, denied, { launchActionsAskCaller: false });
    expect(unasked).toMatchObject({ asked: [], run: { status: "SUCCEEDED" } });
  });

  it("ask for the start alone where the essential is chosen", async () => {
    const { asked } = await launchedWith({}, roleAllows, { launchRights: "essential" });
    expect(actionsOf(asked)).toEqual(["ssm:SendCommand"]);
  });
});

describe("a launch", () => {
  async function rightsOfLaunch(
    options: Parameters<typeof startBench>[0] = {},
  ): Promise<readonly NeededRight[]> {
    const rights: NeededRight[] = [];
    const authorizeOnBehalf = (_: unknown, right: NeededRight) => {
      rights.push(right);
      return { allowed: true, reason: "" };
    };
    const bench = await startBench({ ...options, drs: { ...options.drs, authorizeOnBehalf } });
    await startRecovery(bench.client(), [serverId(1)]);
    await bench.pass(1_000);
    return rights;
  }

  it("tells EC2 through whom it comes, and which of its resources DRS has tagged", async () => {
    const rights = await rightsOfLaunch();
    const volume = rights.find(({ action }) => action === "ec2:CreateVolume");
    const tag = "AWSElasticDisasterRecoveryManaged";
    expect(volume).toMatchObject({
      resources: [
        "arn:aws:ec2:eu-central-1:111122223333:volume/rehearsed",
        "arn:aws:ec2:eu-central-1::snapshot/rehearsed",
      ],
      context: {
        "aws:CalledVia": "drs.amazonaws.com",
        "aws:RequestedRegion": "eu-central-1",
        "aws:ViaAWSService": "true",
      },
      contextOf: {
        "arn:aws:ec2:eu-central-1:111122223333:volume/rehearsed": {
          [`aws:RequestTag/${tag}`]: "drs.amazonaws.com",
        },
        "arn:aws:ec2:eu-central-1::snapshot/rehearsed": {
          [`aws:ResourceTag/${tag}`]: "drs.amazonaws.com",
        },
      },
    });
  });

  it("passes DRS's two roles to EC2", async () => {
    const rights = await rightsOfLaunch();
    const role = "arn:aws:iam::111122223333:role/service-role/AWSElasticDisasterRecovery";
    expect(rights.filter(({ action }) => action === "iam:PassRole")).toMatchObject([
      {
        resources: [`${role}ConversionServerRole`, `${role}RecoveryInstanceRole`],
        context: { "iam:PassedToService": "ec2.amazonaws.com" },
      },
    ]);
  });

  it("into an existing instance may change what its owner has tagged for that, by the spoke's role", async () => {
    const denied: string[] = [];
    const rights: NeededRight[] = [];
    const authorizeOnBehalf = (_: unknown, right: NeededRight) => {
      const decision = roleAllows(_, right);
      if (!decision.allowed) denied.push(right.action);
      rights.push(right);
      return decision;
    };
    const bench = await startBench({ drs: { authorizeOnBehalf } });
    const client = bench.client();
    const launchIntoInstanceProperties = { launchIntoEC2InstanceID: "i-0123456789abcdef0" };
    const sourceServerID = serverId(1);
    await client.send(
      new UpdateLaunchConfigurationCommand({ sourceServerID, launchIntoInstanceProperties }),
    );
    await startRecovery(client, [sourceServerID]);
    await bench.pass(2_000);
    const instance = `arn:aws:ec2:${region}:${account}:instance/rehearsed`;
    const tagged = rights.filter(
      ({ contextOf }) => contextOf?.[instance]?.["aws:ResourceTag/AWSDRS"] !== undefined,
    );
    expect(tagged.map((right) => right.action)).toEqual(
      intoExistingRights.map((right) => right.action),
    );
    expect(denied).toEqual([]);
  });

  it("asks the essential alone where that is chosen", async () => {
    const rights = await rightsOfLaunch({ drs: { launchRights: "essential" } });
    expect(new Set(rights.map(({ action }) => action)).size).toBe(6 + 1);
  });
});
