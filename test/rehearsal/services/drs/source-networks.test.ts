import {
  AssociateSourceNetworkStackCommand,
  ConflictException,
  CreateLaunchConfigurationTemplateCommand,
  CreateSourceNetworkCommand,
  DeleteSourceNetworkCommand,
  DescribeSourceNetworksCommand,
  type DrsClient,
  ExportSourceNetworkCfnTemplateCommand,
  ListTagsForResourceCommand,
  ResourceNotFoundException,
  ServiceQuotaExceededException,
  StartSourceNetworkRecoveryCommand,
  StartSourceNetworkReplicationCommand,
  StopSourceNetworkReplicationCommand,
  ValidationException,
} from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import type { DrsOptions } from "../../../../runtime/rehearsal/services/drs/drs.js";
import {
  account,
  type Bench,
  describeJobs,
  describeServer,
  fleetOf,
  jobLog,
  region,
  serverId,
  startBench,
} from "../bench.js";

const vpcID = "vpc-0123456789abcdef0";
const from = { originAccountID: "444455556666", originRegion: "eu-west-1" };

async function create(client: DrsClient, vpc = vpcID): Promise<string> {
  const command = new CreateSourceNetworkCommand({ vpcID: vpc, ...from, tags: { Tier: "net" } });
  return (await client.send(command)).sourceNetworkID ?? "";
}

async function networks(client: DrsClient) {
  return (await client.send(new DescribeSourceNetworksCommand({}))).items ?? [];
}

interface Protected {
  readonly bench: Bench;
  readonly client: DrsClient;
  readonly sourceNetworkID: string;
}

/** A bench with one network that is PROTECTED. */
async function protectedNetwork(drs: DrsOptions = {}): Promise<Protected> {
  const bench = await startBench({ drs });
  const client = bench.client();
  const sourceNetworkID = await create(client);
  await client.send(new StartSourceNetworkReplicationCommand({ sourceNetworkID }));
  await bench.pass(200);
  return { bench, client, sourceNetworkID };
}

