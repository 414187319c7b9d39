import { beforeAll, describe, expect, test } from "vitest";
import { SpokeAccount, type SpokeAccountArgs } from "../../../components/index.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const args: SpokeAccountArgs = {
  environment: "sample",
  account: "111111111111",
  accountName: "staging-1",
  hubAccount: "777788889999",
  externalId: "sample-777788889999",
  lanes: [
    { region: "us-east-1", declaredServers: 250 },
    { region: "us-west-2", declaredServers: 10 },
  ],
};

function spoke(changes: Partial<SpokeAccountArgs> = {}) {
  return () => new SpokeAccount("spoke", { ...args, ...changes });
}

function trustOf(run: MockRun, role: string) {
  return JSON.parse(String(run.one("aws:iam/role:Role", role).inputs.assumeRolePolicy));
}

describe("a spoke account", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(spoke());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/spoke-account.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(spoke(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:recovery:SpokeAccount");
    expect(component?.inputs).toEqual({
      environment: "sample",
      hubAccount: "777788889999",
      account: "111111111111",
      accountName: "staging-1",
      lanes: args.lanes,
      warnAtServers: 250,
      criticalAtServers: 280,
    });
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      readRoleArn: "arn:aws:iam::111111111111:role/dr-sample-spoke-read",
      recoveryRoleArn: "arn:aws:iam::111111111111:role/dr-sample-spoke-recovery",
    });
  });

  test("lets in exactly the hub's roles, and only with the external id", () => {
    const trust = (...roles: readonly string[]) => ({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: roles.map((role) => `arn:aws:iam::777788889999:role/${role}`) },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": "sample-777788889999" } },
        },
      ],
    });
    expect(trustOf(run, "spoke-read")).toEqual(trust("dr-sample-query"));
    expect(trustOf(run, "spoke-recovery")).toEqual(trust("dr-sample-execution"));
  });

  test("lets the publisher of capacity in to read, where there is one", async () => {
    const watched = await runProgram(spoke({ hasPublisher: true }));
    const [{ Principal }] = trustOf(watched, "spoke-read").Statement;
    expect(Principal.AWS).toEqual([
      "arn:aws:iam::777788889999:role/dr-sample-query",
      "arn:aws:iam::777788889999:role/dr-sample-capacity-publisher",
    ]);
    expect(trustOf(watched, "spoke-recovery")).toEqual(trustOf(run, "spoke-recovery"));
  });

  test("hands each role's arguments to the transform last", async () => {
    const permissionsBoundary = "arn:aws:iam::111111111111:policy/boundary";
    const bounded = await runProgram(
      spoke({ transformRole: (given) => ({ ...given, permissionsBoundary }) }),
    );
    const boundaries = bounded
      .of("aws:iam/role:Role")
      .map(({ inputs }) => inputs.permissionsBoundary);
    expect(boundaries).toEqual([permissionsBoundary, permissionsBoundary]);
  });
});

describe("a spoke account refuses, before it creates anything,", () => {
  test.each<[string, Partial<SpokeAccountArgs>, readonly string[]]>([
    [
      "names and numbers that break their rules",
      { environment: "", account: "1", hubAccount: "2", warnAtServers: 0, criticalAtServers: 301 },
      [
        'environment must be 1 to 40 lower-case letters, digits and hyphens, beginning with a letter, got "".',
        'account must be 12 digits, got "1".',
        'hubAccount must be 12 digits, got "2".',
        "warnAtServers must be 1 to 300 replicating servers in a lane, got 0.",
        "criticalAtServers must be 1 to 300 replicating servers in a lane, got 301.",
      ],
    ],
    [
      "a critical fleet that is no larger than that of the warning",
      { warnAtServers: 260, criticalAtServers: 260 },
      ["criticalAtServers must be above warnAtServers (260), got 260. Warn earlier."],
    ],
    [
      "an account without lanes",
      { lanes: [] },
      ["lanes must name at least one Region, got none. Add one or leave the account out."],
    ],
    [
      "a Region named twice",
      { lanes: [...args.lanes, { region: "us-east-1", declaredServers: 1 }] },
      ['lanes must name each Region once, got "us-east-1" again. Join the two.'],
    ],
    [
      "Regions of two partitions",
      { lanes: [...args.lanes, { region: "us-gov-west-1", declaredServers: 1 }] },
      ["lanes must lie in one partition, got aws and aws-us-gov. An account has only one."],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(spoke(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });

  test("more Regions than a role's policy can name", async () => {
    const lanes = Array.from({ length: 40 }, (_, index) => ({
      region: `eu-example-${index}`,
      declaredServers: 1,
    }));
    const { message, children } = await refusalOf(spoke({ lanes }));
    expect(message).toMatch(
      /^lanes must be few enough for a policy of 10240 characters, got \d+ with 40 Regions\. Spread them over more accounts\.$/,
    );
    expect(children).toEqual([]);
  });
});
