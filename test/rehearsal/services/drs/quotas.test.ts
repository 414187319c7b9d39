import {
  ConflictException,
  type DrsClient,
  ServiceQuotaExceededException,
  TerminateRecoveryInstancesCommand,
  ValidationException,
} from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import {
  type Bench,
  describeInstances,
  describeJobs,
  fleetOf,
  lane,
  serverId,
  serverIds,
  startBench,
  startRecovery,
  terminate,
} from "../bench.js";

const longestLaunchSeconds = 1_000;
const busy =
  "One or more of the Source Servers included in API call are currently being processed by a Job";

async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (answer) => ({ accepted: answer }),
    (error: unknown) => error,
  );
}

/** Starts jobs of consecutive servers: `sizes[0]` servers, then `sizes[1]`, … */
async function startJobs(client: DrsClient, sizes: readonly number[]): Promise<void> {
  let first = 1;
  for (const size of sizes) {
    await startRecovery(client, serverIds(size, first));
    first += size;
  }
}

async function launched(
  count: number,
): Promise<{ bench: Bench; client: DrsClient; ids: string[] }> {
  const bench = await startBench({ fleet: fleetOf(count), drs: { launchSeconds: () => 60 } });
  const client = bench.client();
  for (let first = 1; first <= count; first += 100) {
    await startRecovery(client, serverIds(Math.min(100, count - first + 1), first));
    await bench.pass(100);
  }
  const instances = await describeInstances(client);
  return { bench, client, ids: instances.map(({ recoveryInstanceID = "" }) => recoveryInstanceID) };
}

describe("100 servers in a job", () => {
  it("admits 100 and refuses 101 with 402 and the quota's code, and starts nothing", async () => {
    const bench = await startBench({ fleet: fleetOf(201) });
    const client = bench.client();
    const refusal = await refusalOf(startRecovery(client, serverIds(101)));
    expect(refusal).toBeInstanceOf(ServiceQuotaExceededException);
    expect(refusal).toMatchObject({
      quotaCode: "L-B827C881",
      serviceCode: "drs",
      $metadata: { httpStatusCode: 402 },
    });
    expect(await describeJobs(client)).toEqual([]);
    await startRecovery(client, serverIds(100));
    expect(await describeJobs(client)).toHaveLength(1);
  });

  it("refuses 200 by quota, and 201 by the shape of the API", async () => {
    const bench = await startBench({ fleet: fleetOf(201) });
    const client = bench.client();
    expect(await refusalOf(startRecovery(client, serverIds(200)))).toMatchObject({
      quotaCode: "L-B827C881",
    });
    const refusal = await refusalOf(startRecovery(client, serverIds(201)));
    expect(refusal).toBeInstanceOf(ValidationException);
    expect(refusal).toMatchObject({ reason: "fieldValidationFailed" });
  });

  it("holds for terminate jobs too", async () => {
    const { client, ids } = await launched(101);
    expect(await refusalOf(terminate(client, ids))).toMatchObject({ quotaCode: "L-B827C881" });
    const job = await terminate(client, ids.slice(0, 100));
    expect(job.participatingServers).toHaveLength(100);
  });
});

describe("20 jobs", () => {
  it("admits the 20th job and refuses the 21st until one has ended", async () => {
    const bench = await startBench({ fleet: fleetOf(21) });
    const client = bench.client();
    await startJobs(
      client,
      Array.from({ length: 20 }, () => 1),
    );
    expect(await refusalOf(startRecovery(client, [serverId(21)]))).toMatchObject({
      name: "ServiceQuotaExceededException",
      quotaCode: "L-D88FAC3A",
    });
    await bench.pass(longestLaunchSeconds);
    await startRecovery(client, [serverId(21)]);
  });

  it("counts terminate jobs, and does not when the switch says so", async () => {
    for (const terminateJobsCount of [true, false]) {
      const bench = await startBench({ fleet: fleetOf(21), drs: { terminateJobsCount } });
      const client = bench.client();
      await startRecovery(client, [serverId(21)]);
      await bench.pass(longestLaunchSeconds);
      const [instance] = await describeInstances(client);
      await terminate(client, [instance?.recoveryInstanceID ?? ""]);
      await startJobs(
        client,
        Array.from({ length: 19 }, () => 1),
      );
      const last = await refusalOf(startRecovery(client, [serverId(20)]));
      if (terminateJobsCount) expect(last).toMatchObject({ quotaCode: "L-D88FAC3A" });
      else expect(last).toHaveProperty("accepted");
    }
  });

  it("counts the jobs of a stranger", async () => {
    const bench = await startBench({ fleet: fleetOf(21) });
    for (const id of serverIds(20)) bench.drs.stranger.startRecovery(lane, [id]);
    expect(await refusalOf(startRecovery(bench.client(), [serverId(21)]))).toMatchObject({
      quotaCode: "L-D88FAC3A",
    });
  });
});