describe("a source network", () => {
  it("is created stopped, shown with its VPC, and has tags", async () => {
    const bench = await startBench();
    const client = bench.client();
    const id = await create(client);
    expect(bench.traced.at(-1)?.reply.status).toBe(201);
    const arn = `arn:aws:drs:${region}:${account}:source-network/${id}`;
    expect(await networks(client)).toEqual([
      {
        sourceNetworkID: id,
        sourceVpcID: vpcID,
        arn,
        tags: { Tier: "net" },
        replicationStatus: "STOPPED",
        sourceRegion: "eu-west-1",
        sourceAccountID: "444455556666",
        lastRecovery: { lastRecoveryResult: "NOT_STARTED" },
      },
    ]);
    const listed = await client.send(new ListTagsForResourceCommand({ resourceArn: arn }));
    expect(listed.tags).toEqual({ Tier: "net" });
  });

  it("replicates at once when the switch says so", async () => {
    const client = (await startBench({ drs: { sourceNetworkBegins: "IN_PROGRESS" } })).client();
    await create(client);
    expect(await networks(client)).toMatchObject([{ replicationStatus: "IN_PROGRESS" }]);
  });

  it("is found by id, account and Region of origin, page by page", async () => {
    const client = (await startBench()).client();
    const [first, second] = [await create(client), await create(client, "vpc-00000001")];
    const found = async (filters: object) =>
      ((await client.send(new DescribeSourceNetworksCommand({ filters }))).items ?? []).map(
        ({ sourceNetworkID }) => sourceNetworkID,
      );
    expect(await found({ sourceNetworkIDs: [second] })).toEqual([second]);
    expect(new Set(await found(from))).toEqual(new Set([first, second]));
    expect(await found({ originAccountID: account })).toEqual([]);
    expect(await found({ originRegion: "us-east-1" })).toEqual([]);
    const page = await client.send(new DescribeSourceNetworksCommand({ maxResults: 1 }));
    expect(page.items).toHaveLength(1);
    expect(page.nextToken).toBeDefined();
  });

  it("is refused for a VPC that has one, for what no VPC can be, and above the quota", async () => {
    const client = (await startBench({ drs: { quotas: () => ({ sourceNetworks: 1 }) } })).client();
    await expect(create(client, "vpc-1")).rejects.toBeInstanceOf(ValidationException);
    await create(client);
    await expect(create(client, "vpc-00000001")).rejects.toBeInstanceOf(
      ServiceQuotaExceededException,
    );
    const roomy = (await startBench()).client();
    await create(roomy);
    await expect(create(roomy)).rejects.toBeInstanceOf(ConflictException);
  });

  it("is protected a while after its replication was started, until it is stopped", async () => {
    const { bench, client, sourceNetworkID } = await protectedNetwork();
    expect(await networks(client)).toMatchObject([{ replicationStatus: "PROTECTED" }]);
    const start = () => client.send(new StartSourceNetworkReplicationCommand({ sourceNetworkID }));
    const stop = () => client.send(new StopSourceNetworkReplicationCommand({ sourceNetworkID }));
    await expect(start()).rejects.toBeInstanceOf(ConflictException);
    expect((await stop()).sourceNetwork?.replicationStatus).toBe("STOPPED");
    await expect(stop()).rejects.toBeInstanceOf(ConflictException);
    await start();
    await stop();
    await bench.pass(200);
    expect(await networks(client)).toMatchObject([{ replicationStatus: "STOPPED" }]);
  });

  it("is deleted once it is stopped", async () => {
    const { bench, client, sourceNetworkID } = await protectedNetwork();
    const remove = () => client.send(new DeleteSourceNetworkCommand({ sourceNetworkID }));
    await expect(remove()).rejects.toBeInstanceOf(ConflictException);
    await client.send(new StopSourceNetworkReplicationCommand({ sourceNetworkID }));
    await remove();
    expect(bench.traced.at(-1)?.reply.status).toBe(204);
    expect(await networks(client)).toEqual([]);
    await expect(remove()).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it("has a template to export once it was protected, in the bucket of the launch template", async () => {
    const { client, sourceNetworkID } = await protectedNetwork();
    const command = new ExportSourceNetworkCfnTemplateCommand({ sourceNetworkID });
    const url = async () => (await client.send(command)).s3DestinationUrl;
    expect(await url()).toBe(
      `https://drs-exports-${account}-${region}.s3.${region}.amazonaws.com/${sourceNetworkID}.json`,
    );
    const exportBucketArn = "arn:aws:s3:::templates-of-networks";
    await client.send(new CreateLaunchConfigurationTemplateCommand({ exportBucketArn }));
    expect(await url()).toContain("https://templates-of-networks.s3.");
    const fresh = (await startBench()).client();
    const unready = { sourceNetworkID: await create(fresh) };
    const early = fresh.send(new ExportSourceNetworkCfnTemplateCommand(unready));
    await expect(early).rejects.toBeInstanceOf(ConflictException);
  });

  it("is named by the servers that run in its VPC", async () => {
    const origin = { account: from.originAccountID, region: from.originRegion, vpc: vpcID };
    const fleet = fleetOf(2).map((one, index) => (index === 0 ? { ...one, origin } : one));
    const client = (await startBench({ fleet })).client();
    const id = await create(client);
    expect((await describeServer(client, serverId(1)))?.sourceNetworkID).toBe(id);
    expect(await describeServer(client, serverId(2))).not.toHaveProperty("sourceNetworkID");
  });
});

describe("StartSourceNetworkRecovery", () => {
  it("deploys a stack for each network in one job, and updates launch templates", async () => {
    const { bench, client, sourceNetworkID } = await protectedNetwork();
    const command = new StartSourceNetworkRecoveryCommand({
      sourceNetworks: [{ sourceNetworkID, cfnStackName: "shop-net" }],
      tags: { run: "1" },
    });
    const { job } = await client.send(command);
    expect(bench.traced.at(-1)?.reply.status).toBe(202);
    expect(job).toMatchObject({
      type: "LAUNCH",
      initiatedBy: "CREATE_NETWORK_RECOVERY",
      status: "PENDING",
      participatingServers: [],
      participatingResources: [
        { participatingResourceID: { sourceNetworkID }, launchStatus: "PENDING" },
      ],
      tags: { run: "1" },
    });
    expect(await networks(client)).toMatchObject([
      { lastRecovery: { jobID: job?.jobID, lastRecoveryResult: "IN_PROGRESS" } },
    ]);
    await bench.pass(300);
    expect(await networks(client)).toMatchObject([
      {
        cfnStackName: "shop-net",
        launchedVpcID: expect.stringMatching(/^vpc-[0-9a-f]{17}$/),
        lastRecovery: { lastRecoveryResult: "SUCCESS" },
      },
    ]);
    const log = await jobLog(client, job?.jobID);
    expect(log.map(({ event }) => event)).toEqual([
      "JOB_START",
      "DEPLOY_NETWORK_CONFIGURATION_START",
      "DEPLOY_NETWORK_CONFIGURATION_END",
      "UPDATE_LAUNCH_TEMPLATE_START",
      "UPDATE_LAUNCH_TEMPLATE_END",
      "JOB_END",
    ]);
    expect(log[1]?.eventData?.eventResourceData?.sourceNetworkData).toMatchObject({
      sourceNetworkID,
      sourceVpc: vpcID,
      stackName: "shop-net",
    });
  });

  it("updates the stack that is there, unless it is told to deploy a new one", async () => {
    const { bench, client, sourceNetworkID } = await protectedNetwork();
    const recover = async (more: object = {}) => {
      const sourceNetworks = [{ sourceNetworkID }];
      const command = new StartSourceNetworkRecoveryCommand({ sourceNetworks, ...more });
      const { job } = await client.send(command);
      await bench.pass(300);
      const [network] = await networks(client);
      return [job?.initiatedBy, network?.cfnStackName, network?.launchedVpcID];
    };
    const [, stack, vpc] = await recover();
    expect(await recover()).toEqual(["UPDATE_NETWORK_RECOVERY", stack, vpc]);
    const [initiatedBy, another] = await recover({ deployAsNew: true });
    expect(initiatedBy).toBe("CREATE_NETWORK_RECOVERY");
    expect(another).not.toBe(stack);
  });

  it("is refused for networks that do not exist, were never protected, or are in a job", async () => {
    const { client, sourceNetworkID } = await protectedNetwork();
    const recover = (...ids: readonly string[]) => {
      const sourceNetworks = ids.map((id) => ({ sourceNetworkID: id }));
      return client.send(new StartSourceNetworkRecoveryCommand({ sourceNetworks }));
    };
    await expect(recover("sn-00000000000000000")).rejects.toBeInstanceOf(ValidationException);
    const fresh = await create(client, "vpc-00000001");
    await expect(recover(fresh)).rejects.toBeInstanceOf(ConflictException);
    await recover(sourceNetworkID);
    await expect(recover(sourceNetworkID)).rejects.toBeInstanceOf(ConflictException);
    const remove = new DeleteSourceNetworkCommand({ sourceNetworkID });
    await expect(client.send(remove)).rejects.toBeInstanceOf(ConflictException);
  });

  it("takes a place among the jobs of the lane", async () => {
    const quotas = () => ({ concurrentJobs: 0 });
    const { client, sourceNetworkID } = await protectedNetwork({ quotas });
    const command = new StartSourceNetworkRecoveryCommand({
      sourceNetworks: [{ sourceNetworkID }],
    });
    await expect(client.send(command)).rejects.toBeInstanceOf(ServiceQuotaExceededException);
  });
});

describe("AssociateSourceNetworkStack", () => {
  it("ties a network to a stack in a job that updates launch templates alone", async () => {
    const { bench, client, sourceNetworkID } = await protectedNetwork();
    const command = new AssociateSourceNetworkStackCommand({
      sourceNetworkID,
      cfnStackName: "there-already",
    });
    const { job } = await client.send(command);
    expect(job?.initiatedBy).toBe("ASSOCIATE_NETWORK_RECOVERY");
    await bench.pass(60);
    expect(await networks(client)).toMatchObject([
      { cfnStackName: "there-already", lastRecovery: { lastRecoveryResult: "ASSOCIATE_SUCCESS" } },
    ]);
    const [ended] = await describeJobs(client);
    expect(ended?.status).toBe("COMPLETED");
    expect((await jobLog(client, job?.jobID)).map(({ event }) => event)).toEqual([
      "JOB_START",
      "UPDATE_LAUNCH_TEMPLATE_START",
      "UPDATE_LAUNCH_TEMPLATE_END",
      "JOB_END",
    ]);
  });
});
