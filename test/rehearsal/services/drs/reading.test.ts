import {
  DescribeJobsCommand,
  DescribeRecoverySnapshotsCommand,
  DescribeSourceServersCommand,
  GetLaunchConfigurationCommand,
  ListTagsForResourceCommand,
  paginateDescribeJobs,
  paginateDescribeSourceServers,
  ResourceNotFoundException,
  StartRecoveryCommand,
  TagResourceCommand,
  UntagResourceCommand,
  ValidationException,
} from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import {
  describeInstances,
  describeServer,
  fleetOf,
  jobLog,
  lane,
  serverId,
  serverIds,
  startBench,
  startRecovery,
} from "../bench.js";
import { signedRequest } from "../signed-request.js";

describe("paging", () => {
  it("gives 50 at first and every server once by the end", async () => {
    const bench = await startBench({ fleet: fleetOf(120) });
    const sizes: number[] = [];
    const seen: string[] = [];
    for await (const { items = [] } of paginateDescribeSourceServers(
      { client: bench.client() },
      {},
    )) {
      sizes.push(items.length);
      seen.push(...items.map(({ sourceServerID = "" }) => sourceServerID));
    }
    expect(sizes).toEqual([50, 50, 20]);
    expect(seen).toEqual(serverIds(120));
  });

  it("gives as many as asked for, up to the cap", async () => {
    const bench = await startBench({ fleet: fleetOf(120), drs: { maxPageSize: 110 } });
    const client = bench.client();
    const { items, nextToken = "" } = await client.send(
      new DescribeSourceServersCommand({ maxResults: 1_000 }),
    );
    expect(items).toHaveLength(110);
    const rest = await client.send(new DescribeSourceServersCommand({ nextToken, maxResults: 10 }));
    expect(rest.items).toHaveLength(10);
    expect(rest.nextToken).toBeUndefined();
  });

  it("takes an empty token for none, and refuses one that it never gave", async () => {
    const bench = await startBench();
    const send = signedRequest(bench);
    const empty = await send("POST", "/DescribeSourceServers", JSON.stringify({ nextToken: "" }));
    expect(empty.status).toBe(200);
    const forged = await send("POST", "/DescribeSourceServers", JSON.stringify({ nextToken: "x" }));
    expect(forged.status).toBe(400);
  });

  it("neither skips nor repeats jobs while new ones start between two pages", async () => {
    const bench = await startBench({ fleet: fleetOf(12) });
    const client = bench.client();
    for (const id of serverIds(6)) await startRecovery(client, [id]);
    const before = bench.drs.jobs(lane).map(({ jobId }) => jobId);
    const seen: string[] = [];
    let next = 7;
    for await (const page of paginateDescribeJobs({ client, pageSize: 2 }, {})) {
      seen.push(...(page.items ?? []).map(({ jobID = "" }) => jobID));
      await startRecovery(client, [serverId(next)]);
      next += 1;
    }
    expect(seen).toEqual(before.reverse());
  });
});

describe("filters", () => {
  it("find servers by id, and refuse more than 200 ids", async () => {
    const bench = await startBench();
    const client = bench.client();
    const found = await client.send(
      new DescribeSourceServersCommand({
        filters: { sourceServerIDs: [serverId(2), serverId(9)] },
      }),
    );
    expect(found.items?.map(({ sourceServerID }) => sourceServerID)).toEqual([serverId(2)]);
    const tooMany = new DescribeSourceServersCommand({
      filters: { sourceServerIDs: [...serverIds(201)] },
    });
    await expect(client.send(tooMany)).rejects.toBeInstanceOf(ValidationException);
  });

  it("find a server by the hardware that it is", async () => {
    const [first, ...others] = fleetOf(3);
    if (!first) throw new Error("fleet must have a server.");
    const hardware = ["0a:1b:2c:3d:4e:5f", "42-uuid", "i-0123456789abcdef0"];
    const [macAddress = "", vmWareUuid = "", awsInstanceId = ""] = hardware;
    const machine = { macAddress, vmWareUuid, awsInstanceId, platform: "windows" } as const;
    const client = (await startBench({ fleet: [{ ...first, machine }, ...others] })).client();
    for (const hardwareId of hardware) {
      const filters = { hardwareId };
      const { items } = await client.send(new DescribeSourceServersCommand({ filters }));
      expect(items?.map(({ sourceServerID }) => sourceServerID)).toEqual([first.server]);
      expect(items?.[0]?.sourceProperties).toMatchObject({
        identificationHints: { vmWareUuid, awsInstanceID: awsInstanceId },
        networkInterfaces: [{ macAddress }],
        os: { fullString: expect.stringContaining("Windows") },
      });
    }
  });

  it("find jobs by id and by date, newest first", async () => {
    const bench = await startBench();
    const client = bench.client();
    const first = await startRecovery(client, [serverId(1)]);
    await bench.pass(60);
    const second = await startRecovery(client, [serverId(2)]);
    const idsOf = async (filters: object): Promise<unknown> =>
      (await client.send(new DescribeJobsCommand({ filters }))).items?.map(({ jobID }) => jobID);
    expect(await idsOf({})).toEqual([second.jobID, first.jobID]);
    expect(await idsOf({ jobIDs: [first.jobID] })).toEqual([first.jobID]);
    expect(await idsOf({ fromDate: "2026-01-24T02:00:30Z" })).toEqual([second.jobID]);
    expect(await idsOf({ toDate: "2026-01-24T02:00:30+00:00" })).toEqual([first.jobID]);
  });

  it("find instances by server", async () => {
    const bench = await startBench();
    const client = bench.client();
    await startRecovery(client, serverIds(2));
    await bench.pass(1_000);
    const found = await describeInstances(client, [serverId(2)]);
    expect(found.map(({ sourceServerID }) => sourceServerID)).toEqual([serverId(2)]);
  });
});

