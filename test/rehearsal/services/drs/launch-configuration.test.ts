import {
  CreateLaunchConfigurationTemplateCommand,
  DeleteLaunchConfigurationTemplateCommand,
  DescribeLaunchConfigurationTemplatesCommand,
  GetLaunchConfigurationCommand,
  ResourceNotFoundException,
  UpdateLaunchConfigurationCommand,
  UpdateLaunchConfigurationTemplateCommand,
  ValidationException,
} from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import type { DrsOptions } from "../../../../runtime/rehearsal/services/drs/drs.js";
import {
  describeInstances,
  describeJobs,
  jobLog,
  lastBody,
  serverId,
  startBench,
  startRecovery,
} from "../bench.js";
import { signedRequest } from "../signed-request.js";

const sourceServerID = serverId(1);

describe("the launch configuration of a server", () => {
  it("keeps what an update does not name, and the EC2 launch template", async () => {
    const client = (await startBench()).client();
    const get = () => client.send(new GetLaunchConfigurationCommand({ sourceServerID }));
    const { ec2LaunchTemplateID } = await get();
    await client.send(
      new UpdateLaunchConfigurationCommand({ sourceServerID, copyTags: true, name: "web" }),
    );
    const licensing = { osByol: true };
    await client.send(
      new UpdateLaunchConfigurationCommand({
        sourceServerID,
        launchDisposition: "STOPPED",
        licensing,
      }),
    );
    expect(await get()).toMatchObject({
      name: "web",
      copyTags: true,
      copyPrivateIp: false,
      launchDisposition: "STOPPED",
      licensing,
      ec2LaunchTemplateID,
    });
  });

  it("takes a recovery mode, and an existing instance to launch into", async () => {
    const bench = await startBench();
    const launchIntoInstanceProperties = { launchIntoEC2InstanceID: "i-0123456789abcdef0" };
    const changes = { recoveryMode: "FAST", launchIntoInstanceProperties };
    const body = JSON.stringify({ sourceServerID, ...changes });
    const response = await signedRequest(bench)("POST", "/UpdateLaunchConfiguration", body);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject(changes);
  });

  it("refuses values of no enumeration, and servers that do not exist", async () => {
    const bench = await startBench();
    const client = bench.client();
    const mode = JSON.stringify({ sourceServerID, recoveryMode: "SLOW" });
    const refused = await signedRequest(bench)("POST", "/UpdateLaunchConfiguration", mode);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ fieldList: [{ name: "recoveryMode" }] });
    const elsewhere = new UpdateLaunchConfigurationCommand({ sourceServerID: serverId(99) });
    await expect(client.send(elsewhere)).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});

describe("a launch into an existing instance", () => {
  const existing = "i-0123456789abcdef0";

  /** Launches servers that name the same instance, and tells what became of them. */
  async function launchedInto(servers: readonly string[], drs: DrsOptions = {}) {
    const bench = await startBench({ drs });
    const client = bench.client();
    const launchIntoInstanceProperties = { launchIntoEC2InstanceID: existing };
    for (const server of servers) {
      await client.send(
        new UpdateLaunchConfigurationCommand({
          sourceServerID: server,
          launchIntoInstanceProperties,
        }),
      );
      await startRecovery(client, [server]);
      await bench.pass(2_000);
    }
    const jobs = (await describeJobs(client)).toReversed();
    const log = await jobLog(client, jobs.at(-1)?.jobID);
    return {
      launches: jobs.map(({ participatingServers = [] }) => participatingServers[0]?.launchStatus),
      instances: (await describeInstances(client)).map((one) => one.ec2InstanceID),
      errors: log.flatMap(({ eventData }) => eventData?.rawError ?? []),
    };
  }

  it("makes that one the server's recovery instance, as often as it is launched", async () => {
    expect(await launchedInto([sourceServerID, sourceServerID])).toEqual({
      launches: ["LAUNCHED", "LAUNCHED"],
      instances: [existing],
      errors: [],
    });
  });

  it("fails while the instance is that of another server", async () => {
    expect(await launchedInto([sourceServerID, serverId(2)])).toEqual({
      launches: ["LAUNCHED", "FAILED"],
      instances: [existing],
      errors: [`Instance ${existing} is the recovery instance of ${sourceServerID}`],
    });
  });

  it("fails as without the tag, or makes a new instance, where the switch says so", async () => {
    const launchIntoInstance = "launch-failed";
    const failed = await launchedInto([sourceServerID], { launchIntoInstance });
    expect(failed).toMatchObject({ launches: ["FAILED"], instances: [] });
    expect(failed.errors[0]).toContain("the tag AWSDRS");
    const made = await launchedInto([sourceServerID], { launchIntoInstance: "new-instance" });
    expect(made.launches).toEqual(["LAUNCHED"]);
    expect(made.instances).not.toContain(existing);
  });
});

