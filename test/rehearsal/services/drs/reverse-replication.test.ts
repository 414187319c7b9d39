import {
  ConflictException,
  DescribeRecoverySnapshotsCommand,
  type DrsClient,
  InitializeServiceCommand,
  ResourceNotFoundException,
  ReverseReplicationCommand,
  StopFailbackCommand,
  StopReplicationCommand,
  UninitializedAccountException,
  ValidationException,
} from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import type { DrsOptions } from "../../../../runtime/rehearsal/services/drs/drs.js";
import {
  account,
  describeInstances,
  describeServer,
  fleetOf,
  lane,
  serverId,
  startRecovery,
  terminate,
} from "../bench.js";
import { failbackOf, fleetFromEc2, fullCopySeconds, originLane, recovered } from "./recovered.js";

async function reverse(client: DrsClient, recoveryInstanceID: string): Promise<string> {
  const answer = await client.send(new ReverseReplicationCommand({ recoveryInstanceID }));
  return answer.reversedDirectionSourceServerArn?.split("/").at(-1) ?? "";
}

describe("ReverseReplication", () => {
  it("creates a source server in the Region of origin that mirrors the recovered one", async () => {
    const { bench, client, instance } = await recovered(fleetFromEc2(1));
    const far = await reverse(client, instance);
    const mirror = await describeServer(bench.client(originLane), far);
    expect(mirror).toMatchObject({
      arn: `arn:aws:drs:eu-west-1:${account}:source-server/${far}`,
      replicationDirection: "FAILBACK",
      reversedDirectionSourceServerArn: `arn:aws:drs:eu-central-1:${account}:source-server/${serverId(1)}`,
      dataReplicationInfo: { dataReplicationState: "INITIATING" },
      sourceCloudProperties: { originAccountID: account, originRegion: "eu-central-1" },
      sourceProperties: { identificationHints: { hostname: "host-1" } },
      tags: {},
    });
    const original = await describeServer(client, serverId(1));
    expect(original).toMatchObject({
      replicationDirection: "FAILOVER",
      reversedDirectionSourceServerArn: mirror?.arn,
      sourceCloudProperties: { originRegion: "eu-west-1", originAvailabilityZone: "eu-west-1a" },
    });
  });

  it("copies everything first: the mirror has points in time only from then on", async () => {
    const { bench, client, instance } = await recovered(fleetFromEc2(1));
    const sourceServerID = await reverse(client, instance);
    const there = bench.client(originLane);
    const snapshots = async () =>
      (await there.send(new DescribeRecoverySnapshotsCommand({ sourceServerID }))).items ?? [];
    await bench.pass(400);
    const copying = await describeServer(there, sourceServerID);
    expect(copying?.dataReplicationInfo).toMatchObject({
      dataReplicationState: "INITIAL_SYNC",
      etaDateTime: expect.any(String),
    });
    expect(copying?.dataReplicationInfo).not.toHaveProperty("lagDuration");
    const [disk] = copying?.dataReplicationInfo?.replicatedDisks ?? [];
    expect(disk?.replicatedStorageBytes).toBeGreaterThan(0);
    expect(disk?.replicatedStorageBytes).toBeLessThan(disk?.totalStorageBytes ?? 0);
    expect(await snapshots()).toEqual([]);
    await bench.pass(fullCopySeconds);
    const synced = await describeServer(there, sourceServerID);
    expect(synced?.dataReplicationInfo?.dataReplicationState).toBe("CONTINUOUS");
    await bench.pass(600);
    expect((await snapshots()).length).toBeGreaterThan(0);
  });

  it("is told by the instance, from not ready over ready to completed by a launch in the origin", async () => {
    const { bench, client, instance } = await recovered(fleetFromEc2(1));
    expect(await failbackOf(client)).toMatchObject({ state: "FAILBACK_NOT_STARTED" });
    const far = await reverse(client, instance);
    expect(await failbackOf(client)).toMatchObject({ state: "FAILBACK_NOT_READY_FOR_LAUNCH" });
    await bench.pass(fullCopySeconds);
    const [ready] = await describeInstances(client);
    expect(ready).toMatchObject({
      failback: { state: "FAILBACK_READY_FOR_LAUNCH", firstByteDateTime: expect.any(String) },
      dataReplicationInfo: { dataReplicationState: "CONTINUOUS" },
      originEnvironment: "AWS",
      originAvailabilityZone: "eu-west-1a",
    });
    const there = bench.client(originLane);
    const { jobID } = await startRecovery(there, [far]);
    expect(await failbackOf(client)).toMatchObject({
      state: "FAILBACK_IN_PROGRESS",
      failbackJobID: jobID,
      failbackLaunchType: "RECOVERY",
    });
    await bench.pass(100);
    expect(await failbackOf(client)).toMatchObject({ state: "FAILBACK_COMPLETED" });
    expect(await describeInstances(there)).toHaveLength(1);
  });

  it("ends in an error when that launch fails", async () => {
    const { bench, client, instance } = await recovered(fleetFromEc2(1));
    const far = await reverse(client, instance);
    await bench.pass(fullCopySeconds);
    bench.drs.failServer(far, "conversion", 1);
    await startRecovery(bench.client(originLane), [far]);
    await bench.pass(100);
    expect(await failbackOf(client)).toMatchObject({ state: "FAILBACK_ERROR" });
  });

  it("protects a failed-back instance again, by the first source server", async () => {
    const { bench, client, instance } = await recovered(fleetFromEc2(1));
    const far = await reverse(client, instance);
    await bench.pass(fullCopySeconds);
    const there = bench.client(originLane);
    await startRecovery(there, [far]);
    await bench.pass(100);
    const [failedBack] = await describeInstances(there);
    bench.drs.setReplication(serverId(1), { state: "STALLED" });
    const again = await reverse(there, failedBack?.recoveryInstanceID ?? "");
    expect(again).toBe(serverId(1));
    await bench.pass(fullCopySeconds);
    const first = await describeServer(client, serverId(1));
    expect(first?.dataReplicationInfo?.dataReplicationState).toBe("CONTINUOUS");
    expect(first?.replicationDirection).toBe("FAILOVER");
  });

  it("creates another server to protect it again when the switch says so", async () => {
    const drs = { reprotectUsesFormerServer: false };
    const { bench, client, instance } = await recovered(fleetFromEc2(1), drs);
    const far = await reverse(client, instance);
    await bench.pass(fullCopySeconds);
    const there = bench.client(originLane);
    await startRecovery(there, [far]);
    await bench.pass(100);
    const [failedBack] = await describeInstances(there);
    const again = await reverse(there, failedBack?.recoveryInstanceID ?? "");
    expect(again).not.toBe(serverId(1));
    expect(bench.drs.servers(lane)).toHaveLength(2);
  });

  it("is refused for a server from outside of EC2, for a second time, and without DRS in the origin", async () => {
    const outside = await recovered(fleetOf(1));
    await expect(reverse(outside.client, outside.instance)).rejects.toBeInstanceOf(
      ValidationException,
    );
    const fresh = await recovered(fleetFromEc2(1), { initialisedLanes: [] });
    await expect(reverse(fresh.client, fresh.instance)).rejects.toBeInstanceOf(
      UninitializedAccountException,
    );
    await fresh.bench.client(originLane).send(new InitializeServiceCommand({}));
    await reverse(fresh.client, fresh.instance);
    await expect(reverse(fresh.client, fresh.instance)).rejects.toBeInstanceOf(ConflictException);
    await expect(reverse(fresh.client, "i-00000000000000000")).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
  });

  it.each(["replicatingServers", "sourceServers"] as const)(
    "is refused, with nothing created, where the origin has no room by %s",
    async (quota) => {
      const quotas: DrsOptions["quotas"] = (where) =>
        where === originLane ? { [quota]: 0 } : undefined;
      const { bench, client, instance } = await recovered(fleetFromEc2(1), { quotas });
      await expect(reverse(client, instance)).rejects.toBeInstanceOf(ConflictException);
      expect(bench.drs.servers(originLane)).toEqual([]);
      expect(await failbackOf(client)).toMatchObject({ state: "FAILBACK_NOT_STARTED" });
    },
  );

  it("must be stopped before the instance may be terminated", async () => {
    const { bench, client, instance } = await recovered(fleetFromEc2(1));
    const far = await reverse(client, instance);
    await expect(terminate(client, [instance])).rejects.toBeInstanceOf(ConflictException);
    await bench.client(originLane).send(new StopReplicationCommand({ sourceServerID: far }));
    await terminate(client, [instance]);
  });

  it("leaves the mirror stalled where the switch lets its instance end", async () => {
    const drs = { terminateWhileReversed: "accepted" } as const;
    const { bench, client, instance } = await recovered(fleetFromEc2(1), drs);
    const far = await reverse(client, instance);
    await terminate(client, [instance]);
    await bench.pass(200);
    const mirror = await describeServer(bench.client(originLane), far);
    expect(mirror?.dataReplicationInfo?.dataReplicationState).toBe("STALLED");
  });
});

describe("StopFailback", () => {
  it("sets the instance back to not started and stops the mirror", async () => {
    const { bench, client, instance } = await recovered(fleetFromEc2(1));
    const far = await reverse(client, instance);
    await client.send(new StopFailbackCommand({ recoveryInstanceID: instance }));
    expect(await failbackOf(client)).toEqual({
      state: "FAILBACK_NOT_STARTED",
      agentLastSeenByServiceDateTime: expect.any(String),
    });
    const mirror = await describeServer(bench.client(originLane), far);
    expect(mirror?.dataReplicationInfo?.dataReplicationState).toBe("STOPPED");
    await bench.pass(fullCopySeconds);
    expect(await failbackOf(client)).toMatchObject({ state: "FAILBACK_NOT_STARTED" });
  });

  it("knows no instance that does not exist", async () => {
    const { client } = await recovered(fleetOf(1));
    const command = new StopFailbackCommand({ recoveryInstanceID: "i-00000000000000000" });
    await expect(client.send(command)).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});
