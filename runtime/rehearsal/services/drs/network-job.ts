import { log, openJob, settle } from "./jobs.js";
import type { Caller, JobRecord, LaneRecord, Participant } from "./model.js";
import type { SourceNetwork } from "./source-networks.js";
import type { World } from "./world.js";

/** What a job does with a network: deploys a stack, updates the one there is, or takes one as it is. */
type NetworkWork = "CREATE" | "UPDATE" | "ASSOCIATE";

export interface NetworkRequest {
  /** With the name of its stack, where the call gives one. */
  readonly networks: ReadonlyMap<SourceNetwork, string | undefined>;
  readonly work: "RECOVER" | "RECOVER_AS_NEW" | "ASSOCIATE";
  readonly tags: Readonly<Record<string, string>>;
}

/** From the call to the first event of a network. */
const startedAfterSeconds = 0.8;

/** Starts a job over networks that were checked. Each goes its own way; no CloudFormation is run. */
export function startNetworkJob(
  world: World,
  lane: LaneRecord,
  { networks, work, tags }: NetworkRequest,
  caller: Caller,
): JobRecord {
  const ways = [...networks].map(([network, stack]) => {
    const participant: Participant = {
      server: network.id,
      launchStatus: "PENDING",
      isDone: false,
    };
    return { network, stack, participant, work: workOn(network, stack, work) };
  });
  const kinds = ways.map((way) => way.work);
  const job = openJob(world, lane, {
    kind: "network",
    initiatedBy: `${kinds.find((kind) => kind !== "UPDATE") ?? "UPDATE"}_NETWORK_RECOVERY`,
    isDrill: false,
    participants: ways.map(({ participant }) => participant),
    tags,
    by: caller.by,
  });
  for (const way of ways) {
    const { network } = way;
    network.lastRecovery = { calledAt: job.createdAt, jobId: job.jobId, result: "IN_PROGRESS" };
    bring(world, lane, job, way);
  }
  return job;
}

/** A network that has a stack keeps it, unless the call wants a new one or names another. */
function workOn(
  { stack }: SourceNetwork,
  named: string | undefined,
  work: NetworkRequest["work"],
): NetworkWork {
  if (work === "ASSOCIATE") return work;
  const isKept = stack !== undefined && (named === undefined || named === stack);
  return work === "RECOVER" && isKept ? "UPDATE" : "CREATE";
}

interface Way {
  readonly network: SourceNetwork;
  readonly stack: string | undefined;
  readonly participant: Participant;
  readonly work: NetworkWork;
}

function bring(world: World, lane: LaneRecord, job: JobRecord, way: Way): void {
  const { network, participant, work } = way;
  const { networkDeploySeconds, launchTemplateSeconds } = world.switches;
  const target = targetOf(world, job, way);
  const tell = (event: string): void => {
    const { id, vpc } = network;
    const { stack: stackName, vpc: targetVpc } = target;
    const sourceNetworkData = { sourceNetworkID: id, sourceVpc: vpc, targetVpc, stackName };
    log(world, job, event, { eventResourceData: { sourceNetworkData } });
  };
  const deploySeconds = work === "ASSOCIATE" ? 0 : networkDeploySeconds;
  const at = (seconds: number, what: () => void): void =>
    world.after(job.createdAt, startedAfterSeconds + seconds, what);
  at(0, () => {
    participant.launchStatus = "IN_PROGRESS";
    if (work !== "ASSOCIATE") tell(`${deployments[work]}_START`);
  });
  at(deploySeconds, () => {
    if (work !== "ASSOCIATE") tell(`${deployments[work]}_END`);
    network.stack = target.stack;
    network.launchedVpc = target.vpc;
    tell("UPDATE_LAUNCH_TEMPLATE_START");
  });
  at(deploySeconds + launchTemplateSeconds, () => {
    tell("UPDATE_LAUNCH_TEMPLATE_END");
    participant.launchStatus = "LAUNCHED";
    if (network.lastRecovery?.jobId === job.jobId) {
      network.lastRecovery.result = work === "ASSOCIATE" ? "ASSOCIATE_SUCCESS" : "SUCCESS";
    }
    settle(world, lane, job, participant);
  });
}

const deployments = {
  CREATE: "DEPLOY_NETWORK_CONFIGURATION",
  UPDATE: "UPDATE_NETWORK_CONFIGURATION",
} as const;

/** A stack that is kept has its VPC; one of a name has the same VPC whenever it comes again. */
function targetOf(world: World, { jobId, lane }: JobRecord, { network, stack, work }: Way) {
  if (work === "UPDATE" && network.stack !== undefined && network.launchedVpc !== undefined) {
    return { stack: network.stack, vpc: network.launchedVpc };
  }
  const name = stack ?? `drs-${network.id}-${jobId.slice(-8)}`;
  return { stack: name, vpc: `vpc-${world.digits(17, "vpc of stack", lane, name)}` };
}
