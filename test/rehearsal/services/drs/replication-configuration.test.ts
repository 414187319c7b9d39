import {
  type CreateReplicationConfigurationTemplateCommandInput as CreateInput,
  CreateReplicationConfigurationTemplateCommand,
  DeleteReplicationConfigurationTemplateCommand,
  DescribeRecoverySnapshotsCommand,
  GetReplicationConfigurationCommand,
  ListTagsForResourceCommand,
  paginateDescribeReplicationConfigurationTemplates,
  ResourceNotFoundException,
  UpdateReplicationConfigurationCommand,
  UpdateReplicationConfigurationTemplateCommand,
} from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import { account, fleetOf, region, serverId, startBench } from "../bench.js";

const pitPolicy = [
  { units: "MINUTE", interval: 10, retentionDuration: 60 },
  { units: "HOUR", interval: 1, retentionDuration: 24 },
  { units: "DAY", interval: 1, retentionDuration: 30 },
] satisfies CreateInput["pitPolicy"];

const template: CreateInput = {
  stagingAreaSubnetId: "subnet-0123456789abcdef0",
  associateDefaultSecurityGroup: true,
  replicationServersSecurityGroupsIDs: ["sg-0123456789abcdef0"],
  replicationServerInstanceType: "t3.small",
  useDedicatedReplicationServer: false,
  defaultLargeStagingDiskType: "GP3",
  ebsEncryption: "DEFAULT",
  bandwidthThrottling: 0,
  dataPlaneRouting: "PRIVATE_IP",
  createPublicIP: false,
  stagingAreaTags: { app: "shop" },
  pitPolicy,
};

describe("the replication configuration of a server", () => {
  it("has three rules for points in time and every disk before anybody sets it", async () => {
    const disks = [
      { deviceName: "/dev/sda1", bytes: 1_000 },
      { deviceName: "/dev/sdb", bytes: 2_000 },
    ];
    const fleet = fleetOf(1).map((one) => ({ ...one, machine: { disks } }));
    const client = (await startBench({ fleet })).client();
    const command = new GetReplicationConfigurationCommand({ sourceServerID: serverId(1) });
    expect(await client.send(command)).toMatchObject({
      sourceServerID: serverId(1),
      ebsEncryption: "DEFAULT",
      pitPolicy: [
        { ruleID: 1, units: "MINUTE", interval: 10, retentionDuration: 60, enabled: true },
        { ruleID: 2, units: "HOUR", interval: 1, retentionDuration: 24, enabled: true },
        { ruleID: 3, units: "DAY", interval: 1, retentionDuration: 7, enabled: true },
      ],
      replicatedDisks: [
        { deviceName: "/dev/sda1", isBootDisk: true, stagingDiskType: "AUTO" },
        { deviceName: "/dev/sdb", isBootDisk: false, stagingDiskType: "AUTO" },
      ],
    });
  });

  it("keeps what an update does not name", async () => {
    const client = (await startBench()).client();
    const sourceServerID = serverId(1);
    const update = (changes: object) =>
      client.send(new UpdateReplicationConfigurationCommand({ sourceServerID, ...changes }));
    await update({ bandwidthThrottling: 100, replicatedDisks: [] });
    const disk = { deviceName: "/dev/sda1", stagingDiskType: "GP3", iops: 3_000 };
    await update({ name: "slow", replicatedDisks: [disk] });
    const read = await client.send(new GetReplicationConfigurationCommand({ sourceServerID }));
    expect(read).toMatchObject({
      name: "slow",
      bandwidthThrottling: 100,
      replicatedDisks: [{ ...disk, isBootDisk: true }],
    });
    const other = new GetReplicationConfigurationCommand({ sourceServerID: serverId(2) });
    expect(await client.send(other)).toMatchObject({ name: "", bandwidthThrottling: 0 });
  });

  it.each([
    ["two rules for points in time", { pitPolicy: pitPolicy.slice(1) }, "pitPolicy"],
    [
      "a rule without an interval",
      { pitPolicy: [...pitPolicy.slice(1), { units: "DAY", retentionDuration: 1 }] },
      "pitPolicy[2].interval",
    ],
    ["a subnet that is none", { stagingAreaSubnetId: "vpc-12345678" }, "stagingAreaSubnetId"],
    ["a name of 129 characters", { name: "n".repeat(129) }, "name"],
    ["a throttle below nothing", { bandwidthThrottling: -1 }, "bandwidthThrottling"],
    ["its own key without naming it", { ebsEncryption: "CUSTOM" }, "ebsEncryptionKeyArn"],
    ["a disk it does not have", { replicatedDisks: [{ deviceName: "x" }] }, "replicatedDisks"],
    ["an encryption that is none", { ebsEncryption: "SOME" }, "ebsEncryption"],
  ])("refuses %s by 400, and changes nothing", async (_title, changes, field) => {
    const client = (await startBench()).client();
    const sourceServerID = serverId(1);
    const before = await client.send(new GetReplicationConfigurationCommand({ sourceServerID }));
    const input = { sourceServerID, ...changes } as object;
    const update = new UpdateReplicationConfigurationCommand({ sourceServerID, ...input });
    await expect(client.send(update)).rejects.toMatchObject({
      name: "ValidationException",
      reason: "fieldValidationFailed",
      fieldList: [{ name: field }],
    });
    const { $metadata: _first, ...kept } = before;
    expect(
      await client.send(new GetReplicationConfigurationCommand({ sourceServerID })),
    ).toMatchObject(kept);
  });

  it("is not found for a server that is not there, and refused for an id of another kind", async () => {
    const client = (await startBench()).client();
    const read = (sourceServerID: string) =>
      client.send(new GetReplicationConfigurationCommand({ sourceServerID }));
    await expect(read(serverId(99))).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(read("i-00000000000000000")).rejects.toMatchObject({
      name: "ValidationException",
    });
    const update = new UpdateReplicationConfigurationCommand({ sourceServerID: "i-1" });
    await expect(client.send(update)).rejects.toMatchObject({ name: "ValidationException" });
  });
});

