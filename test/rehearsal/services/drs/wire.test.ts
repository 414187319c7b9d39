import { InitializeServiceCommand, UninitializedAccountException } from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import {
  describeInstances,
  describeJobs,
  describeServer,
  fleetOf,
  jobLog,
  lane,
  lastBody,
  serverId,
  serverIds,
  startBench,
  startRecovery,
} from "../bench.js";
import { signedRequest } from "../signed-request.js";

const offset = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/;

describe("bytes on the wire", () => {
  it("ends timestamps in +00:00, or in Z when the switch says so", async () => {
    const captured = await startBench();
    await startRecovery(captured.client(), [serverId(1)]);
    expect(lastBody(captured, "StartRecovery")).toMatchObject({
      job: { creationDateTime: expect.stringMatching(offset) },
    });
    const newer = await startBench({ drs: { timestampSuffix: "Z" } });
    await startRecovery(newer.client(), [serverId(1)]);
    expect(lastBody(newer, "StartRecovery")).toMatchObject({
      job: { creationDateTime: "2026-01-24T02:00:00.000000Z" },
    });
  });

  it("answers StartRecovery with 202 and an id, an ARN and no instance", async () => {
    const bench = await startBench();
    await startRecovery(bench.client(), [serverId(1)], { tags: { "dr:batch": "1" } });
    expect(bench.traced.at(-1)?.reply.status).toBe(202);
    expect(lastBody(bench, "StartRecovery")).toEqual({
      job: {
        jobID: expect.stringMatching(/^drsjob-[0-9a-zA-Z]{17}$/),
        arn: expect.stringMatching(
          /^arn:aws:drs:eu-central-1:111122223333:job\/drsjob-[0-9a-zA-Z]{17}$/,
        ),
        type: "LAUNCH",
        initiatedBy: "START_RECOVERY",
        creationDateTime: expect.stringMatching(offset),
        status: "PENDING",
        participatingServers: [{ sourceServerID: serverId(1), launchStatus: "PENDING" }],
        tags: { "dr:batch": "1" },
      },
    });
  });

  it("shows a healthy server that was never launched as it was captured", async () => {
    const bench = await startBench();
    await describeServer(bench.client(), serverId(1));
    expect(lastBody(bench, "DescribeSourceServers")).toMatchObject({
      items: [
        {
          arn: `arn:aws:drs:eu-central-1:111122223333:source-server/${serverId(1)}`,
          dataReplicationInfo: { dataReplicationState: "CONTINUOUS", lagDuration: "P0D" },
          lastLaunchResult: "NOT_STARTED",
          lifeCycle: { lastLaunch: { initiated: {} }, elapsedReplicationDuration: "P30D" },
          sourceProperties: { identificationHints: { hostname: "host-1" } },
          tags: { app: "shop" },
        },
      ],
    });
  });

  it("logs LAUNCH_END, which the API model does not list, unless the switch drops it", async () => {
    for (const launchEndIsLogged of [true, false]) {
      const bench = await startBench({ drs: { launchEndIsLogged } });
      const client = bench.client();
      const { jobID } = await startRecovery(client, [serverId(1)]);
      await bench.pass(1_000);
      const events = (await jobLog(client, jobID)).map(({ event }) => String(event));
      expect(events.includes("LAUNCH_END")).toBe(launchEndIsLogged);
    }
  });

  it("names the error in a header and repeats it in the body", async () => {
    const bench = await startBench();
    const send = signedRequest(bench);
    const body = JSON.stringify({ sourceServers: [{ sourceServerID: serverId(99) }] });
    const response = await send("POST", "/StartRecovery", body);
    expect(response.status).toBe(404);
    expect(response.headers.get("x-amzn-errortype")).toBe("ResourceNotFoundException");
    expect(await response.json()).toEqual({
      code: "ResourceNotFoundException",
      message: `Source server ${serverId(99)} does not exist`,
      resourceId: serverId(99),
      resourceType: "AWS::DRS::SourceServer",
    });
  });

  it("fills the body of a 402 with service and quota code", async () => {
    const bench = await startBench({ fleet: fleetOf(101) });
    const sourceServers = serverIds(101).map((sourceServerID) => ({ sourceServerID }));
    const send = signedRequest(bench);
    const response = await send("POST", "/StartRecovery", JSON.stringify({ sourceServers }));
    expect(response.status).toBe(402);
    expect(await response.json()).toEqual({
      code: "ServiceQuotaExceededException",
      message: "Max source servers in a single Job must be at most 100, got 101.",
      resourceType: "AWS::DRS::Job",
      serviceCode: "drs",
      quotaCode: "L-B827C881",
    });
  });

  it.each([
    ["no body", ""],
    ["no server", JSON.stringify({ sourceServers: [] })],
    ["another kind of id", JSON.stringify({ sourceServers: [{ sourceServerID: "i-1" }] })],
    [
      "text for a flag",
      JSON.stringify({ sourceServers: [{ sourceServerID: serverId(1) }], isDrill: "yes" }),
    ],
    ["something else than JSON", "<xml/>"],
  ])("refuses StartRecovery with %s by 400, and starts nothing", async (_title, body) => {
    const bench = await startBench();
    const response = await signedRequest(bench)("POST", "/StartRecovery", body);
    expect(response.status).toBe(400);
    expect(response.headers.get("x-amzn-errortype")).toBe("ValidationException");
    expect(await response.json()).toMatchObject({ fieldList: expect.any(Array) });
    expect(bench.drs.jobs(lane)).toEqual([]);
  });

  it("answers an operation that is not emulated with 501 in JSON", async () => {
    const bench = await startBench();
    const response = await signedRequest(bench)("POST", "/ReverseTime", "{}");
    expect(response.status).toBe(501);
    expect(await response.json()).toMatchObject({ code: "NotEmulated" });
  });

  it("refuses an account that never used DRS in the Region, until it is initialised", async () => {
    const bench = await startBench();
    const elsewhere = bench.client("111122223333/eu-west-1");
    await expect(describeJobs(elsewhere)).rejects.toBeInstanceOf(UninitializedAccountException);
    await elsewhere.send(new InitializeServiceCommand({}));
    expect(bench.traced.at(-1)?.reply.status).toBe(204);
    expect(await describeJobs(elsewhere)).toEqual([]);
  });

  it("writes ARNs of the GovCloud partition in its Regions", async () => {
    const there = "111122223333/us-gov-west-1";
    const bench = await startBench({ fleet: fleetOf(1, there) });
    const server = await describeServer(bench.client(there), serverId(1));
    expect(server?.arn).toBe(
      `arn:aws-us-gov:drs:us-gov-west-1:111122223333:source-server/${serverId(1)}`,
    );
  });

  it("names instances in jobs as the switch says", async () => {
    const bench = await startBench({ drs: { instanceInJob: "always" } });
    const client = bench.client();
    await startRecovery(client, [serverId(1)]);
    await bench.pass(1_000);
    const [instance] = await describeInstances(client);
    const [job] = await describeJobs(client);
    expect(job?.participatingServers?.[0]?.recoveryInstanceID).toBe(instance?.recoveryInstanceID);
  });

  it("shows an instance from the start of its launch when the switch says so", async () => {
    const bench = await startBench({ drs: { instanceVisibleFrom: "launch-start" } });
    const client = bench.client();
    await startRecovery(client, [serverId(1)]);
    await bench.pass(300);
    expect((await describeInstances(client))[0]?.ec2InstanceState).toBe("PENDING");
    await bench.pass(700);
    expect((await describeInstances(client))[0]?.ec2InstanceState).toBe("RUNNING");
  });
});
