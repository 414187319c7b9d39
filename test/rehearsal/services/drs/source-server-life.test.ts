import {
  ConflictException,
  DeleteJobCommand,
  DeleteSourceServerCommand,
  DescribeJobLogItemsCommand,
  DescribeRecoverySnapshotsCommand,
  DisconnectSourceServerCommand,
  type DrsClient,
  ResourceNotFoundException,
  RetryDataReplicationCommand,
  StartReplicationCommand,
  StopReplicationCommand,
  ValidationException,
} from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import {
  describeInstances,
  describeJobs,
  describeServer,
  lane,
  serverId,
  startBench,
  startRecovery,
  terminate,
} from "../bench.js";

const sourceServerID = serverId(1);

/** How a server replicates, as DescribeSourceServers tells it. */
async function replicationOf(client: DrsClient) {
  return (await describeServer(client, sourceServerID))?.dataReplicationInfo;
}

async function pointsInTime(client: DrsClient): Promise<number> {
  const answer = await client.send(new DescribeRecoverySnapshotsCommand({ sourceServerID }));
  return answer.items?.length ?? 0;
}

describe("StartReplication", () => {
  it("copies a stopped server anew, from INITIATING to CONTINUOUS", async () => {
    const bench = await startBench({ drs: { syncSecondsFrom: 600, syncSecondsTo: 600 } });
    const client = bench.client();
    await client.send(new StopReplicationCommand({ sourceServerID }));
    const { sourceServer } = await client.send(new StartReplicationCommand({ sourceServerID }));
    expect(sourceServer?.dataReplicationInfo?.dataReplicationState).toBe("INITIATING");
    expect(sourceServer?.lifeCycle).not.toHaveProperty("firstByteDateTime");
    await bench.pass(310);
    expect(await replicationOf(client)).toMatchObject({
      dataReplicationState: "INITIAL_SYNC",
      etaDateTime: expect.any(String),
    });
    await bench.pass(600);
    expect((await replicationOf(client))?.dataReplicationState).toBe("CREATING_SNAPSHOT");
    await expect(startRecovery(client, [sourceServerID])).rejects.toBeInstanceOf(ConflictException);
    expect(await pointsInTime(client)).toBe(0);
    await bench.pass(60);
    expect(await replicationOf(client)).toMatchObject({
      dataReplicationState: "CONTINUOUS",
      lagDuration: "P0D",
    });
    await bench.pass(1_200);
    expect(await pointsInTime(client)).toBeGreaterThan(0);
  });

  it("is refused for a server that replicates, or taken when the switch says so", async () => {
    const start = (client: DrsClient) =>
      client.send(new StartReplicationCommand({ sourceServerID }));
    const refused = start((await startBench()).client());
    await expect(refused).rejects.toBeInstanceOf(ConflictException);
    const accepting = await startBench({ drs: { replicationStartedTwice: "accepted" } });
    const { sourceServer } = await start(accepting.client());
    expect(sourceServer?.dataReplicationInfo?.dataReplicationState).toBe("CONTINUOUS");
  });

  it("is refused where the lane has no room for one more replicating server", async () => {
    const client = (
      await startBench({ drs: { quotas: () => ({ replicatingServers: 3 }) } })
    ).client();
    await client.send(new StopReplicationCommand({ sourceServerID }));
    const start = client.send(new StartReplicationCommand({ sourceServerID }));
    await expect(start).rejects.toBeInstanceOf(ConflictException);
  });
});

describe("RetryDataReplication", () => {
  const retry = (client: DrsClient) =>
    client.send(new RetryDataReplicationCommand({ sourceServerID }));

  it("reads a stalled server again, which keeps its points in time", async () => {
    const bench = await startBench();
    const client = bench.client();
    bench.drs.setReplication(sourceServerID, { state: "STALLED" });
    const server = await retry(client);
    expect(server.dataReplicationInfo).toMatchObject({
      dataReplicationState: "RESCAN",
      etaDateTime: expect.any(String),
    });
    expect(await pointsInTime(client)).toBeGreaterThan(0);
    await bench.pass(4_000);
    expect((await replicationOf(client))?.dataReplicationState).toBe("CONTINUOUS");
  });

  it("copies a stalled server anew when the switch says so, and one that never had data", async () => {
    const anew = await startBench({ drs: { retryOfStalled: "full-copy" } });
    anew.drs.setReplication(sourceServerID, { state: "STALLED" });
    const { dataReplicationInfo } = await retry(anew.client());
    expect(dataReplicationInfo?.dataReplicationState).toBe("INITIATING");

    const bench = await startBench();
    const client = bench.client();
    await client.send(new StopReplicationCommand({ sourceServerID }));
    await client.send(new StartReplicationCommand({ sourceServerID }));
    const error = "FAILED_TO_BOOT_REPLICATION_SERVER";
    bench.drs.setReplication(sourceServerID, { state: "STALLED", error });
    const again = await retry(client);
    expect(again.dataReplicationInfo?.dataReplicationState).toBe("INITIATING");
    await bench.pass(4_000);
    expect((await replicationOf(client))?.dataReplicationState).toBe("CONTINUOUS");
  });

  it("is refused by 400 for a server that replicates: it declares no 409", async () => {
    await expect(retry((await startBench()).client())).rejects.toBeInstanceOf(ValidationException);
  });

  it("starts a disconnected server, unless the lane has no room", async () => {
    const bench = await startBench({ drs: { quotas: () => ({ replicatingServers: 4 }) } });
    const client = bench.client();
    await client.send(new DisconnectSourceServerCommand({ sourceServerID }));
    await retry(client);
    await client.send(new DisconnectSourceServerCommand({ sourceServerID }));
    const lanes = { quotas: () => ({ replicatingServers: 3 }) };
    const full = (await startBench({ drs: lanes })).client();
    await full.send(new DisconnectSourceServerCommand({ sourceServerID }));
    await expect(retry(full)).rejects.toBeInstanceOf(ValidationException);
  });
});

