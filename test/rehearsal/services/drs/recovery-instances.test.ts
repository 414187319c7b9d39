import {
  ConflictException,
  DeleteRecoveryInstanceCommand,
  DescribeRecoveryInstancesCommand,
  DescribeRecoverySnapshotsCommand,
  DisconnectRecoveryInstanceCommand,
  ResourceNotFoundException,
  ReverseReplicationCommand,
  StartRecoveryCommand,
  ValidationException,
} from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import {
  describeInstances,
  describeServer,
  fleetOf,
  lastBody,
  serverId,
  serverIds,
  startBench,
  startRecovery,
} from "../bench.js";
import { fleetFromEc2, originLane, recovered } from "./recovered.js";

const noInstance = "i-00000000000000000";

describe("a recovery instance", () => {
  it("is told with its machine, its disks and where it came from", async () => {
    const bytes = 20 * 1024 ** 3;
    const machine = {
      platform: "windows",
      disks: [
        { deviceName: "c:0", bytes },
        { deviceName: "d:0", bytes },
      ],
    } as const;
    const [first, ...rest] = fleetFromEc2(1);
    const { bench } = await recovered([{ ...first, machine } as (typeof rest)[number]]);
    expect(lastBody(bench, "DescribeRecoveryInstances")).toMatchObject({
      items: [
        {
          originEnvironment: "AWS",
          originAvailabilityZone: "eu-west-1a",
          recoveryInstanceProperties: {
            os: { fullString: "Microsoft Windows Server 2022 Datacenter" },
            disks: [
              { internalDeviceName: "c:0", bytes, ebsVolumeID: expect.stringMatching(/^vol-/) },
              { internalDeviceName: "d:0", bytes, ebsVolumeID: expect.stringMatching(/^vol-/) },
            ],
          },
        },
      ],
    });
  });

  it("is found by any number of servers, but refused for more than 200 ids", async () => {
    const { client, instance } = await recovered(fleetOf(1));
    expect(await describeInstances(client, [...serverIds(300)])).toHaveLength(1);
    const recoveryInstanceIDs = Array.from({ length: 201 }, () => instance);
    const command = new DescribeRecoveryInstancesCommand({ filters: { recoveryInstanceIDs } });
    await expect(client.send(command)).rejects.toBeInstanceOf(ValidationException);
  });
});

describe("DisconnectRecoveryInstance", () => {
  it("ends replication at once and tells disks of no size", async () => {
    const { client, instance: recoveryInstanceID } = await recovered(fleetOf(1));
    await client.send(new DisconnectRecoveryInstanceCommand({ recoveryInstanceID }));
    const [instance] = await describeInstances(client);
    expect(instance).toMatchObject({
      ec2InstanceState: "RUNNING",
      dataReplicationInfo: {
        dataReplicationState: "DISCONNECTED",
        replicatedDisks: [{ totalStorageBytes: 0 }],
      },
    });
    await client.send(new DisconnectRecoveryInstanceCommand({ recoveryInstanceID }));
  });

  it("stalls the server that mirrors it", async () => {
    const { bench, client, instance: recoveryInstanceID } = await recovered(fleetFromEc2(1));
    await client.send(new ReverseReplicationCommand({ recoveryInstanceID }));
    await client.send(new DisconnectRecoveryInstanceCommand({ recoveryInstanceID }));
    const [mirror] = bench.drs.servers(originLane);
    expect(mirror?.replicationState).toBe("STALLED");
  });

  it("is refused twice when the switch says so, during a job, and for an unknown instance", async () => {
    const drs = { disconnectTwice: "ConflictException" } as const;
    const { client, instance } = await recovered(fleetOf(1), drs);
    const disconnect = (recoveryInstanceID: string) =>
      client.send(new DisconnectRecoveryInstanceCommand({ recoveryInstanceID }));
    await expect(disconnect(noInstance)).rejects.toBeInstanceOf(ResourceNotFoundException);
    await startRecovery(client, [serverId(1)]);
    await expect(disconnect(instance)).rejects.toBeInstanceOf(ConflictException);
    const other = await recovered(fleetOf(1), drs);
    const command = new DisconnectRecoveryInstanceCommand({ recoveryInstanceID: other.instance });
    await other.client.send(command);
    await expect(other.client.send(command)).rejects.toBeInstanceOf(ConflictException);
  });
});

describe("DeleteRecoveryInstance", () => {
  it("removes the record of an instance that was disconnected first", async () => {
    const { client, instance: recoveryInstanceID } = await recovered(fleetOf(1));
    const remove = () => client.send(new DeleteRecoveryInstanceCommand({ recoveryInstanceID }));
    await expect(remove()).rejects.toBeInstanceOf(ConflictException);
    await client.send(new DisconnectRecoveryInstanceCommand({ recoveryInstanceID }));
    await remove();
    expect(await describeInstances(client)).toEqual([]);
    expect(await describeServer(client, serverId(1))).not.toHaveProperty("recoveryInstanceId");
  });

  it("answers an unknown instance with a conflict, the only error declared, or as the switch says", async () => {
    const command = new DeleteRecoveryInstanceCommand({ recoveryInstanceID: noInstance });
    const { client } = await recovered(fleetOf(1));
    await expect(client.send(command)).rejects.toBeInstanceOf(ConflictException);
    const drs = { deleteUnknownInstance: "ResourceNotFoundException" } as const;
    const other = await recovered(fleetOf(1), drs);
    await expect(other.client.send(command)).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});

describe("points in time", () => {
  it("have a snapshot for each disk", async () => {
    const [first] = fleetOf(1);
    const disks = ["/dev/sda1", "/dev/sdb"].map((deviceName) => ({ deviceName, bytes: 1 }));
    const bench = await startBench({
      fleet: [{ ...(first as typeof first & object), machine: { disks } }],
    });
    const command = new DescribeRecoverySnapshotsCommand({ sourceServerID: serverId(1) });
    const { items = [] } = await bench.client().send(command);
    for (const { ebsSnapshots = [] } of items) expect(new Set(ebsSnapshots).size).toBe(2);
  });

  it("are found between two moments, and paged in the order asked for", async () => {
    const bench = await startBench();
    const client = bench.client();
    const find = async (more: object) => {
      const command = new DescribeRecoverySnapshotsCommand({
        sourceServerID: serverId(1),
        filters: { fromDateTime: "2026-01-24T01:25:00Z", toDateTime: "2026-01-24T01:55:00Z" },
        ...more,
      });
      return client.send(command);
    };
    const minutes = (items: readonly { timestamp?: string | undefined }[] = []) =>
      items.map(({ timestamp = "" }) => timestamp.slice(11, 16));
    expect(minutes((await find({})).items)).toEqual(["01:30", "01:40", "01:50"]);
    const { items, nextToken } = await find({ order: "DESC", maxResults: 2 });
    expect(minutes(items)).toEqual(["01:50", "01:40"]);
    const rest = await find({ order: "DESC", maxResults: 2, nextToken });
    expect(minutes(rest.items)).toEqual(["01:30"]);
  });

  it("of another server are refused in a recovery, and nothing starts", async () => {
    const bench = await startBench();
    const client = bench.client();
    const { items = [] } = await client.send(
      new DescribeRecoverySnapshotsCommand({ sourceServerID: serverId(2) }),
    );
    const sourceServers = [
      { sourceServerID: serverId(1), recoverySnapshotID: items[0]?.snapshotID ?? "" },
    ];
    await expect(client.send(new StartRecoveryCommand({ sourceServers }))).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
    expect(await describeInstances(client)).toEqual([]);
  });
});