describe("points in time", () => {
  it("can be listed, and a recovery to one starts from it", async () => {
    const bench = await startBench();
    const client = bench.client();
    const { items = [] } = await client.send(
      new DescribeRecoverySnapshotsCommand({
        sourceServerID: serverId(1),
        order: "DESC",
        maxResults: 2,
      }),
    );
    expect(items.map(({ timestamp }) => timestamp)).toEqual([
      "2026-01-24T02:00:00.000000+00:00",
      "2026-01-24T01:50:00.000000+00:00",
    ]);
    const recoverySnapshotID = items[1]?.snapshotID ?? "";
    const sourceServers = [{ sourceServerID: serverId(1), recoverySnapshotID }];
    const { job } = await client.send(new StartRecoveryCommand({ sourceServers }));
    await bench.pass(1_000);
    expect((await describeInstances(client))[0]?.pointInTimeSnapshotDateTime).toBe(
      items[1]?.timestamp,
    );
    const events = (await jobLog(client, job?.jobID)).map(({ event }) => event);
    expect(events).toContain("USING_PREVIOUS_SNAPSHOT");
    expect(events).not.toContain("SNAPSHOT_START");
  });

  it("are refused once they have aged out", async () => {
    const bench = await startBench();
    const client = bench.client();
    const { items = [] } = await client.send(
      new DescribeRecoverySnapshotsCommand({ sourceServerID: serverId(1), order: "DESC" }),
    );
    await bench.pass(7_200);
    const sourceServers = [
      { sourceServerID: serverId(1), recoverySnapshotID: items[1]?.snapshotID ?? "" },
    ];
    await expect(client.send(new StartRecoveryCommand({ sourceServers }))).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
  });
});

describe("what belongs to a server", () => {
  it("is its launch configuration", async () => {
    const bench = await startBench();
    const client = bench.client();
    const configuration = await client.send(
      new GetLaunchConfigurationCommand({ sourceServerID: serverId(1) }),
    );
    expect(configuration).toMatchObject({
      sourceServerID: serverId(1),
      launchDisposition: "STARTED",
      ec2LaunchTemplateID: expect.stringMatching(/^lt-[0-9a-f]{17}$/),
    });
    const unknown = new GetLaunchConfigurationCommand({ sourceServerID: serverId(99) });
    await expect(client.send(unknown)).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it("is its tags, which can be added, listed and taken away", async () => {
    const bench = await startBench();
    const client = bench.client();
    const { arn: resourceArn } = (await describeServer(client, serverId(1))) ?? {};
    await client.send(
      new TagResourceCommand({ resourceArn, tags: { "dr:wave": "1", tier: "web" } }),
    );
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ["tier", "app"] }));
    const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toEqual({ "dr:wave": "1" });
    expect((await describeServer(client, serverId(1)))?.tags).toEqual({ "dr:wave": "1" });
    const elsewhere = `arn:aws:drs:eu-west-1:111122223333:source-server/${serverId(1)}`;
    await expect(
      client.send(new ListTagsForResourceCommand({ resourceArn: elsewhere })),
    ).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it("takes fifty, and answers to more as the switch says", async () => {
    const tags = Object.fromEntries(Array.from({ length: 49 }, (_, at) => [`key-${at}`, "1"]));
    for (const tagsOverLimit of ["ValidationException", "ResourceNotFoundException"] as const) {
      const bench = await startBench({ drs: { tagsOverLimit } });
      const client = bench.client();
      const resourceArn = (await describeServer(client, serverId(1)))?.arn;
      await client.send(new TagResourceCommand({ resourceArn, tags }));
      const more = new TagResourceCommand({ resourceArn, tags: { more: "1" } });
      await expect(client.send(more)).rejects.toMatchObject({ name: tagsOverLimit });
    }
  });

  it("keeps its tags when a call names none to take away, and refuses the call", async () => {
    const bench = await startBench();
    const { arn, tags } = (await describeServer(bench.client(), serverId(1))) ?? {};
    const untag = `/tags/${encodeURIComponent(arn ?? "")}`;
    const refused = await signedRequest(bench)("DELETE", untag);
    expect(refused.status).toBe(400);
    expect(refused.headers.get("x-amzn-errortype")).toBe("ValidationException");
    expect((await describeServer(bench.client(), serverId(1)))?.tags).toEqual(tags);
  });
});
