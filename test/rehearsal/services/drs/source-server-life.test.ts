import {
  ConflictException,
  DeleteJobCommand,
  DeleteSourceServerCommand,
  DescribeJobLogItemsCommand,
  DescribeRecoverySnapshotsCommand,
  DisconnectSourceServerCommand,
  ResourceNotFoundException,
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