describe("StopReplication", () => {
  it("leaves the server stopped, without points in time and not to be recovered", async () => {
    const client = (await startBench()).client();
    const { sourceServer } = await client.send(new StopReplicationCommand({ sourceServerID }));
    expect(sourceServer?.dataReplicationInfo?.dataReplicationState).toBe("STOPPED");
    const { items } = await client.send(new DescribeRecoverySnapshotsCommand({ sourceServerID }));
    expect(items).toEqual([]);
    await expect(startRecovery(client, [sourceServerID])).rejects.toBeInstanceOf(ConflictException);
  });

  it("is refused while a job holds the server", async () => {
    const bench = await startBench();
    const client = bench.client();
    await startRecovery(client, [sourceServerID]);
    const stop = (): Promise<unknown> =>
      client.send(new StopReplicationCommand({ sourceServerID }));
    await expect(stop()).rejects.toBeInstanceOf(ConflictException);
    await bench.pass(1_000);
    await stop();
    expect(bench.drs.servers(lane)[0]?.replicationState).toBe("STOPPED");
  });

  it("of a stopped server is refused, or accepted when the switch says so", async () => {
    const twice = async (client: ReturnType<Awaited<ReturnType<typeof startBench>>["client"]>) => {
      await client.send(new StopReplicationCommand({ sourceServerID }));
      return client.send(new StopReplicationCommand({ sourceServerID }));
    };
    await expect(twice((await startBench()).client())).rejects.toBeInstanceOf(ConflictException);
    const accepting = await startBench({ drs: { replicationEndedTwice: "accepted" } });
    expect((await twice(accepting.client())).$metadata.httpStatusCode).toBe(200);
  });
});

describe("DisconnectSourceServer", () => {
  it("is refused as long as the server has a recovery instance", async () => {
    const bench = await startBench();
    const client = bench.client();
    await startRecovery(client, [sourceServerID]);
    await bench.pass(1_000);
    const disconnect = () => client.send(new DisconnectSourceServerCommand({ sourceServerID }));
    await expect(disconnect()).rejects.toMatchObject({
      name: "ConflictException",
      message: expect.stringContaining("has recovery instance i-"),
    });
    const [instance] = await describeInstances(client);
    await terminate(client, [instance?.recoveryInstanceID ?? ""]);
    await bench.pass(1_000);
    expect((await disconnect()).dataReplicationInfo?.dataReplicationState).toBe("DISCONNECTED");
  });
});

describe("DeleteSourceServer", () => {
  it("forgets a server that is disconnected, and no other", async () => {
    const bench = await startBench();
    const client = bench.client();
    const remove = () => client.send(new DeleteSourceServerCommand({ sourceServerID }));
    await expect(remove()).rejects.toBeInstanceOf(ConflictException);
    await client.send(new StopReplicationCommand({ sourceServerID }));
    await expect(remove()).rejects.toBeInstanceOf(ConflictException);
    await client.send(new DisconnectSourceServerCommand({ sourceServerID }));
    await remove();
    expect(bench.traced.at(-1)?.reply.status).toBe(204);
    await expect(remove()).rejects.toBeInstanceOf(ResourceNotFoundException);
    expect(bench.drs.servers(lane)).toHaveLength(3);
    expect((await describeServer(client, serverId(2)))?.sourceServerID).toBe(serverId(2));
  });
});

describe("a job that has ended", () => {
  it("is found for as long as the switch says, and for ever without it", async () => {
    for (const [jobsKeptSeconds, left] of [
      [3_600, 0],
      [0, 1],
    ] as const) {
      const bench = await startBench({ drs: { jobsKeptSeconds, launchSeconds: () => 100 } });
      const client = bench.client();
      const { jobID } = await startRecovery(client, [sourceServerID]);
      await bench.pass(3_600);
      expect(await describeJobs(client)).toHaveLength(1);
      await bench.pass(200);
      expect(await describeJobs(client)).toHaveLength(left);
      const log = client.send(new DescribeJobLogItemsCommand({ jobID }));
      if (left === 0) await expect(log).rejects.toBeInstanceOf(ValidationException);
      else await expect(log).resolves.toHaveProperty("items");
    }
  });
});

describe("DeleteJob", () => {
  it("forgets a job that has ended, and none that runs", async () => {
    const bench = await startBench();
    const client = bench.client();
    const { jobID } = await startRecovery(client, [sourceServerID]);
    const remove = () => client.send(new DeleteJobCommand({ jobID }));
    await expect(remove()).rejects.toMatchObject({
      name: "ConflictException",
      resourceId: jobID,
      resourceType: "AWS::DRS::Job",
    });
    await bench.pass(1_000);
    await remove();
    expect(bench.traced.at(-1)?.reply.status).toBe(204);
    expect(await describeJobs(client)).toEqual([]);
    const log = new DescribeJobLogItemsCommand({ jobID });
    await expect(client.send(log)).rejects.toBeInstanceOf(ValidationException);
    await expect(remove()).rejects.toBeInstanceOf(ResourceNotFoundException);
    const anew = await startRecovery(client, [serverId(2)]);
    expect(anew.jobID).not.toBe(jobID);
  });
});
