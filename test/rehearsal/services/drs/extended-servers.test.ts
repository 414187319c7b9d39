import {
  AccessDeniedException,
  ConflictException,
  CreateExtendedSourceServerCommand,
  DeleteSourceServerCommand,
  DescribeRecoverySnapshotsCommand,
  DescribeSourceServersCommand,
  DisconnectSourceServerCommand,
  type DrsClient,
  GetReplicationConfigurationCommand,
  ListExtensibleSourceServersCommand,
  ListStagingAccountsCommand,
  ResourceNotFoundException,
  RetryDataReplicationCommand,
  ReverseReplicationCommand,
  ServiceQuotaExceededException,
  StartReplicationCommand,
  StopReplicationCommand,
  UpdateReplicationConfigurationCommand,
  ValidationException,
} from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import {
  account,
  describeInstances,
  describeServer,
  fleetOf,
  jobLog,
  lane,
  region,
  serverId,
  startBench,
  startRecovery,
} from "../bench.js";
import { fleetFromEc2, fullCopySeconds, originLane } from "./recovered.js";
import { extend, staging, stagingArn, stagingLane, trusting, twoAccounts } from "./two-accounts.js";

async function extensible(client: DrsClient, maxResults = 300) {
  const command = new ListExtensibleSourceServersCommand({ stagingAccountID: staging, maxResults });
  return client.send(command);
}

describe("staging accounts", () => {
  it("are those of the servers that are extended into the account", async () => {
    const { client } = await twoAccounts(2);
    const accounts = async () => (await client.send(new ListStagingAccountsCommand({}))).accounts;
    expect(await accounts()).toEqual([]);
    await extend(client, 1);
    await extend(client, 2);
    expect(await accounts()).toEqual([{ accountID: staging }]);
  });

  it("are listed page by page, of at most 50", async () => {
    const numbers = Array.from({ length: 60 }, (_, index) => String(100_000_000_000 + index));
    const [server] = fleetOf(1);
    if (!server) throw new Error("fleetOf must answer a server.");
    const fleet = numbers.map((number, index) => ({
      ...server,
      server: serverId(index + 1),
      extends: { lane: `${number}/${region}` as const, server: serverId(1) },
    }));
    const client = (await startBench({ fleet })).client();
    const first = await client.send(new ListStagingAccountsCommand({}));
    expect(first.accounts).toHaveLength(50);
    const { nextToken = "" } = first;
    const rest = new ListStagingAccountsCommand({ nextToken, maxResults: 20 });
    expect((await client.send(rest)).accounts).toHaveLength(10);
    const tooMany = client.send(new ListStagingAccountsCommand({ maxResults: 51 }));
    await expect(tooMany).rejects.toBeInstanceOf(ValidationException);
  });

  it("show their servers that are not extended yet, to accounts that they trust", async () => {
    const { bench, client } = await twoAccounts(3);
    await extend(client, 2);
    const first = await extensible(client, 1);
    expect(first.items).toEqual([
      { hostname: "host-1", arn: stagingArn(1), tags: { app: "shop" } },
    ]);
    const all = await extensible(client);
    expect(all.items?.map(({ arn }) => arn)).toEqual([stagingArn(1), stagingArn(3)]);
    bench.drs.setTrust(staging, account, false);
    await expect(extensible(client)).rejects.toBeInstanceOf(AccessDeniedException);
  });

  it("are refused by 400 when the switch says so", async () => {
    const drs = { stagingTrusts: [], stagingNotTrusting: "ValidationException" } as const;
    const { client } = await twoAccounts(1, drs);
    await expect(extensible(client)).rejects.toBeInstanceOf(ValidationException);
    await expect(extend(client, 1)).rejects.toBeInstanceOf(ValidationException);
  });
});

