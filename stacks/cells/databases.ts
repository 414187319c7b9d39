import type * as pulumi from "@pulumi/pulumi";
import {
  AuroraGlobalDatabase,
  type CellKey,
  type CellTopics,
  CrossRegionReplica,
  GlobalCache,
  type StorePlacement,
  type StorePlacements,
} from "../../components/index.js";
import { sides } from "../../runtime/environment/schema.js";
import { given } from "../given.js";
import { firstPassword } from "../settings.js";
import { type DeployedCompute, networkIn } from "./compute.js";
import { backupTagFor, type CellContext } from "./context.js";
import { eachNamed, inCell } from "./named.js";
import type { DeployedNetworks } from "./network.js";

/** The cell's stores that lie in its networks, each under the name that the file gives it. */
export interface DeployedDatabases {
  readonly auroraDatabases: ReadonlyMap<string, AuroraGlobalDatabase>;
  readonly replicatedDatabases: ReadonlyMap<string, CrossRegionReplica>;
  readonly caches: ReadonlyMap<string, GlobalCache>;
}

/** What databases stand on. */
export interface DatabaseGround {
  readonly networks: DeployedNetworks;
  readonly compute: DeployedCompute;
  readonly storesKey: CellKey;
  readonly topics: CellTopics;
}

export function deployDatabases(context: CellContext, ground: DatabaseGround): DeployedDatabases {
  const { declaration, cell, options } = context;
  const { keyArns } = ground.storesKey;
  const common = { cell, keyArns, keepData: declaration.keepData };
  const logged = { ...common, logKeyArns: keyArns };
  const login = (secret: string) => ({
    firstPassword: firstPassword(),
    masterSecretName: inCell(cell, secret),
  });
  return {
    auroraDatabases: eachNamed(cell, "aurora", declaration.auroraDatabases, (name, declared) => {
      const { clients, secret, ...settings } = given(declared);
      const placements = placementsOf(context, ground, clients);
      const backedUp = backupTagFor(context, "aurora");
      const args = { ...logged, ...login(secret), placements, ...backedUp, ...settings };
      return new AuroraGlobalDatabase(name, args, options);
    }),
    replicatedDatabases: eachNamed(
      cell,
      "database",
      declaration.replicatedDatabases,
      (name, declared) => {
        const { clients, secret, ...settings } = given(declared);
        const placements = placementsOf(context, ground, clients);
        const backedUp = backupTagFor(context, "rds");
        const args = { ...logged, ...login(secret), placements, ...backedUp, ...settings };
        return new CrossRegionReplica(name, args, options);
      },
    ),
    caches: eachNamed(cell, "cache", declaration.caches, (name, declared) => {
      const { clients, userGroups, ...settings } = given(declared);
      const placements = placementsOf(context, ground, clients);
      const userGroupIds = Object.fromEntries(
        sides.map((side) => [declaration.regions[side], userGroups[side]]),
      );
      return new GlobalCache(name, { ...common, placements, userGroupIds, ...settings }, options);
    }),
  };
}

/** Where a database stands in each Region, and who reaches it there. */
function placementsOf(
  { declaration }: CellContext,
  ground: DatabaseGround,
  clients: readonly string[],
): StorePlacements {
  const { regions, network } = declaration;
  const placements = sides.map((side) => {
    const region = regions[side];
    const { vpcId, isolatedSubnetIds } = networkIn(ground.networks, region);
    const other = side === "primary" ? "recovery" : "primary";
    const topicArn = ground.topics.topicArns[region];
    const placement: StorePlacement = {
      vpcId,
      subnetIds: isolatedSubnetIds,
      allowedSecurityGroupIds: groupsOf(ground.compute, clients, region),
      ...(network.peered && { allowedCidrBlocks: [network.cidrBlocks[other]] }),
      ...(topicArn && { notificationTopicArns: [topicArn] }),
    };
    return [region, placement] as const;
  });
  return Object.fromEntries(placements);
}

/** Security groups of the clients that run in a Region, by the client's name. */
function groupsOf(
  { services, clusters }: DeployedCompute,
  clients: readonly string[],
  region: string,
): Readonly<Record<string, pulumi.Output<string>>> {
  const groups = clients.flatMap((client) => {
    const ofService = services.get(client)?.[region]?.tasksSecurityGroupId;
    const ofCluster = clusters.get(client)?.[region]?.securityGroupId;
    const group = ofService ?? ofCluster;
    return group === undefined ? [] : [[client, group] as const];
  });
  return Object.fromEntries(groups);
}
