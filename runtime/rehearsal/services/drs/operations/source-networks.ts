import { parseArn } from "../../arns.js";
import {
  type Body,
  checkId,
  idPatterns,
  objectsOf,
  optionalFlag,
  optionalObject,
  optionalText,
  requiredText,
  tagsOf,
  textsOf,
} from "../body.js";
import { readRequired, text } from "../members.js";
import type { LaneRecord } from "../model.js";
import { type Declares, named } from "../named.js";
import { startNetworkJob } from "../network-job.js";
import { type Call, type Operation, postOperation, right } from "../operation.js";
import { page } from "../paging.js";
import { checkJob, isBusy, refuseAbove } from "../quotas.js";
import { busyServers, refusalAs } from "../refusal.js";
import {
  createNetwork,
  replicateNetwork,
  type SourceNetwork,
  wireNetwork,
} from "../source-networks.js";
import type { PossibleRefusal } from "../switches.js";
import { taggingRights } from "../tagging-rights.js";
import { wireJob } from "../wire.js";
import { anyJobIn, arnIn, type World } from "../world.js";

/** Source: API model, StartSourceNetworkRecoveryRequestNetworkEntries and DescribeSourceNetworksRequestFiltersIDs. */
const maxNetworksInCall = 100;

const resourceType = "AWS::DRS::SourceNetwork";

const stackName = /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/;

const createSourceNetwork = postOperation("CreateSourceNetwork", {
  rights: (call) => [
    right("drs:CreateSourceNetwork"),
    ...taggingRights(call, [arnIn(call.lane, "source-network/sn-00000000000000000")]),
  ],
  run({ world, lane, body }) {
    const { vpcID, originAccountID, originRegion } = readRequired<Origin, keyof Origin>(
      body,
      origin,
      ["vpcID", "originAccountID", "originRegion"],
    );
    const tags = { ...tagsOf(body, "tags") };
    refuseAbove(world, lane, "sourceNetworks", lane.networks.byId.size + 1);
    const wanted = { vpc: vpcID, account: originAccountID, region: originRegion, tags };
    refuseSecond(world, lane, wanted);
    const { id } = createNetwork(world, lane, wanted);
    return { status: 201, body: { sourceNetworkID: id } };
  },
});

const describeSourceNetworks = postOperation("DescribeSourceNetworks", {
  rights: () => [right("drs:DescribeSourceNetworks")],
  run({ world, lane, body }) {
    const filters = optionalObject(body, "filters");
    const ids = new Set(textsOf(filters, "sourceNetworkIDs", 0, maxNetworksInCall));
    const account = optionalText(filters, "originAccountID");
    const region = optionalText(filters, "originRegion");
    const placed = [...lane.networks.byId.values()]
      .filter(({ id }) => ids.size === 0 || ids.has(id))
      .filter((one) => account === undefined || one.account === account)
      .filter((one) => region === undefined || one.region === region)
      .map((item) => ({ key: item.id, item }));
    const { items, ...next } = page(world, body, placed);
    return { status: 200, body: { items: items.map((one) => wireNetwork(world, one)), ...next } };
  },
});

const deleteSourceNetwork = postOperation("DeleteSourceNetwork", {
  rights: (call) => [right("drs:DeleteSourceNetwork", [namedArn(call)])],
  run(call) {
    const { world, lane } = call;
    const network = idleNetwork(call, "not-found");
    if (network.status !== "STOPPED") {
      refuseIn(network, world.switches.deleteReplicatingNetwork);
    }
    lane.networks.byId.delete(network.id);
    return { status: 204 };
  },
});

const startReplication = postOperation("StartSourceNetworkReplication", {
  rights: (call) => [right("drs:StartSourceNetworkReplication", [namedArn(call)])],
  run(call) {
    const { world } = call;
    const network = namedNetwork(call, "not-found");
    const replicates = network.status === "IN_PROGRESS" || network.status === "PROTECTED";
    if (replicates) refuseIn(network, world.switches.networkMovedTwice);
    else replicateNetwork(world, network);
    return { status: 200, body: { sourceNetwork: wireNetwork(world, network) } };
  },
});

const stopReplication = postOperation("StopSourceNetworkReplication", {
  rights: (call) => [right("drs:StopSourceNetworkReplication", [namedArn(call)])],
  run(call) {
    const { world } = call;
    const network = namedNetwork(call, "both");
    if (network.status === "STOPPED") refuseIn(network, world.switches.networkMovedTwice);
    network.status = "STOPPED";
    return { status: 200, body: { sourceNetwork: wireNetwork(world, network) } };
  },
});

const exportTemplate = postOperation("ExportSourceNetworkCfnTemplate", {
  rights: (call) => [right("drs:ExportSourceNetworkCfnTemplate", [namedArn(call)])],
  run(call) {
    const { world, lane } = call;
    const network = namedNetwork(call, "both");
    if (!network.hasTemplate) refuseIn(network, world.switches.networkNotProtected);
    const host = `${bucketOf(lane)}.s3.${lane.region}.amazonaws.com`;
    return { status: 200, body: { s3DestinationUrl: `https://${host}/${network.id}.json` } };
  },
});

