import { describe, expect, it } from "vitest";
import {
  describeInstances,
  describeJobs,
  describeServer,
  jobLog,
  serverId,
  serverIds,
  startBench,
  startRecovery,
  terminate,
} from "../bench.js";

const longestLaunchSeconds = 1_000;

describe("a launch job", () => {
  it("goes from PENDING over STARTED to COMPLETED, with every server launched", async () => {
    const bench = await startBench();
    const client = bench.client();
    const job = await startRecovery(client, serverIds(3), { tags: { "dr:execution": "e-1" } });
    expect(job).toMatchObject({
      status: "PENDING",
      type: "LAUNCH",
      initiatedBy: "START_RECOVERY",
      tags: { "dr:execution": "e-1" },
    });
    expect(job.participatingServers?.map(({ launchStatus }) => launchStatus)).toEqual([
      "PENDING",
      "PENDING",
      "PENDING",
    ]);
    await bench.pass(2);
    const [started] = await describeJobs(client);
    expect(started?.status).toBe("STARTED");
    expect(started?.participatingServers?.[0]?.launchStatus).toBe("IN_PROGRESS");
    await bench.pass(longestLaunchSeconds);
    const [ended] = await describeJobs(client);
    expect(ended).toMatchObject({ jobID: job.jobID, status: "COMPLETED" });
    expect(ended?.participatingServers).toEqual(
      serverIds(3).map((sourceServerID) => ({ sourceServerID, launchStatus: "LAUNCHED" })),
    );
  });

  it("takes each server 500 to 920 s, and ends 2 s after its slowest", async () => {
    const bench = await startBench();
    const client = bench.client();
    await startRecovery(client, serverIds(4));
    const startedAt = bench.clock.now();
    await bench.pass(longestLaunchSeconds);
    const launches = bench.events.flatMap((event) =>
      event.type === "server-launched" ? [(event.at - startedAt) / 1_000] : [],
    );
    const ends = bench.events.flatMap((event) =>
      event.type === "job-ended" ? [(event.at - startedAt) / 1_000] : [],
    );
    expect(launches).toHaveLength(4);
    for (const seconds of launches) {
      expect(seconds).toBeGreaterThan(500);
      expect(seconds).toBeLessThan(920);
    }
    expect(ends).toEqual([Math.max(...launches) + 2]);
  });

  it("logs the captured events in the captured order, LAUNCH_END among them", async () => {
    const bench = await startBench();
    const client = bench.client();
    const { jobID } = await startRecovery(client, [serverId(1)]);
    await bench.pass(longestLaunchSeconds);
    const log = await jobLog(client, jobID);
    expect(log.map(({ event }) => event)).toEqual([
      "JOB_START",
      "SNAPSHOT_START",
      "SNAPSHOT_END",
      "CONVERSION_START",
      "CONVERSION_END",
      "LAUNCH_START",
      "LAUNCH_END",
      "JOB_END",
    ]);
    expect(log[0]?.eventData).toEqual({});
    expect(log[4]?.eventData).toEqual({
      sourceServerID: serverId(1),
      conversionServerID: expect.stringMatching(/^i-[0-9a-f]{17}$/),
    });
    const [instance] = await describeInstances(client);
    expect(log[6]?.eventData).toEqual({
      sourceServerID: serverId(1),
      targetInstanceID: instance?.ec2InstanceID,
    });
  });

  it("leaves a running recovery instance, which its source server names", async () => {
    const bench = await startBench();
    const client = bench.client();
    expect((await describeServer(client, serverId(1)))?.lifeCycle?.lastLaunch).toEqual({
      initiated: {},
    });
    const { jobID } = await startRecovery(client, [serverId(1)], { isDrill: true });
    const calledAt = (await describeServer(client, serverId(1)))?.lifeCycle?.lastLaunch;
    expect(calledAt).toMatchObject({ initiated: { jobID, type: "DRILL" }, status: "PENDING" });
    await bench.pass(longestLaunchSeconds);
    const [instance] = await describeInstances(client, [serverId(1)]);
    expect(instance).toMatchObject({
      jobID,
      isDrill: true,
      ec2InstanceState: "RUNNING",
      sourceServerID: serverId(1),
    });
    expect(await describeServer(client, serverId(1))).toMatchObject({
      recoveryInstanceId: instance?.recoveryInstanceID,
      lastLaunchResult: "SUCCEEDED",
      lifeCycle: { lastLaunch: { initiated: { jobID, type: "DRILL" }, status: "LAUNCHED" } },
    });
  });

  it("replaces the former recovery instance of a server after a clean-up", async () => {
    const bench = await startBench();
    const client = bench.client();
    const drill = await startRecovery(client, [serverId(1)], { isDrill: true });
    await bench.pass(longestLaunchSeconds);
    const [former] = await describeInstances(client);
    const recovery = await startRecovery(client, [serverId(1)]);
    await bench.pass(25);
    expect(await describeInstances(client)).toEqual([]);
    expect(bench.events.find(({ type }) => type === "instance-replaced")).toMatchObject({
      instance: former?.recoveryInstanceID,
      isDrill: true,
      jobId: recovery.jobID,
      launchedBy: drill.jobID,
    });
    await bench.pass(longestLaunchSeconds);
    const [next] = await describeInstances(client);
    expect(next?.recoveryInstanceID).not.toBe(former?.recoveryInstanceID);
    expect(next).toMatchObject({ isDrill: false, jobID: recovery.jobID });
    const events = (await jobLog(client, recovery.jobID)).map(({ event }) => event);
    expect(events.slice(0, 4)).toEqual([
      "JOB_START",
      "CLEANUP_START",
      "CLEANUP_END",
      "SNAPSHOT_START",
    ]);
  });

  it("replaces the former instance at its own end when the switch says so", async () => {
    const bench = await startBench({ drs: { formerInstanceReplacedAt: "launch-end" } });
    const client = bench.client();
    await startRecovery(client, [serverId(1)]);
    await bench.pass(longestLaunchSeconds);
    const [former] = await describeInstances(client);
    await startRecovery(client, [serverId(1)]);
    await bench.pass(100);
    const [kept] = await describeInstances(client);
    expect(kept?.recoveryInstanceID).toBe(former?.recoveryInstanceID);
    await bench.pass(longestLaunchSeconds);
    const after = await describeInstances(client);
    expect(after).toHaveLength(1);
    expect(after[0]?.recoveryInstanceID).not.toBe(former?.recoveryInstanceID);
  });

  it.each([
    ["snapshot", "SNAPSHOT_FAIL"],
    ["conversion", "CONVERSION_FAIL"],
    ["launch", "LAUNCH_FAILED"],
  ] as const)("completes although a server failed in its %s", async (phase, event) => {
    const bench = await startBench();
    const client = bench.client();
    bench.drs.failServer(serverId(2), phase, 1);
    const { jobID } = await startRecovery(client, serverIds(2));
    await bench.pass(longestLaunchSeconds);
    const [job] = await describeJobs(client);
    expect(job?.status).toBe("COMPLETED");
    expect(job?.participatingServers?.map(({ launchStatus }) => launchStatus)).toEqual([
      "LAUNCHED",
      "FAILED",
    ]);
    const failure = (await jobLog(client, jobID)).find((entry) => entry.event === event);
    expect(failure?.eventData).toEqual({
      sourceServerID: serverId(2),
      rawError: `The ${phase} was ordered to fail`,
    });
    expect((await describeServer(client, serverId(2)))?.lastLaunchResult).toBe("FAILED");
    await startRecovery(client, [serverId(2)]);
    await bench.pass(longestLaunchSeconds);
    expect((await describeServer(client, serverId(2)))?.lastLaunchResult).toBe("SUCCEEDED");
  });

  it("uses the snapshot before when the agent of a server is silent", async () => {
    const bench = await startBench();
    const client = bench.client();
    bench.drs.setReplication(serverId(1), { state: "STALLED", lagSeconds: 3_600 });
    const server = await describeServer(client, serverId(1));
    expect(server?.dataReplicationInfo).toMatchObject({
      dataReplicationState: "STALLED",
      lagDuration: "PT1H",
    });
    const { jobID } = await startRecovery(client, [serverId(1)]);
    await bench.pass(longestLaunchSeconds);
    const events = (await jobLog(client, jobID)).map(({ event }) => event);
    expect(events.slice(1, 4)).toEqual([
      "SNAPSHOT_START",
      "SNAPSHOT_FAIL",
      "USING_PREVIOUS_SNAPSHOT",
    ]);
    const [instance] = await describeInstances(client);
    expect(instance?.pointInTimeSnapshotDateTime).toBe("2026-01-24T01:00:00.000000+00:00");
  });

  it("fails a server whose caller may not do in EC2 what a launch needs, and not the call", async () => {
    const bench = await startBench({
      drs: {
        authorizeOnBehalf: (_principal, { action, context }) => ({
          allowed: action !== "ec2:CreateFleet" && context["aws:ViaAWSService"] === "true",
          reason: "",
        }),
      },
    });
    const client = bench.client();
    await startRecovery(client, [serverId(1)]);
    await bench.pass(longestLaunchSeconds);
    expect(bench.events.find(({ type }) => type === "server-failed")).toMatchObject({
      reason: "Your IAM user do not have permission for ec2:CreateFleet",
    });
  });
});

