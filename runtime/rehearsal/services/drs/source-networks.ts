import type { Instant } from "../../../core/instant.js";
import type { LaneRecord, SourceServerRecord } from "./model.js";
import { timestamp } from "./wire-values.js";
import { arnIn, type World } from "./world.js";

/** A VPC whose configuration is protected. */
export interface SourceNetwork {
  readonly id: string;
  readonly arn: string;
  tags: Record<string, string>;
  readonly vpc: string;
  readonly account: string;
  readonly region: string;
  status: "STOPPED" | "IN_PROGRESS" | "PROTECTED" | "ERROR";
  /** Distinguishes this replication from those before. */
  replications: number;
  /** Whether it ever was PROTECTED, so that there is something to deploy. */
  hasTemplate: boolean;
  stack?: string;
  launchedVpc?: string;
  lastRecovery?: {
    readonly calledAt: Instant;
    readonly jobId: string;
    result: "IN_PROGRESS" | "SUCCESS" | "ASSOCIATE_SUCCESS";
  };
}

/** Source networks of an account in a Region. */
export interface SourceNetworks {
  readonly byId: Map<string, SourceNetwork>;
  /** How many there ever were, for ids that never come twice. */
  created: number;
}

/** What a call tells of a network that it wants. */
type WantedNetwork = Pick<SourceNetwork, "vpc" | "account" | "region" | "tags">;

/** Notes a network; whether it replicates at once is a switch. */
export function createNetwork(
  world: World,
  lane: LaneRecord,
  wanted: WantedNetwork,
): SourceNetwork {
  const { networks } = lane;
  networks.created += 1;
  const id = `sn-${world.digits(17, "network", lane.lane, networks.created)}`;
  const network: SourceNetwork = {
    ...wanted,
    id,
    arn: arnIn(lane, `source-network/${id}`),
    status: "STOPPED",
    replications: 0,
    hasTemplate: false,
  };
  networks.byId.set(id, network);
  if (world.switches.sourceNetworkBegins === "IN_PROGRESS") replicateNetwork(world, network);
  return network;
}

/** IN_PROGRESS now, PROTECTED soon, unless something else moves it meanwhile. */
export function replicateNetwork(world: World, network: SourceNetwork): void {
  network.status = "IN_PROGRESS";
  network.replications += 1;
  const { replications } = network;
  world.after(world.now(), world.switches.networkSyncSeconds, () => {
    if (network.replications !== replications || network.status !== "IN_PROGRESS") return;
    network.status = "PROTECTED";
    network.hasTemplate = true;
  });
}

/** The network that protects the VPC of a server, if there is one. */
export function networkOf(
  { networks }: LaneRecord,
  { origin }: SourceServerRecord,
): SourceNetwork | undefined {
  if (!origin?.vpc) return undefined;
  return [...networks.byId.values()].find(
    ({ vpc, account, region }) =>
      vpc === origin.vpc && account === origin.account && region === origin.region,
  );
}

export function wireNetwork(world: World, network: SourceNetwork) {
  const { stack, launchedVpc, lastRecovery } = network;
  return {
    sourceNetworkID: network.id,
    sourceVpcID: network.vpc,
    arn: network.arn,
    tags: network.tags,
    replicationStatus: network.status,
    sourceRegion: network.region,
    sourceAccountID: network.account,
    ...(stack !== undefined && { cfnStackName: stack }),
    ...(launchedVpc !== undefined && { launchedVpcID: launchedVpc }),
    lastRecovery: lastRecovery
      ? {
          apiCallDateTime: timestamp(world, lastRecovery.calledAt),
          jobID: lastRecovery.jobId,
          lastRecoveryResult: lastRecovery.result,
        }
      : { lastRecoveryResult: "NOT_STARTED" },
  };
}