describe("500 servers in all jobs", () => {
  it("admits the 500th server and refuses the 501st", async () => {
    const bench = await startBench({ fleet: fleetOf(501) });
    const client = bench.client();
    await startJobs(client, [100, 100, 100, 100, 99]);
    expect(await refusalOf(startRecovery(client, [serverId(500), serverId(501)]))).toMatchObject({
      quotaCode: "L-05AFA8C6",
    });
    await startRecovery(client, [serverId(500)]);
    expect(await refusalOf(startRecovery(client, [serverId(501)]))).toMatchObject({
      name: "ServiceQuotaExceededException",
      quotaCode: "L-05AFA8C6",
    });
  });

  it("is kept for each account and Region by itself", async () => {
    const there = "444455556666/us-east-1";
    const fleet = [...fleetOf(501), ...fleetOf(100, there)];
    const bench = await startBench({ fleet });
    await startJobs(bench.client(), [100, 100, 100, 100, 100]);
    await startRecovery(bench.client(there), serverIds(100));
  });

  it("is what the lane's own quota says where that differs", async () => {
    const bench = await startBench({ drs: { quotas: () => ({ serversInAllJobs: 2 }) } });
    expect(await refusalOf(startRecovery(bench.client(), serverIds(3)))).toMatchObject({
      quotaCode: "L-05AFA8C6",
    });
  });
});

describe("one job for each server", () => {
  it("refuses the whole call with 409 while one server is in a launch job", async () => {
    const bench = await startBench();
    const client = bench.client();
    await startRecovery(client, [serverId(1)]);
    const refusal = await refusalOf(startRecovery(client, [serverId(2), serverId(1)]));
    expect(refusal).toBeInstanceOf(ConflictException);
    expect(refusal).toMatchObject({ message: busy, $metadata: { httpStatusCode: 409 } });
    expect(refusal).toMatchObject({ resourceId: undefined });
    expect(await describeJobs(client)).toHaveLength(1);
    await startRecovery(client, [serverId(2)]);
  });

  it("refuses with 409 while a terminate job holds the server", async () => {
    const { client, ids } = await launched(1);
    await terminate(client, ids);
    expect(await refusalOf(startRecovery(client, [serverId(1)]))).toMatchObject({ message: busy });
    expect(await refusalOf(terminate(client, ids))).toMatchObject({ message: busy });
  });

  it("refuses to terminate the instance of a server that is being launched", async () => {
    const { bench, client, ids } = await launched(1);
    await startRecovery(client, [serverId(1)]);
    await bench.pass(5);
    expect(await refusalOf(terminate(client, ids))).toMatchObject({ message: busy });
  });

  it("names the server when the switch says so", async () => {
    const bench = await startBench({ drs: { conflictNamesServer: true } });
    const client = bench.client();
    await startRecovery(client, [serverId(1)]);
    expect(await refusalOf(startRecovery(client, serverIds(2)))).toMatchObject({
      resourceId: serverId(1),
    });
  });

  it("holds a server that has launched until its job ends, unless the switch frees it", async () => {
    for (const placesHeldUntil of ["job-end", "server-end"] as const) {
      const launchSeconds = (id: string): number => (id === serverId(1) ? 60 : 600);
      const bench = await startBench({ drs: { placesHeldUntil, launchSeconds } });
      const client = bench.client();
      await startRecovery(client, serverIds(2));
      await bench.pass(100);
      const again = await refusalOf(startRecovery(client, [serverId(1)]));
      if (placesHeldUntil === "job-end") expect(again).toBeInstanceOf(ConflictException);
      else expect(again).toHaveProperty("accepted");
    }
  });
});

describe("the order of the checks", () => {
  it("answers what does not exist before what is busy, and what is busy before the quota of a job", async () => {
    const bench = await startBench({ fleet: fleetOf(101) });
    const client = bench.client();
    await startRecovery(client, [serverId(1)]);
    expect(await refusalOf(startRecovery(client, [serverId(1), serverId(999)]))).toMatchObject({
      name: "ResourceNotFoundException",
    });
    expect(await refusalOf(startRecovery(client, serverIds(101)))).toMatchObject({
      name: "ConflictException",
    });
  });

  it("follows the switch", async () => {
    const checkOrder = ["serversPerJob", "conflict", "existence"] as const;
    const bench = await startBench({ fleet: fleetOf(101), drs: { checkOrder } });
    const client = bench.client();
    await startRecovery(client, [serverId(1)]);
    expect(await refusalOf(startRecovery(client, serverIds(101)))).toMatchObject({
      name: "ServiceQuotaExceededException",
    });
  });

  it("refuses a server without data to start from", async () => {
    const bench = await startBench();
    bench.drs.setReplication(serverId(1), { state: "INITIAL_SYNC" });
    expect(await refusalOf(startRecovery(bench.client(), [serverId(1)]))).toMatchObject({
      name: "ConflictException",
      resourceId: serverId(1),
    });
  });

  it("takes a server that is named twice once, unless the switch refuses it", async () => {
    const merging = await startBench();
    const job = await startRecovery(merging.client(), [serverId(1), serverId(1)]);
    expect(job.participatingServers).toHaveLength(1);
    const refusing = await startBench({ drs: { duplicateServers: "ValidationException" } });
    const call = startRecovery(refusing.client(), [serverId(1), serverId(1)]);
    expect(await refusalOf(call)).toBeInstanceOf(ValidationException);
  });

  it("answers an instance that does not exist as the switch says", async () => {
    const bench = await startBench({ drs: { unknownInstance: "ConflictException" } });
    const command = new TerminateRecoveryInstancesCommand({
      recoveryInstanceIDs: ["i-00000000000000000"],
    });
    expect(await refusalOf(bench.client().send(command))).toBeInstanceOf(ConflictException);
  });
});
