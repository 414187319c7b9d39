import {
  ConflictException,
  ServiceQuotaExceededException,
  UpdateReplicationConfigurationCommand,
} from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import type { LaneKey } from "../../../../runtime/core/lane.js";
import type { DrsOptions } from "../../../../runtime/rehearsal/services/drs/drs.js";
import {
  describeInstances,
  describeJobs,
  fleetOf,
  jobLog,
  lane,
  serverId,
  startRecovery,
  terminate,
} from "../bench.js";
import { signedRequest } from "../signed-request.js";
import { extend, stagingLane, twoAccounts } from "./two-accounts.js";

describe("the launch of extended servers", () => {
  it("runs one job in the staging account, which converts for all of them", async () => {
    const { bench, client } = await twoAccounts(2);
    const ids = [await extend(client, 1), await extend(client, 2)];
    const launch = await startRecovery(client, ids);
    const there = bench.client(stagingLane);
    expect(await describeJobs(there)).toMatchObject([
      {
        type: "CREATE_CONVERTED_SNAPSHOT",
        initiatedBy: "TARGET_ACCOUNT",
        participatingServers: [{ sourceServerID: serverId(1) }, { sourceServerID: serverId(2) }],
      },
    ]);
    await bench.pass(100);
    const [conversion] = await describeJobs(there);
    expect(conversion?.status).toBe("COMPLETED");
    const [own] = await describeJobs(client);
    expect(own).toMatchObject({
      jobID: launch.jobID,
      participatingServers: [{ launchStatus: "LAUNCHED" }, { launchStatus: "LAUNCHED" }],
    });
    const events = (await jobLog(there, conversion?.jobID)).map(({ event }) => event);
    expect(new Set(events)).toEqual(
      new Set([
        "JOB_START",
        "SNAPSHOT_START",
        "SNAPSHOT_END",
        "CONVERSION_START",
        "CONVERSION_END",
        "JOB_END",
      ]),
    );
    expect(Date.parse(conversion?.endDateTime ?? "")).toBeLessThan(
      Date.parse(own?.endDateTime ?? ""),
    );
    const [instance] = await describeInstances(client);
    await terminate(client, [instance?.recoveryInstanceID ?? ""]);
    expect(await describeJobs(there)).toHaveLength(1);
  });

  it("runs a job for each server when the switch says so", async () => {
    const { bench, client } = await twoAccounts(2, { conversionJobs: "one-a-server" });
    await startRecovery(client, [await extend(client, 1), await extend(client, 2)]);
    expect(await describeJobs(bench.client(stagingLane))).toHaveLength(2);
  });

  it("runs none for servers of the account itself, nor for those that skip conversion", async () => {
    const { bench, client } = await twoAccounts(1, {}, [...fleetOf(1, stagingLane), ...fleetOf(1)]);
    const sourceServerID = await extend(client, 1);
    const mode = JSON.stringify({ sourceServerID, recoveryMode: "FAST" });
    await signedRequest(bench)("POST", "/UpdateLaunchConfiguration", mode);
    await startRecovery(client, [serverId(1), sourceServerID]);
    await bench.pass(100);
    expect(await describeJobs(bench.client(stagingLane))).toEqual([]);
    expect(await describeInstances(client)).toHaveLength(2);
  });

  it("holds the staging server, which cannot be launched there meanwhile", async () => {
    const { bench, client } = await twoAccounts(1);
    await startRecovery(client, [await extend(client, 1)]);
    const there = startRecovery(bench.client(stagingLane), [serverId(1)]);
    await expect(there).rejects.toBeInstanceOf(ConflictException);
  });

  it("counts in the quotas of the staging account, unless the switch says otherwise", async () => {
    const quotas = (where: LaneKey) => (where === stagingLane ? { concurrentJobs: 1 } : undefined);
    const there = async (drs: DrsOptions) => {
      const { bench, client } = await twoAccounts(2, { quotas, ...drs });
      await startRecovery(client, [await extend(client, 1)]);
      return startRecovery(bench.client(stagingLane), [serverId(2)]);
    };
    await expect(there({})).rejects.toBeInstanceOf(ServiceQuotaExceededException);
    await there({ conversionJobsCount: false });
  });

  it("fails in the conversion of servers that the staging account has no room for or holds", async () => {
    const quotas = (where: LaneKey) => (where === stagingLane ? { concurrentJobs: 1 } : undefined);
    const { bench, client } = await twoAccounts(2, { quotas });
    const ids = [await extend(client, 1), await extend(client, 2)];
    await startRecovery(bench.client(stagingLane), [serverId(1)]);
    const { jobID } = await startRecovery(client, ids);
    await bench.pass(100);
    const log = await jobLog(client, jobID);
    const reasons = log.flatMap(({ event, eventData }) =>
      event === "CONVERSION_FAIL" ? [eventData?.rawError] : [],
    );
    expect(reasons).toHaveLength(2);
    expect(reasons).toContain(
      "One or more of the Source Servers included in API call are currently being processed by a Job",
    );
    expect(reasons).toContain("Concurrent jobs in progress must be at most 1, got 2.");
  });

  it("is refused as a whole for the same reasons when the switch says so", async () => {
    const { bench, client } = await twoAccounts(2, { stagingWithoutRoom: "call-refused" });
    const ids = [await extend(client, 1), await extend(client, 2)];
    await startRecovery(bench.client(stagingLane), [serverId(1)]);
    await expect(startRecovery(client, ids)).rejects.toBeInstanceOf(ConflictException);
    expect(bench.drs.jobs(lane)).toEqual([]);
  });

  it("needs volumes under a key of their own when the switch says so", async () => {
    const { bench, client } = await twoAccounts(1, { extendedNeedsOwnKey: true });
    const id = await extend(client, 1);
    const { jobID } = await startRecovery(client, [id]);
    await bench.pass(100);
    const failed = (await jobLog(client, jobID)).find(({ event }) => event === "SNAPSHOT_FAIL");
    expect(failed?.eventData?.rawError).toBe(
      "EBS encryption key could not be found in this account",
    );
    const own = { sourceServerID: serverId(1), ebsEncryption: "NONE" as const };
    await bench.client(stagingLane).send(new UpdateReplicationConfigurationCommand(own));
    await startRecovery(client, [id]);
    await bench.pass(100);
    expect(await describeInstances(client)).toHaveLength(1);
  });
});
