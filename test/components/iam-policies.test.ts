import { describe, expect, test } from "vitest";
import {
  publisherPolicy,
  publisherSchedulePolicy,
} from "../../components/iam/capacity-policies.js";
import type { PolicyDocument, Statement } from "../../components/iam/document.js";
import {
  functionPolicy,
  schedulesPolicy,
  workflowsPolicy,
} from "../../components/iam/hub-policies.js";
import { readPolicy, recoveryPolicy } from "../../components/iam/spoke-policies.js";
import { capacityNames, hubNames, spokeNames } from "../../components/index.js";
import { decideIdentity, readPolicy as parsePolicy } from "../../runtime/rehearsal/iam/index.js";
import { referencedActions, referenceProblems } from "../support/authorization-reference.js";

const address = { environment: "sample", account: "777788889999", homeRegion: "us-east-1" };
const names = hubNames(address);
const capacity = capacityNames(address);
const scope = { account: "111111111111", regions: ["us-east-1", "us-west-2"] };
const { readRole, recoveryRole } = spokeNames("sample", scope.account, "us-east-1");

const documents: Readonly<Record<string, PolicyDocument>> = {
  query: functionPolicy("query", names, [readRole.arn]),
  "data-management": functionPolicy("data-management", names, []),
  execution: functionPolicy("execution", names, [recoveryRole.arn]),
  workflows: workflowsPolicy(names, false),
  "workflows, distributed": workflowsPolicy(names, true),
  schedules: schedulesPolicy(names),
  "capacity-publisher": publisherPolicy(names, capacity, [readRole.arn]),
  "capacity-schedules": publisherSchedulePolicy(capacity),
  "spoke-read": readPolicy(scope),
  "spoke-recovery": recoveryPolicy(scope),
};

function line(role: string, { Sid, Action, Resource, Condition }: Statement): string {
  const condition = Condition ? ` when ${JSON.stringify(Condition)}` : "";
  return `${role} ${Sid}: ${Action.join(" ")} on ${Resource.join(" ")}${condition}\n`;
}

describe("policy documents", () => {
  test("say what the golden list says", async () => {
    const lines = Object.entries(documents).flatMap(([role, { Statement }]) =>
      Statement.map((statement) => line(role, statement)),
    );
    await expect(lines.join("")).toMatchFileSnapshot("../golden/iam-policies.txt");
  });

  test.each(Object.entries(documents))("of %s allow no wildcard action", (_role, { Statement }) => {
    for (const { Action } of Statement) {
      expect(Action.length).toBeGreaterThan(0);
      for (const action of Action) expect(action).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
    }
  });

  test.each(Object.entries(documents))(
    "of %s hold nothing that the Service Authorization Reference does not know",
    async (role, document) => {
      const problems = await referenceProblems(role, parsePolicy(role, "identity", document));
      expect(problems).toEqual([]);
    },
  );

  test.each(Object.entries(documents))(
    "of %s name every resource where AWS takes one",
    async (_role, { Statement }) => {
      for (const { Action } of Statement.filter(({ Resource }) => Resource.includes("*"))) {
        const actions = await Promise.all(Action.map(referencedActions));
        for (const { name, kinds } of actions.flat()) {
          expect(
            kinds.filter(({ isRequired }) => isRequired),
            name,
          ).toEqual([]);
        }
      }
    },
  );

  test.each(Object.entries(documents))(
    "of %s fit a role's 10,240 characters",
    (_role, document) => {
      expect(JSON.stringify(document).length).toBeLessThanOrEqual(10_240);
    },
  );
});

