import { createRequire } from "node:module";
import { DescribeSourceServersCommand, DrsClient } from "@aws-sdk/client-drs";
import {
  AssumeRoleCommand,
  type AssumeRoleCommandOutput,
  GetCallerIdentityCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { describe, expect, it } from "vitest";
import { account, type Bench, fleetOf, startBench } from "./bench.js";

const spokeRole = "arn:aws:iam::444455556666:role/dr-prod-spoke-recovery";
const externalId = "a-secret-handshake";

/** The generation of the SDK that the DRS client brings along. */
const former = createRequire(createRequire(import.meta.url).resolve("@aws-sdk/client-drs"))(
  "@aws-sdk/client-sts",
) as typeof import("@aws-sdk/client-sts");

const decideTrust: NonNullable<Parameters<typeof startBench>[0]>["decideTrust"] = (
  roleArn,
  principal,
  context,
) => {
  const isTrusted =
    roleArn === spokeRole &&
    principal.roleArn === `arn:aws:iam::${account}:role/operator` &&
    context["sts:ExternalId"] === externalId;
  return { allowed: isTrusted, reason: "no trust policy allows the sts:AssumeRole action" };
};

interface Asked {
  readonly RoleArn?: string;
  readonly ExternalId?: string;
  readonly DurationSeconds?: number;
}

function assume(
  bench: Bench,
  asked: Asked = {},
  { STSClient: Client, AssumeRoleCommand: Command } = { STSClient, AssumeRoleCommand },
): Promise<AssumeRoleCommandOutput> {
  const input = { RoleArn: spokeRole, RoleSessionName: "dr", ExternalId: externalId, ...asked };
  return new Client(bench.access()).send(new Command(input));
}

describe("AssumeRole", () => {
  it.each([
    ["this", undefined],
    ["the former", former],
  ])("opens a session that %s generation of the SDK can use", async (_title, generation) => {
    const bench = await startBench({ decideTrust, fleet: fleetOf(2, "444455556666/us-east-1") });
    const { Credentials, AssumedRoleUser } = await assume(bench, {}, generation);
    expect(AssumedRoleUser?.Arn).toBe(
      "arn:aws:sts::444455556666:assumed-role/dr-prod-spoke-recovery/dr",
    );
    expect(Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(Credentials?.Expiration).toEqual(new Date("2026-01-24T03:00:00Z"));
    const drs = new DrsClient({
      ...bench.access(),
      region: "us-east-1",
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? "",
        secretAccessKey: Credentials?.SecretAccessKey ?? "",
        sessionToken: Credentials?.SessionToken ?? "",
      },
    });
    const { items } = await drs.send(new DescribeSourceServersCommand({}));
    expect(items).toHaveLength(2);
    expect(bench.calls.at(-1)).toMatchObject({ account: "444455556666", roleArn: spokeRole });
  });

  it.each([
    ["a wrong external id", { ExternalId: "guess" }],
    ["no external id", { ExternalId: undefined }],
    ["a role that does not exist", { RoleArn: "arn:aws:iam::444455556666:role/nobody" }],
  ])("is denied with %s", async (_title, asked) => {
    const bench = await startBench({ decideTrust });
    const RoleArn = "RoleArn" in asked ? asked.RoleArn : spokeRole;
    const input = { RoleArn, RoleSessionName: "dr", ExternalId: externalId, ...asked };
    const client = new STSClient(bench.access());
    const denial = await client.send(new AssumeRoleCommand(input)).catch((error: unknown) => error);
    expect(denial).toMatchObject({
      name: "AccessDenied",
      message:
        `User: arn:aws:sts::${account}:assumed-role/operator/test is not authorized to perform: ` +
        `sts:AssumeRole on resource: ${RoleArn} because no trust policy allows the sts:AssumeRole action`,
      $metadata: { httpStatusCode: 403 },
    });
    expect(bench.calls).toMatchObject([{ operation: "AssumeRole", error: "AccessDenied" }]);
  });

  it("is decided by role, caller and everything that the request carries", async () => {
    const bench = await startBench({
      decideTrust: (roleArn, principal, context) => ({
        allowed: false,
        reason: `${roleArn} ${principal.account} ${context["sts:ExternalId"]} ${context["aws:RequestedRegion"]}`,
      }),
    });
    for (const generation of [undefined, former]) {
      await expect(assume(bench, {}, generation)).rejects.toMatchObject({
        name: "AccessDenied",
        message: expect.stringContaining(`${spokeRole} 111122223333 ${externalId} eu-central-1`),
      });
    }
  });

  it("opens at most an hour for a session, and 15 minutes at least", async () => {
    const bench = await startBench({ decideTrust });
    const tooLong = assume(bench, { DurationSeconds: 3_601 });
    await expect(tooLong).rejects.toMatchObject({
      name: "ValidationError",
      message: expect.stringContaining("1 hour session limit"),
    });
    await expect(assume(bench, { DurationSeconds: 899 })).rejects.toMatchObject({
      name: "ValidationError",
    });
    await assume(bench, { DurationSeconds: 3_600 });
    await assume(bench, { DurationSeconds: 900 });
  });

  it("refuses a session policy instead of ignoring it", async () => {
    const bench = await startBench({ decideTrust });
    const input = { RoleArn: spokeRole, RoleSessionName: "dr", Policy: "{}" };
    await expect(
      new STSClient(bench.access()).send(new AssumeRoleCommand(input)),
    ).rejects.toMatchObject({ name: "NotEmulated" });
  });

  it("gives the same keys in two runs", async () => {
    const keys = [];
    for (const bench of [await startBench({ decideTrust }), await startBench({ decideTrust })]) {
      keys.push((await assume(bench)).Credentials?.AccessKeyId);
    }
    expect(keys[0]).toBe(keys[1]);
  });
});

describe("GetCallerIdentity", () => {
  it("tells account and session without asking any right", async () => {
    const bench = await startBench({
      gateway: { authorize: () => ({ allowed: false, reason: "nothing is" }) },
    });
    for (const { STSClient: Client, GetCallerIdentityCommand: Command } of [
      { STSClient, GetCallerIdentityCommand },
      former,
    ]) {
      const identity = await new Client(bench.access()).send(new Command({}));
      expect(identity).toMatchObject({
        Account: account,
        Arn: `arn:aws:sts::${account}:assumed-role/operator/test`,
        UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:test$/),
      });
    }
  });
});