describe("a launch", () => {
  it("leaves the instance stopped when its disposition says so", async () => {
    const bench = await startBench();
    const client = bench.client();
    await client.send(
      new UpdateLaunchConfigurationCommand({ sourceServerID, launchDisposition: "STOPPED" }),
    );
    await startRecovery(client, [sourceServerID, serverId(2)]);
    await bench.pass(1_000);
    const states = (await describeInstances(client)).map((one) => [
      one.sourceServerID,
      one.ec2InstanceState,
    ]);
    expect(Object.fromEntries(states)).toEqual({
      [sourceServerID]: "STOPPED",
      [serverId(2)]: "RUNNING",
    });
  });

  it("has no conversion in recovery mode FAST, and is shorter by it", async () => {
    const bench = await startBench({ drs: { launchSeconds: () => 600 } });
    const client = bench.client();
    const mode = JSON.stringify({ sourceServerID, recoveryMode: "FAST" });
    await signedRequest(bench)("POST", "/UpdateLaunchConfiguration", mode);
    const { jobID } = await startRecovery(client, [sourceServerID, serverId(2)]);
    await bench.pass(1_000);
    const log = await jobLog(client, jobID);
    const eventsOf = (server: string) =>
      log.flatMap(({ event, eventData }) =>
        eventData?.sourceServerID === server ? String(event) : [],
      );
    expect(eventsOf(sourceServerID)).toEqual([
      "SNAPSHOT_START",
      "SNAPSHOT_END",
      "LAUNCH_START",
      "LAUNCH_END",
    ]);
    expect(eventsOf(serverId(2))).toContain("CONVERSION_END");
    const launched = bench.events.flatMap((event) =>
      event.type === "server-launched" ? event.server : [],
    );
    expect(launched).toEqual([sourceServerID, serverId(2)]);
  });
});

describe("launch configuration templates", () => {
  it("are one an account: the second is refused by 402 until the first is deleted", async () => {
    const bench = await startBench();
    const client = bench.client();
    const create = (): Promise<unknown> =>
      client.send(new CreateLaunchConfigurationTemplateCommand({ copyTags: true }));
    await create();
    expect(bench.traced.at(-1)?.reply.status).toBe(201);
    await expect(create()).rejects.toMatchObject({
      name: "ServiceQuotaExceededException",
      quotaCode: "L-1F3FAE4D",
      resourceType: "AWS::DRS::LaunchConfigurationTemplate",
    });
    const { items = [] } = await client.send(new DescribeLaunchConfigurationTemplatesCommand({}));
    expect(items).toHaveLength(1);
    const { launchConfigurationTemplateID } = items[0] ?? {};
    await client.send(
      new DeleteLaunchConfigurationTemplateCommand({ launchConfigurationTemplateID }),
    );
    await create();
    const { items: anew = [] } = await client.send(
      new DescribeLaunchConfigurationTemplatesCommand({}),
    );
    expect(anew[0]?.launchConfigurationTemplateID).not.toBe(launchConfigurationTemplateID);
  });

  it("are changed member by member", async () => {
    const bench = await startBench();
    const client = bench.client();
    const { launchConfigurationTemplate } = await client.send(
      new CreateLaunchConfigurationTemplateCommand({ copyTags: true, tags: { owner: "dr" } }),
    );
    const byId = {
      launchConfigurationTemplateID: launchConfigurationTemplate?.launchConfigurationTemplateID,
    };
    const change = { ...byId, postLaunchEnabled: true };
    await client.send(new UpdateLaunchConfigurationTemplateCommand(change));
    expect(lastBody(bench, "UpdateLaunchConfigurationTemplate")).toEqual({
      launchConfigurationTemplate: {
        ...byId,
        arn: launchConfigurationTemplate?.arn,
        tags: { owner: "dr" },
        launchDisposition: "STARTED",
        targetInstanceTypeRightSizingMethod: "BASIC",
        copyPrivateIp: false,
        copyTags: true,
        licensing: { osByol: false },
        postLaunchEnabled: true,
      },
    });
  });

  it("are described one at a time by id, and at most 1,000 a page", async () => {
    const client = (await startBench()).client();
    const launchConfigurationTemplateIDs = ["lct-00000000000000000", "lct-00000000000000001"];
    const describeWith = (input: object): Promise<unknown> =>
      client.send(new DescribeLaunchConfigurationTemplatesCommand(input));
    await expect(describeWith({ launchConfigurationTemplateIDs })).rejects.toBeInstanceOf(
      ValidationException,
    );
    await expect(
      describeWith({ launchConfigurationTemplateIDs: launchConfigurationTemplateIDs.slice(1) }),
    ).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(describeWith({ maxResults: 1_001 })).rejects.toBeInstanceOf(ValidationException);
  });
});