describe("the recovery role", () => {
  test("fits an account of eight Regions", () => {
    const regions = Array.from({ length: 8 }, (_, at) => `ap-southeast-${at}`);
    const characters = JSON.stringify(recoveryPolicy({ account: scope.account, regions })).length;
    expect(characters).toBeLessThanOrEqual(10_240);
  });

  const policies = [parsePolicy("spoke-recovery", "identity", recoveryPolicy(scope))];
  const managed = "AWSElasticDisasterRecoveryManaged";
  const ofLaunch = {
    "aws:RequestedRegion": "us-west-2",
    "aws:ViaAWSService": "true",
    "aws:CalledVia": "drs.amazonaws.com",
  };
  const requesting = { ...ofLaunch, [`aws:RequestTag/${managed}`]: "drs.amazonaws.com" };
  const changing = { ...ofLaunch, [`aws:ResourceTag/${managed}`]: "drs.amazonaws.com" };
  const ec2 = (resource: string, account = scope.account) =>
    `arn:aws:ec2:us-west-2:${account}:${resource}`;
  const isAllowed = (action: string, resources: readonly string[], context = {}) =>
    decideIdentity({ policies, right: { action, resources, context } }).allowed;

  test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    ["ec2:CreateSecurityGroup", [ec2("vpc/vpc-1"), ec2("security-group/sg-1")], requesting],
    ["ec2:CreateVolume", [ec2("volume/vol-1")], requesting],
    ["ec2:CreateVolume", ["arn:aws:ec2:us-west-2::snapshot/snap-1"], changing],
    ["ec2:CreateSnapshot", ["arn:aws:ec2:us-west-2::snapshot/snap-1"], requesting],
    ["ec2:CreateSnapshot", [ec2("volume/vol-1")], changing],
    ["ec2:CreateNetworkInterface", [ec2("network-interface/eni-1")], requesting],
    ["ec2:CreateNetworkInterface", [ec2("subnet/subnet-1", "999999999999")], ofLaunch],
    ["ec2:CreateFleet", [ec2("fleet/fleet-1"), ec2("instance/i-1"), ec2("subnet/s-1")], ofLaunch],
    ["ec2:RunInstances", [ec2("instance/i-1")], requesting],
    ["ec2:RunInstances", [ec2("volume/v-1"), "arn:aws:ec2:us-west-2::image/ami-1"], ofLaunch],
    ["ec2:AttachVolume", [ec2("instance/i-1"), ec2("volume/vol-1")], changing],
    ["ec2:TerminateInstances", [ec2("instance/i-1")], changing],
    ["ec2:DeleteVolume", [ec2("volume/vol-1")], changing],
    ["ec2:CreateTags", [ec2("instance/i-1")], { ...ofLaunch, "ec2:CreateAction": "CreateFleet" }],
  ])("may %s on %j when DRS does it", (action, resources, context) => {
    expect(isAllowed(action, resources, context)).toBe(true);
    const { "aws:ViaAWSService": _, "aws:CalledVia": __, ...direct } = context;
    expect(isAllowed(action, resources, direct), "by itself").toBe(false);
  });

  test.each([
    ["ec2:TerminateInstances", "instance/i-1"],
    ["ec2:StopInstances", "instance/i-1"],
    ["ec2:DeleteVolume", "volume/vol-1"],
    ["ec2:CreateSnapshot", "volume/vol-1"],
  ])("may not %s on what DRS does not manage", (action, resource) => {
    expect(isAllowed(action, [ec2(resource)], requesting)).toBe(false);
  });

  test("may start recoveries and clean up in the Regions of the lanes alone", () => {
    for (const region of ["us-west-2", "eu-west-1"]) {
      const drs = (resource: string) => [`arn:aws:drs:${region}:${scope.account}:${resource}`];
      const here = { "aws:RequestedRegion": region };
      const isLane = scope.regions.includes(region);
      expect(isAllowed("drs:StartRecovery", drs("source-server/s-1"), here)).toBe(isLane);
      expect(isAllowed("drs:TagResource", drs("source-server/s-1"), here)).toBe(isLane);
      expect(isAllowed("drs:TagResource", drs("job/drsjob-1"), here)).toBe(isLane);
      expect(isAllowed("drs:DescribeJobs", ["*"], here)).toBe(isLane);
      const instance = drs("recovery-instance/i-1");
      expect(isAllowed("drs:TerminateRecoveryInstances", instance, here)).toBe(isLane);
    }
  });

  test("may pass DRS's three service roles to EC2, and no other", () => {
    const role = (name: string) => [`arn:aws:iam::${scope.account}:role/service-role/${name}`];
    const toEc2 = { "iam:PassedToService": "ec2.amazonaws.com" };
    const known = role("AWSElasticDisasterRecoveryRecoveryInstanceRole");
    expect(isAllowed("iam:PassRole", known, toEc2)).toBe(true);
    expect(
      isAllowed("iam:PassRole", known, { "iam:PassedToService": "lambda.amazonaws.com" }),
    ).toBe(false);
    expect(isAllowed("iam:PassRole", role("Administrator"), toEc2)).toBe(false);
  });
});

test("the read role changes nothing", () => {
  for (const { Action } of readPolicy(scope).Statement) {
    for (const action of Action) expect(action).toMatch(/:(Describe|Get|List)/);
  }
});