describe("CreateExtendedSourceServer", () => {
  it("makes a server of the target account that shows how the one in the staging account replicates", async () => {
    const { bench, client } = await twoAccounts(1);
    bench.drs.setReplication(serverId(1), { state: "STALLED", lagSeconds: 60 });
    const id = await extend(client, 1, { Tier: "web" });
    expect(bench.traced.at(-1)?.reply.status).toBe(201);
    expect(id).not.toBe(serverId(1));
    expect(await describeServer(client, id)).toMatchObject({
      arn: `arn:aws:drs:${region}:${account}:source-server/${id}`,
      tags: { Tier: "web" },
      stagingArea: {
        status: "EXTENDED",
        stagingAccountID: staging,
        stagingSourceServerArn: stagingArn(1),
      },
      dataReplicationInfo: { dataReplicationState: "STALLED", lagDuration: "PT1M" },
      sourceProperties: { identificationHints: { hostname: "host-1" } },
    });
  });

  it("takes over the tags when the switch says so, below those of the call", async () => {
    const { client } = await twoAccounts(1, { extendedServerTags: "copied" });
    const id = await extend(client, 1, { Tier: "web" });
    expect((await describeServer(client, id))?.tags).toEqual({ app: "shop", Tier: "web" });
  });

  it("gives it the points in time and the replication settings of the staging account", async () => {
    const { bench, client } = await twoAccounts(1);
    const there = bench.client(stagingLane);
    const sourceServerID = await extend(client, 1);
    const snapshots = async (from: DrsClient, id: string) => {
      const command = new DescribeRecoverySnapshotsCommand({ sourceServerID: id });
      return (await from.send(command)).items?.map(({ snapshotID }) => snapshotID);
    };
    expect(await snapshots(client, sourceServerID)).toEqual(await snapshots(there, serverId(1)));
    const update = { sourceServerID: serverId(1), bandwidthThrottling: 7 };
    await there.send(new UpdateReplicationConfigurationCommand(update));
    const read = new GetReplicationConfigurationCommand({ sourceServerID });
    expect(await client.send(read)).toMatchObject({ sourceServerID, bandwidthThrottling: 7 });
  });

  it("is refused for what cannot be extended: by 404, 400 or 402, and never by 409", async () => {
    const { client } = await twoAccounts(2, { quotas: () => ({ sourceServers: 1 }) });
    const send = (sourceServerArn: string) =>
      client.send(new CreateExtendedSourceServerCommand({ sourceServerArn }));
    await expect(send(stagingArn(9))).rejects.toBeInstanceOf(ResourceNotFoundException);
    for (const arn of [
      "arn:aws:drs:eu-central-1:444455556666:job/drsjob-00000000000000001",
      stagingArn(1).replace(region, "eu-west-1"),
      stagingArn(1).replace(staging, account),
    ]) {
      await expect(send(arn)).rejects.toBeInstanceOf(ValidationException);
    }
    await extend(client, 1);
    await expect(send(stagingArn(1))).rejects.toBeInstanceOf(ValidationException);
    await expect(send(stagingArn(2))).rejects.toBeInstanceOf(ServiceQuotaExceededException);
  });

  it("is refused for an extended server, which no other account can extend", async () => {
    const third = "777788889999";
    const stagingTrusts = [...trusting.stagingTrusts, { staging: account, target: third }];
    const initialisedLanes = [lane, `${third}/${region}` as const];
    const { bench, client } = await twoAccounts(1, { stagingTrusts, initialisedLanes });
    const id = await extend(client, 1);
    const command = new CreateExtendedSourceServerCommand({
      sourceServerArn: `arn:aws:drs:${region}:${account}:source-server/${id}`,
    });
    const again = bench.client(`${third}/${region}`).send(command);
    await expect(again).rejects.toBeInstanceOf(ValidationException);
  });

  it("needs room among all servers of the target account, and none among those that replicate", async () => {
    const quotas = { replicatingServers: 0, sourceServers: 1 };
    const { client } = await twoAccounts(1, { quotas: () => quotas });
    await extend(client, 1);
  });
});

