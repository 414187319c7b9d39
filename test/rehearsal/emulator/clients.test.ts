import {
  DescribeJobsCommand,
  DescribeSourceServersCommand,
  type DrsClient,
  StartRecoveryCommand,
} from "@aws-sdk/client-drs";
import { GetServiceQuotaCommand, ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  account,
  type EmulatorBench,
  region,
  serverId,
  startAt,
  startEmulatorBench,
} from "./bench.js";

const other = "444455556666";

const twoAccounts = `
lanes:
  - { account: "${account}", region: ${region}, fleet: [{ count: 2 }] }
  - account: "${other}"
    region: us-east-1
    quotas: { serversPerJob: 1 }
    fleet: [{ count: 3 }]
`;

function access({ emulator }: EmulatorBench, accessKeyId = "any", where = region) {
  return {
    endpoint: emulator.url,
    region: where,
    credentials: { accessKeyId, secretAccessKey: "any" },
    maxAttempts: 1,
  };
}

function stsOf(bench: EmulatorBench, accessKeyId?: string): STSClient {
  const client = new STSClient(access(bench, accessKeyId));
  onTestFinished(() => client.destroy());
  return client;
}

async function accountOf(bench: EmulatorBench, accessKeyId?: string): Promise<string | undefined> {
  return (await stsOf(bench, accessKeyId).send(new GetCallerIdentityCommand({}))).Account;
}

async function serversSeenBy(client: DrsClient): Promise<readonly (string | undefined)[]> {
  const { items = [] } = await client.send(new DescribeSourceServersCommand({}));
  return items.map(({ sourceServerID }) => sourceServerID);
}

function start(client: DrsClient, servers: readonly string[]) {
  const sourceServers = servers.map((sourceServerID) => ({ sourceServerID }));
  return client.send(new StartRecoveryCommand({ sourceServers, isDrill: true }));
}

async function statusesOf(client: DrsClient): Promise<readonly (string | undefined)[]> {
  const { items = [] } = await client.send(new DescribeJobsCommand({}));
  return items.map(({ status }) => status);
}