describe("the policy for points in time", () => {
  it("decides which points of a server there are", async () => {
    const client = (await startBench()).client();
    const sourceServerID = serverId(1);
    const pointsOf = async (): Promise<readonly unknown[]> => {
      const command = new DescribeRecoverySnapshotsCommand({ sourceServerID, maxResults: 100 });
      const { items = [] } = await client.send(command);
      return items.map(({ timestamp }) => timestamp);
    };
    expect(await pointsOf()).toHaveLength(6 + 23 + 6);
    const daily = pitPolicy.map((rule) => ({ ...rule, enabled: rule.units === "DAY" }));
    await client.send(
      new UpdateReplicationConfigurationCommand({ sourceServerID, pitPolicy: daily }),
    );
    const points = await pointsOf();
    expect(points).toHaveLength(30);
    expect(points.every((point) => String(point).includes("T00:00:00"))).toBe(true);
  });
});

describe("replication configuration templates", () => {
  it("are created with tags, found, changed and deleted", async () => {
    const bench = await startBench();
    const client = bench.client();
    const tags = { owner: "dr" };
    const create = new CreateReplicationConfigurationTemplateCommand({ ...template, tags });
    const created = await client.send(create);
    expect(bench.traced.at(-1)?.reply.status).toBe(201);
    const { replicationConfigurationTemplateID, arn: resourceArn } = created;
    expect(resourceArn).toBe(
      `arn:aws:drs:${region}:${account}:replication-configuration-template/${replicationConfigurationTemplateID}`,
    );
    const byId = { replicationConfigurationTemplateID };
    const changed = await client.send(
      new UpdateReplicationConfigurationTemplateCommand({ ...byId, bandwidthThrottling: 50 }),
    );
    expect(changed).toMatchObject({ ...template, bandwidthThrottling: 50, tags });
    expect(await client.send(new ListTagsForResourceCommand({ resourceArn }))).toMatchObject({
      tags,
    });
    await client.send(new DeleteReplicationConfigurationTemplateCommand(byId));
    expect(bench.traced.at(-1)?.reply.status).toBe(204);
    await expect(
      client.send(new UpdateReplicationConfigurationTemplateCommand(byId)),
    ).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it("come in pages, and an unknown id is refused", async () => {
    const client = (await startBench()).client();
    const ids: unknown[] = [];
    for (let made = 0; made < 5; made += 1) {
      const create = new CreateReplicationConfigurationTemplateCommand(template);
      ids.push((await client.send(create)).replicationConfigurationTemplateID);
    }
    const pages: unknown[][] = [];
    const paging = { client, pageSize: 2 };
    for await (const { items = [] } of paginateDescribeReplicationConfigurationTemplates(
      paging,
      {},
    )) {
      pages.push(items.map((one) => one.replicationConfigurationTemplateID));
    }
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(pages.flat().sort()).toEqual(ids.sort());
    const replicationConfigurationTemplateIDs = ["rct-00000000000000000"];
    const unknown = paginateDescribeReplicationConfigurationTemplates(
      { client },
      { replicationConfigurationTemplateIDs },
    );
    await expect(unknown.next()).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it("are refused without a member that the model requires", async () => {
    const client = (await startBench()).client();
    const { pitPolicy: _left, ...without } = template;
    const create = new CreateReplicationConfigurationTemplateCommand({
      ...without,
      pitPolicy: undefined,
    });
    await expect(client.send(create)).rejects.toMatchObject({
      fieldList: [{ name: "pitPolicy", message: "must be given" }],
    });
  });

  it("ask IAM for tagging only when they get tags", async () => {
    const asked: string[] = [];
    const bench = await startBench({
      gateway: {
        authorize: (_principal, { action, resources }) => {
          asked.push(`${action} ${resources.join()}`);
          return { allowed: true, reason: "" };
        },
      },
    });
    const client = bench.client();
    await client.send(new CreateReplicationConfigurationTemplateCommand(template));
    expect(asked).toEqual(["drs:CreateReplicationConfigurationTemplate *"]);
    const tagged = { ...template, tags: { owner: "dr" } };
    await client.send(new CreateReplicationConfigurationTemplateCommand(tagged));
    expect(asked.at(-1)).toMatch(
      /^drs:TagResource arn:aws:drs:.+:replication-configuration-template\//,
    );
  });
});
