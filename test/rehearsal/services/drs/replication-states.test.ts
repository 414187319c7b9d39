import type { DataReplicationInfo, DrsClient } from "@aws-sdk/client-drs";
import { DescribeRecoverySnapshotsCommand } from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import { agentSteps } from "../../../../runtime/rehearsal/services/drs/wire-replication.js";
import { describeServer, fleetOf, serverId, startBench } from "../bench.js";

const server = serverId(1);

const gibibyte = 1024 ** 3;

async function infoOf(client: DrsClient): Promise<DataReplicationInfo> {
  return (await describeServer(client, server))?.dataReplicationInfo ?? {};
}

const states = [
  "STOPPED",
  "INITIATING",
  "INITIAL_SYNC",
  "BACKLOG",
  "CREATING_SNAPSHOT",
  "CONTINUOUS",
  "PAUSED",
  "RESCAN",
  "STALLED",
  "DISCONNECTED",
] as const;

describe("a server whose replication was set", () => {
  it.each(states)(
    "replicates in state %s from the start, and when it is set later",
    async (state) => {
      const [first] = fleetOf(1);
      if (!first) throw new Error("fleetOf must answer a server.");
      const declared = await startBench({ fleet: [{ ...first, replicationState: state }] });
      expect((await infoOf(declared.client())).dataReplicationState).toBe(state);
      const moved = await startBench();
      moved.drs.setReplication(server, { state });
      expect((await infoOf(moved.client())).dataReplicationState).toBe(state);
    },
  );

  it("tells an error while it is stalled, and no longer", async () => {
    const bench = await startBench();
    const client = bench.client();
    bench.drs.setReplication(server, { state: "STALLED" });
    expect((await infoOf(client)).dataReplicationError).toEqual({ error: "AGENT_NOT_SEEN" });
    bench.drs.setReplication(server, { error: "NOT_CONVERGING" });
    expect((await infoOf(client)).dataReplicationError).toEqual({ error: "NOT_CONVERGING" });
    bench.drs.setReplication(server, { state: "CONTINUOUS" });
    expect(await infoOf(client)).not.toHaveProperty("dataReplicationError");
  });

  it("has older data every second while it is stalled, and takes no point in time", async () => {
    const bench = await startBench();
    const client = bench.client();
    const newest = async (): Promise<string | undefined> => {
      const command = new DescribeRecoverySnapshotsCommand({
        sourceServerID: server,
        order: "DESC",
      });
      return (await client.send(command)).items?.[0]?.snapshotID;
    };
    bench.drs.setReplication(server, { state: "STALLED", lagSeconds: 60 });
    const before = await newest();
    await bench.pass(1_800);
    expect((await infoOf(client)).lagDuration).toBe("PT31M");
    expect(await newest()).toBe(before);
    bench.drs.setReplication(server, { state: "BACKLOG" });
    await bench.pass(600);
    expect((await infoOf(client)).lagDuration).toBe("PT31M");
  });

  it("was last seen as long ago as its agent is silent", async () => {
    const bench = await startBench();
    const client = bench.client();
    const seenAt = async (): Promise<number> =>
      Date.parse(
        (await describeServer(client, server))?.lifeCycle?.lastSeenByServiceDateTime ?? "",
      );
    bench.drs.setReplication(server, { state: "STALLED", lagSeconds: 120 });
    const silentSince = bench.clock.now() - 120_000;
    await bench.pass(600);
    expect(await seenAt()).toBe(silentSince);
    bench.drs.setReplication(server, { error: "UNSTABLE_NETWORK" });
    expect(await seenAt()).toBe(bench.clock.now());
    bench.drs.setReplication(server, { state: "DISCONNECTED" });
    const gone = bench.clock.now();
    await bench.pass(600);
    expect(await seenAt()).toBe(gone);
  });

  it("tells how much is behind, and by when that is copied", async () => {
    const bench = await startBench({ drs: { catchUpMebibytesPerSecond: 1 } });
    bench.drs.setReplication(server, { state: "BACKLOG", backlogBytes: 2 * gibibyte });
    const { replicatedDisks, etaDateTime } = await infoOf(bench.client());
    expect(replicatedDisks).toEqual([
      {
        deviceName: "/dev/sda1",
        totalStorageBytes: 8 * gibibyte,
        replicatedStorageBytes: 8 * gibibyte,
        rescannedStorageBytes: 0,
        backloggedStorageBytes: 2 * gibibyte,
      },
    ]);
    expect(Date.parse(etaDateTime ?? "")).toBe(bench.clock.now() + 2_048_000);
    bench.drs.setReplication(server, { state: "RESCAN" });
    const [disk] = (await infoOf(bench.client())).replicatedDisks ?? [];
    expect(disk).toMatchObject({ rescannedStorageBytes: 4 * gibibyte, backloggedStorageBytes: 0 });
    bench.drs.setReplication(server, { state: "INITIAL_SYNC", backlogBytes: 6 * gibibyte });
    const [copied] = (await infoOf(bench.client())).replicatedDisks ?? [];
    expect(copied).toMatchObject({ replicatedStorageBytes: 2 * gibibyte });
  });

  it.each(agentSteps.slice(1))(
    "tells %s as the step that failed, and the next attempt",
    async (step) => {
      const bench = await startBench({ drs: { initiationRetrySeconds: 600 } });
      bench.drs.setReplication(server, { state: "STALLED", error: `FAILED_TO_${step}` });
      const stalledAt = bench.clock.now();
      await bench.pass(700);
      const { dataReplicationInitiation } = await infoOf(bench.client());
      const { steps = [], nextAttemptDateTime = "" } = dataReplicationInitiation ?? {};
      expect(Date.parse(nextAttemptDateTime)).toBe(stalledAt + 1_200_000);
      const failed = agentSteps.indexOf(step);
      expect(steps.map(({ status }) => status)).toEqual(
        agentSteps.map((_name, index) => {
          if (index === failed) return "FAILED";
          return index < failed ? "SUCCEEDED" : "NOT_STARTED";
        }),
      );
    },
  );

  it("begins with its first step while it is initiated", async () => {
    const bench = await startBench();
    bench.drs.setReplication(server, { state: "INITIATING" });
    const { dataReplicationInitiation } = await infoOf(bench.client());
    expect(dataReplicationInitiation?.steps?.[0]).toEqual({ name: "WAIT", status: "IN_PROGRESS" });
  });

  it("has no point in time from before it began to flow", async () => {
    const bench = await startBench();
    await bench.pass(1);
    bench.drs.setReplication(server, { state: "STOPPED" });
    bench.drs.setReplication(server, { state: "CONTINUOUS" });
    const command = new DescribeRecoverySnapshotsCommand({ sourceServerID: server });
    expect((await bench.client().send(command)).items).toEqual([]);
    await bench.pass(1_200);
    expect((await bench.client().send(command)).items?.length).toBeGreaterThan(0);
  });
});
