import {
  ConflictException,
  GetFailbackReplicationConfigurationCommand,
  ResourceNotFoundException,
  StartFailbackLaunchCommand,
  UpdateFailbackReplicationConfigurationCommand,
  ValidationException,
} from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import {
  describeInstances,
  describeJobs,
  fleetOf,
  jobLog,
  lane,
  lastBody,
  serverId,
  startRecovery,
} from "../bench.js";
import { failbackOf, fullCopySeconds, recovered } from "./recovered.js";

describe("a failback client", () => {
  it("makes the instance ready, and its launch job completes the failback", async () => {
    const { bench, client, instance } = await recovered(fleetOf(1));
    bench.drs.connectFailbackClient(lane, instance);
    expect(await failbackOf(client)).toMatchObject({
      state: "FAILBACK_IN_PROGRESS",
      failbackClientID: expect.any(String),
      failbackToOriginalServer: true,
    });
    const [copying] = await describeInstances(client);
    const { dataReplicationInitiation } = copying?.dataReplicationInfo ?? {};
    expect(dataReplicationInitiation?.steps?.[0]).toEqual({
      name: "LINK_FAILBACK_CLIENT_WITH_RECOVERY_INSTANCE",
      status: "IN_PROGRESS",
    });
    await bench.pass(fullCopySeconds);
    expect(await failbackOf(client)).toMatchObject({ state: "FAILBACK_READY_FOR_LAUNCH" });
    const { job } = await client.send(
      new StartFailbackLaunchCommand({ recoveryInstanceIDs: [instance], tags: { run: "7" } }),
    );
    expect(job).toMatchObject({ type: "LAUNCH", initiatedBy: "FAILBACK", tags: { run: "7" } });
    await bench.pass(100);
    const [ended] = await describeJobs(client);
    expect(ended).toMatchObject({ jobID: job?.jobID, status: "COMPLETED" });
    expect(ended?.participatingServers?.[0]?.launchStatus).toBe("LAUNCHED");
    const events = (await jobLog(client, job?.jobID)).map(({ event }) => String(event));
    expect(events).toEqual([
      "JOB_START",
      "CONVERSION_START",
      "CONVERSION_END",
      "LAUNCH_START",
      "LAUNCH_END",
      "JOB_END",
    ]);
    expect(await failbackOf(client)).toMatchObject({
      state: "FAILBACK_COMPLETED",
      failbackJobID: job?.jobID,
    });
  });

  it.each([
    ["conversion", "CONVERSION_FAIL"],
    ["launch", "LAUNCH_FAILED"],
  ] as const)("whose %s fails leaves an error, and a job that completed", async (phase, event) => {
    const { bench, client, instance } = await recovered(fleetOf(1));
    bench.drs.connectFailbackClient(lane, instance);
    await bench.pass(fullCopySeconds);
    bench.drs.failServer(serverId(1), phase, 1);
    const command = new StartFailbackLaunchCommand({ recoveryInstanceIDs: [instance] });
    const { job } = await client.send(command);
    await bench.pass(100);
    const [ended] = await describeJobs(client);
    expect(ended?.status).toBe("COMPLETED");
    expect(ended?.participatingServers?.[0]?.launchStatus).toBe("FAILED");
    expect((await jobLog(client, job?.jobID)).map((one) => one.event)).toContain(event);
    expect(await failbackOf(client)).toMatchObject({ state: "FAILBACK_ERROR" });
  });

  it("cannot be launched before it is ready, nor twice at once, nor for an unknown instance", async () => {
    const { bench, client, instance } = await recovered(fleetOf(1));
    const launch = (recoveryInstanceIDs: string[]) =>
      client.send(new StartFailbackLaunchCommand({ recoveryInstanceIDs }));
    await expect(launch([instance])).rejects.toBeInstanceOf(ConflictException);
    bench.drs.connectFailbackClient(lane, instance);
    await bench.pass(fullCopySeconds);
    await launch([instance]);
    await expect(launch([instance])).rejects.toBeInstanceOf(ConflictException);
    await expect(startRecovery(client, [serverId(1)])).rejects.toBeInstanceOf(ConflictException);
    await expect(launch(["i-00000000000000000"])).rejects.toBeInstanceOf(ValidationException);
  });

  it("counts in the quotas of jobs", async () => {
    const quotas = () => ({ concurrentJobs: 1 });
    const { bench, client, instance } = await recovered(fleetOf(2), { quotas });
    bench.drs.connectFailbackClient(lane, instance);
    await bench.pass(fullCopySeconds);
    bench.drs.stranger.startRecovery(lane, [serverId(2)]);
    const command = new StartFailbackLaunchCommand({ recoveryInstanceIDs: [instance] });
    await expect(client.send(command)).rejects.toMatchObject({
      name: "ServiceQuotaExceededException",
      quotaCode: "L-D88FAC3A",
    });
  });
});

describe("the failback replication configuration", () => {
  it("is told and changed member by member", async () => {
    const { bench, client, instance: recoveryInstanceID } = await recovered(fleetOf(1));
    const read = async () => {
      const command = new GetFailbackReplicationConfigurationCommand({ recoveryInstanceID });
      await client.send(command);
      return lastBody(bench, "GetFailbackReplicationConfiguration");
    };
    const first = { bandwidthThrottling: 0, usePrivateIP: false, internetProtocol: "IPV4" };
    expect(await read()).toEqual({ recoveryInstanceID, ...first });
    const changes = { bandwidthThrottling: 200, usePrivateIP: true };
    await client.send(
      new UpdateFailbackReplicationConfigurationCommand({ recoveryInstanceID, ...changes }),
    );
    expect(await read()).toEqual({ recoveryInstanceID, ...first, ...changes });
  });

  it("knows no instance that does not exist", async () => {
    const { client } = await recovered(fleetOf(1));
    const recoveryInstanceID = "i-00000000000000000";
    await expect(
      client.send(new GetFailbackReplicationConfigurationCommand({ recoveryInstanceID })),
    ).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(
      client.send(new UpdateFailbackReplicationConfigurationCommand({ recoveryInstanceID })),
    ).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});