const associateStack = postOperation("AssociateSourceNetworkStack", {
  startsJob: true,
  rights: (call) => [right("drs:AssociateSourceNetworkStack", [namedArn(call)])],
  run(call) {
    const { world, lane, body, caller } = call;
    const network = idleNetwork(call, "both");
    const stack = checkId("cfnStackName", requiredText(body, "cfnStackName"), stackName);
    checkJob(world, lane, {
      kind: "network",
      servers: [network.id],
      checkExistence: () => undefined,
    });
    const networks = new Map([[network, stack]]);
    const request = { networks, work: "ASSOCIATE", tags: {} } as const;
    const job = startNetworkJob(world, lane, request, caller);
    return { status: 202, body: { job: wireJob(world, job) } };
  },
});

const startRecovery = postOperation("StartSourceNetworkRecovery", {
  startsJob: true,
  rights(call) {
    const ids = objectsOf(call.body, "sourceNetworks", 0, Number.MAX_SAFE_INTEGER).map((one) =>
      arnIn(call.lane, `source-network/${String(one.sourceNetworkID)}`),
    );
    return [
      right("drs:StartSourceNetworkRecovery", ids),
      ...taggingRights(call, [anyJobIn(call.lane)]),
    ];
  },
  run({ world, lane, body, caller }) {
    const wanted = new Map(objectsOf(body, "sourceNetworks", 1, maxNetworksInCall).map(readEntry));
    const isNew = optionalFlag(body, "deployAsNew");
    const tags = tagsOf(body, "tags");
    const known = [...wanted].flatMap(([id, stack]) => {
      const network = lane.networks.byId.get(id);
      return network ? [[network, stack] as const] : [];
    });
    checkJob(world, lane, {
      kind: "network",
      servers: [...wanted.keys()],
      checkExistence: () => checkNetworksExist(world, lane, [...wanted.keys()]),
      checkReadiness() {
        const unready = known.find(([{ hasTemplate }]) => !hasTemplate);
        if (unready) refuseIn(unready[0], world.switches.networkNotProtected);
      },
    });
    const work = isNew ? "RECOVER_AS_NEW" : "RECOVER";
    const job = startNetworkJob(world, lane, { networks: new Map(known), work, tags }, caller);
    return { status: 202, body: { job: wireJob(world, job) } };
  },
});

/** Protected VPCs and what deploys them. */
export const sourceNetworkOperations: readonly Operation[] = [
  createSourceNetwork,
  describeSourceNetworks,
  deleteSourceNetwork,
  startReplication,
  stopReplication,
  exportTemplate,
  associateStack,
  startRecovery,
];

interface Origin {
  readonly vpcID: string;
  readonly originAccountID: string;
  readonly originRegion: string;
}

/** Constraints of the API model. */
const origin = {
  vpcID: text({ min: 12, max: 21, pattern: /^vpc-[0-9a-fA-F]{8,}$/ }),
  originAccountID: text({ pattern: /^\d{12}$/ }),
  originRegion: text({ max: 255, pattern: /^[a-z]{2,4}(-[a-z]+)+-\d$/ }),
};

function readEntry(entry: Body): readonly [string, string | undefined] {
  const id = checkId("sourceNetworkID", requiredText(entry, "sourceNetworkID"), idPatterns.network);
  const stack = optionalText(entry, "cfnStackName");
  return [id, stack === undefined ? undefined : checkId("cfnStackName", stack, stackName)];
}

function namedNetwork({ lane, body }: Call, declares: Declares): SourceNetwork {
  return named(body, "sourceNetworkID", declares, (id) => lane.networks.byId.get(id));
}

/** The network that a call names, refused while a job holds it. */
function idleNetwork(call: Call, declares: Declares): SourceNetwork {
  const { world, lane } = call;
  const network = namedNetwork(call, declares);
  if (isBusy(world, lane, network.id)) throw busyServers(undefined);
  return network;
}

function namedArn({ lane, body }: Call): string {
  return arnIn(lane, `source-network/${String(body.sourceNetworkID)}`);
}

function refuseIn({ id, status }: SourceNetwork, kind: "accepted" | PossibleRefusal): void {
  if (kind === "accepted") return;
  throw refusalAs(kind, `Source network ${id} is ${status}`, id, resourceType);
}

function refuseSecond(
  world: World,
  { networks }: LaneRecord,
  wanted: Pick<SourceNetwork, "vpc" | "account" | "region">,
): void {
  const { networkOfVpcTwice } = world.switches;
  const first = [...networks.byId.values()].find(
    ({ vpc, account, region }) =>
      vpc === wanted.vpc && account === wanted.account && region === wanted.region,
  );
  if (!first || networkOfVpcTwice === "accepted") return;
  const message = `${wanted.vpc} is protected by source network ${first.id}`;
  throw refusalAs(networkOfVpcTwice, message, first.id, resourceType);
}

function checkNetworksExist(world: World, { networks }: LaneRecord, ids: readonly string[]): void {
  const unknown = ids.find((id) => !networks.byId.has(id));
  if (unknown === undefined) return;
  const message = `Source network ${unknown} does not exist`;
  throw refusalAs(world.switches.unknownNetwork, message, unknown, resourceType);
}

/** The bucket that the launch template names for exports; else one that nobody made. */
function bucketOf({ templates, account, region }: LaneRecord): string {
  const arns = [...templates.launch.values()].flatMap(
    ({ settings }) => settings.exportBucketArn ?? [],
  );
  return parseArn(arns[0] ?? "")?.resource ?? `drs-exports-${account}-${region}`;
}
