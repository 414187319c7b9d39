import { describe, expect, it } from "vitest";
import { launchStatements } from "../../../../components/iam/launch-statements.js";
import {
  launchRights,
  type OnBehalf,
  terminateRights,
} from "../../../../runtime/rehearsal/services/drs/launch-rights.js";
import type { NeededRight } from "../../../../runtime/rehearsal/services/service.js";
import { referencedActions } from "../../../support/authorization-reference.js";
import { account, region, serverId, startBench, startRecovery } from "../bench.js";

const asked = [...launchRights.published, ...terminateRights];

/** `null` where the Service Authorization Reference says that EC2 knows no such tag of the kind. */
async function kindsOf({ action, makes = [], uses = [], takes = [] }: OnBehalf) {
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
      .filter((name) => ![...makes, ...uses, ...takes].includes(name)),
    makes: makes.map((kind) => carried(kind, "aws:RequestTag/")),
    uses: uses.map((kind) => carried(kind, "aws:ResourceTag/")),
    takes: takes.filter((kind) => known?.kinds.some(({ name }) => name === kind)),
  };
}

describe("what DRS does with its caller's rights", () => {
  it.each(asked.map((one) => [`${one.action} ${one.createAction ?? ""}`, one] as const))(
    "%s is asked on kinds that EC2 takes, with tags that they can have",
    async (_, one) => {
      const isTagging = one.action.endsWith("Tags");
      const { makes = [], uses = [], takes = [] } = one;
      const found = await kindsOf(one);
      const missing = isTagging ? found.missing : [];
      expect(found).toEqual({ exists: true, missing, makes, uses, takes });
    },
  );

  it("is what the recovery role of a spoke grants, no more and no less", () => {
    const granted = launchStatements({ account, regions: [region] }).flatMap(
      ({ Action }) => Action,
    );
    const actions = launchRights.published.map(({ action }) => action);
    expect(new Set([...actions, "iam:PassRole"])).toEqual(new Set(granted));
    const essential = launchRights.essential.map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(essential));
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

  it("asks the essential alone where that is chosen", async () => {
    const rights = await rightsOfLaunch({ drs: { launchRights: "essential" } });
    expect(new Set(rights.map(({ action }) => action)).size).toBe(6 + 1);
  });
});