describe("a terminate job", () => {
  it("ends the instances, then removes their records and frees their servers", async () => {
    const bench = await startBench();
    const client = bench.client();
    const launch = await startRecovery(client, serverIds(2), { isDrill: true });
    await bench.pass(longestLaunchSeconds);
    const instances = await describeInstances(client);
    const ids = instances.map(({ recoveryInstanceID = "" }) => recoveryInstanceID);
    const job = await terminate(client, ids);
    expect(job).toMatchObject({
      type: "TERMINATE",
      initiatedBy: "TERMINATE_RECOVERY_INSTANCES",
      tags: {},
    });
    await bench.pass(5);
    const states = (await describeInstances(client)).map((one) => one.ec2InstanceState);
    expect(states).toEqual(["SHUTTING-DOWN", "SHUTTING-DOWN"]);
    await bench.pass(100);
    expect(await describeInstances(client)).toEqual([]);
    const [ended] = await describeJobs(client);
    expect(ended).toMatchObject({ jobID: job.jobID, status: "COMPLETED" });
    const statuses = ended?.participatingServers?.map(({ launchStatus }) => launchStatus);
    expect(statuses).toEqual(["TERMINATED", "TERMINATED"]);
    const server = await describeServer(client, serverId(1));
    expect(server?.recoveryInstanceId).toBeUndefined();
    expect(server?.lifeCycle?.lastLaunch?.status).toBe("TERMINATED");
    const gone = bench.events.filter(({ type }) => type === "instance-terminated");
    expect(gone).toHaveLength(2);
    for (const event of gone) {
      expect(event).toMatchObject({ isDrill: true, jobId: job.jobID, launchedBy: launch.jobID });
    }
  });

  it("logs clean-up between its start and its end", async () => {
    const bench = await startBench();
    const client = bench.client();
    await startRecovery(client, [serverId(1)]);
    await bench.pass(longestLaunchSeconds);
    const [instance] = await describeInstances(client);
    const { jobID } = await terminate(client, [instance?.recoveryInstanceID ?? ""]);
    await bench.pass(200);
    const events = (await jobLog(client, jobID)).map(({ event }) => event);
    expect(events).toEqual(["JOB_START", "CLEANUP_START", "CLEANUP_END", "JOB_END"]);
  });
});