describe("an extended server", () => {
  it("is found by its staging account", async () => {
    const { client } = await twoAccounts(1, {}, [...fleetOf(1, stagingLane), ...fleetOf(2)]);
    const id = await extend(client, 1);
    const found = async (inAccount: string) => {
      const filters = { stagingAccountIDs: [inAccount] };
      const { items } = await client.send(new DescribeSourceServersCommand({ filters }));
      return items?.map(({ sourceServerID }) => sourceServerID);
    };
    expect(await found(staging)).toEqual([id]);
    expect(await found(account)).toEqual([serverId(1), serverId(2)]);
  });

  it("starts, stops and changes its replication in the staging account alone", async () => {
    const { client } = await twoAccounts(1);
    const sourceServerID = await extend(client, 1);
    for (const refused of [
      () => client.send(new StopReplicationCommand({ sourceServerID })),
      () => client.send(new StartReplicationCommand({ sourceServerID })),
      () => client.send(new DisconnectSourceServerCommand({ sourceServerID })),
      () =>
        client.send(
          new UpdateReplicationConfigurationCommand({ sourceServerID, bandwidthThrottling: 1 }),
        ),
    ]) {
      await expect(refused()).rejects.toBeInstanceOf(ConflictException);
    }
    const retry = client.send(new RetryDataReplicationCommand({ sourceServerID }));
    await expect(retry).rejects.toBeInstanceOf(ValidationException);
  });

  it("is deleted without a word to the staging account, whose server replicates on", async () => {
    const { bench, client } = await twoAccounts(1);
    const sourceServerID = await extend(client, 1);
    await client.send(new DeleteSourceServerCommand({ sourceServerID }));
    expect(bench.drs.servers(lane)).toEqual([]);
    expect(bench.drs.servers(stagingLane)[0]?.replicationState).toBe("CONTINUOUS");
    expect((await extensible(client)).items).toHaveLength(1);
  });

  it("is in error without the staging account's trust, or its server, and cannot be launched then", async () => {
    const { bench, client } = await twoAccounts(1);
    const id = await extend(client, 1);
    bench.drs.setTrust(staging, account, false);
    const server = await describeServer(client, id);
    expect(server?.stagingArea).toMatchObject({
      status: "EXTENSION_ERROR",
      errorMessage: `Account ${staging} does not trust account ${account}`,
    });
    expect(server?.dataReplicationInfo).toEqual({});
    await expect(startRecovery(client, [id])).rejects.toBeInstanceOf(ConflictException);
    bench.drs.setTrust(staging, account, true);
    expect((await describeServer(client, id))?.stagingArea?.status).toBe("EXTENDED");
    const there = bench.client(stagingLane);
    await there.send(new DisconnectSourceServerCommand({ sourceServerID: serverId(1) }));
    await there.send(new DeleteSourceServerCommand({ sourceServerID: serverId(1) }));
    expect((await describeServer(client, id))?.stagingArea?.status).toBe("EXTENSION_ERROR");
  });

  it("fails in its job when the trust is lost while it is launched", async () => {
    const { bench, client } = await twoAccounts(1);
    const id = await extend(client, 1);
    const { jobID } = await startRecovery(client, [id]);
    bench.drs.setTrust(staging, account, false);
    await bench.pass(100);
    const log = await jobLog(client, jobID);
    const failed = log.find(({ event }) => event === "SNAPSHOT_FAIL");
    expect(failed?.eventData?.rawError).toContain("does not trust");
  });

  it("leaves the staging server stopped once it was failed back", async () => {
    const fleet = fleetFromEc2(1).map((server) => ({ ...server, lane: stagingLane }));
    const { bench, client } = await twoAccounts(1, {}, fleet);
    const id = await extend(client, 1);
    await startRecovery(client, [id]);
    await bench.pass(100);
    const [instance] = await describeInstances(client);
    const recoveryInstanceID = instance?.recoveryInstanceID ?? "";
    const { reversedDirectionSourceServerArn = "" } = await client.send(
      new ReverseReplicationCommand({ recoveryInstanceID }),
    );
    await bench.pass(fullCopySeconds);
    const far = reversedDirectionSourceServerArn.split("/").at(-1) ?? "";
    await startRecovery(bench.client(originLane), [far]);
    await bench.pass(100);
    expect(bench.drs.servers(stagingLane)[0]?.replicationState).toBe("STOPPED");
  });
});