describe("who a caller is", () => {
  it("is an operator of the first lane's account, whatever the key", async () => {
    const bench = await startEmulatorBench();
    expect(await accountOf(bench, "AKIAEXAMPLE")).toBe(account);
    expect(bench.emulator.account).toBe(account);
    expect(bench.emulator.variables).toEqual({
      AWS_ENDPOINT_URL: bench.emulator.url,
      AWS_ACCESS_KEY_ID: account,
      AWS_SECRET_ACCESS_KEY: "emulated",
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
    });
  });

  it("is an operator of the account that the emulator was told, with or without a token", async () => {
    const bench = await startEmulatorBench({ account: other });
    expect(await accountOf(bench)).toBe(other);
    const withToken = bench.drs({ accessKeyId: "ASIAEXAMPLE", sessionToken: "any" });
    await expect(serversSeenBy(withToken)).rejects.toMatchObject({
      name: "UninitializedAccountException",
    });
  });

  it("is an operator of the account whose id is the key", async () => {
    const bench = await startEmulatorBench({ fleetText: twoAccounts });
    expect(await accountOf(bench, other)).toBe(other);
    expect(await serversSeenBy(bench.drs({ accessKeyId: other }, "us-east-1"))).toHaveLength(3);
    expect(await serversSeenBy(bench.drs())).toHaveLength(2);
  });

  it("is the session of any role that is assumed, in that role's account", async () => {
    const bench = await startEmulatorBench({ fleetText: twoAccounts });
    const began = Date.now();
    const assumed = await stsOf(bench).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${other}:role/path/Anything`,
        RoleSessionName: "test",
        ExternalId: "whatever",
        DurationSeconds: 7_200,
        Policy: "{}",
        Tags: [{ Key: "a", Value: "b" }],
      }),
    );
    const { AccessKeyId = "", SessionToken = "", Expiration } = assumed.Credentials ?? {};
    const keys = { accessKeyId: AccessKeyId, sessionToken: SessionToken };
    expect(await serversSeenBy(bench.drs(keys, "us-east-1"))).toHaveLength(3);
    expect(Expiration?.getTime()).toBeGreaterThanOrEqual(began + 7_199_000);
    await bench.control("POST /clock", { advanceSeconds: 100_000 });
    expect(await serversSeenBy(bench.drs(keys, "us-east-1"))).toHaveLength(3);
    const stolen = { accessKeyId: AccessKeyId, sessionToken: "another" };
    await expect(serversSeenBy(bench.drs(stolen, "us-east-1"))).rejects.toMatchObject({
      name: "UnrecognizedClientException",
    });
  });
});

describe("a lane", () => {
  it("has the quotas of its file, told by Service Quotas and kept by DRS", async () => {
    const bench = await startEmulatorBench({ fleetText: twoAccounts });
    const quotas = new ServiceQuotasClient(access(bench, other, "us-east-1"));
    onTestFinished(() => quotas.destroy());
    const wanted = new GetServiceQuotaCommand({ ServiceCode: "drs", QuotaCode: "L-B827C881" });
    expect((await quotas.send(wanted)).Quota?.Value).toBe(1);
    const client = bench.drs({ accessKeyId: other }, "us-east-1");
    const ids = (await serversSeenBy(client)).map((id) => id ?? "");
    await expect(start(client, ids.slice(0, 2))).rejects.toMatchObject({
      name: "ServiceQuotaExceededException",
      quotaCode: "L-B827C881",
    });
  });

  it("that the file does not name is not initialised", async () => {
    const bench = await startEmulatorBench();
    await expect(serversSeenBy(bench.drs(undefined, "us-east-1"))).rejects.toMatchObject({
      name: "UninitializedAccountException",
    });
  });
});

describe("time", () => {
  it("stands for clients of a virtual clock until it is moved", async () => {
    const bench = await startEmulatorBench();
    const client = bench.drs();
    await start(client, [serverId(1)]);
    expect(await statusesOf(client)).toEqual(["PENDING"]);
    await bench.control("POST /clock", { advanceSeconds: 599 });
    expect(await statusesOf(client)).toEqual(["STARTED"]);
    await bench.control("POST /clock", { advanceSeconds: 11 });
    expect(await statusesOf(client)).toEqual(["COMPLETED"]);
  });

  it("moves at each read where that is wanted, once for all its pages, and at nothing else", async () => {
    const bench = await startEmulatorBench({ clock: { kind: "virtual", secondsPerRead: 60 } });
    const client = bench.drs();
    const secondsPassed = async (): Promise<number> => {
      const { document } = await bench.control("GET /clock");
      return (Date.parse(String(document.now)) - startAt) / 1000;
    };
    await start(client, [serverId(1)]);
    await stsOf(bench).send(new GetCallerIdentityCommand({}));
    expect(await secondsPassed()).toBe(0);
    const first = await client.send(new DescribeSourceServersCommand({ maxResults: 3 }));
    expect(await secondsPassed()).toBe(60);
    const { nextToken = "" } = first;
    await client.send(new DescribeSourceServersCommand({ maxResults: 3, nextToken }));
    expect(await secondsPassed()).toBe(60);
    let polls = 0;
    while ((await statusesOf(client))[0] !== "COMPLETED") polls += 1;
    expect(polls).toBe(9);
  });
});

describe("what nobody emulates", () => {
  it.each([
    ["json", "glue", { "x-amz-target": "AWSGlue.GetJobs" }, '"__type":"NotEmulated"', "GetJobs"],
    [
      "query",
      "rds",
      { "content-type": "application/x-www-form-urlencoded" },
      "<Code>NotEmulated</Code>",
      "DescribeDBClusters",
    ],
    [
      "ec2's query",
      "ec2",
      { "content-type": "application/x-www-form-urlencoded" },
      "<Response><Errors><Error><Code>NotEmulated</Code>",
      "DescribeDBClusters",
    ],
    ["rest-xml", "s3", {}, "<Error><Code>NotEmulated</Code>", "POST /"],
    ["rest-json", "eks", {}, '"code":"NotEmulated"', "POST /"],
    ["cbor", "monitoring", { "smithy-protocol": "rpc-v2-cbor" }, "NotEmulated", "POST /"],
  ])("is 501 in %s, and in the log", async (_protocol, service, headers, text, operation) => {
    const bench = await startEmulatorBench();
    const scope = `any/20260124/${region}/${service}/aws4_request`;
    const response = await fetch(bench.emulator.url, {
      method: "POST",
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${"0".repeat(64)}`,
        ...headers,
      },
      body: "Action=DescribeDBClusters&Version=2014-10-31",
    });
    expect(response.status).toBe(501);
    expect(await response.text()).toContain(text);
    expect((await bench.control("GET /calls")).document.calls).toMatchObject([
      { service, operation, account, region, status: 501, error: "NotEmulated" },
    ]);
  });
});

describe("SNS", () => {
  it("takes messages for any topic", async () => {
    const bench = await startEmulatorBench();
    const sns = new SNSClient(access(bench));
    onTestFinished(() => sns.destroy());
    const TopicArn = `arn:aws:sns:${region}:${account}:anything`;
    expect(await sns.send(new PublishCommand({ TopicArn, Message: "hello" }))).toMatchObject({
      MessageId: expect.any(String),
    });
  });
});

describe("ids", () => {
  it("follow from the seed", async () => {
    const jobOf = async (seed: number) => {
      const bench = await startEmulatorBench({ seed });
      return (await start(bench.drs(), [serverId(1)])).job?.jobID;
    };
    expect(await jobOf(1)).toBe(await jobOf(1));
    expect(await jobOf(1)).not.toBe(await jobOf(2));
  });
});
