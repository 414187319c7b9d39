import type { GlobalCacheArgs } from "../../../components/index.js";
import { sessions } from "../../support/placements.js";
import { type ArgumentTable, inPlace, refused, replaces } from "../support/argument-table.js";
import { accessGroup, moved, objectives, otherKeyArns, renamed, widened } from "./values.js";

const all = ["elasticache:ReplicationGroup", "elasticache:GlobalReplicationGroup"];
const renames = "ElastiCache renames no replication group";

export const globalCache: ArgumentTable<GlobalCacheArgs> = {
  component: "GlobalCache",
  sample: sessions,
  unprotected: { keepData: false },
  rows: {
    cell: refused(renamed, all, renames),
    name: refused("visits", all, renames),
    placements: [
      inPlace(widened),
      replaces(moved, accessGroup, "a security group lies in one VPC for ever"),
    ],
    keyArns: refused(otherKeyArns, all, "nodes keep the key that they were made with"),
    userGroupIds: inPlace({ "us-east-1": "users-3", "us-west-2": "users-4" }),
    engine: inPlace("valkey", { from: "redis", beside: { engineVersion: "7.2" } }),
    engineVersion: inPlace("8.1"),
    nodeType: inPlace("cache.r7g.xlarge"),
    shards: inPlace(4),
    replicasPerShard: inPlace(1),
    lagAlarmSeconds: inPlace(9),
    objectives: inPlace(objectives),
    keepData: inPlace(true),
    transformMember: inPlace((given) => ({ ...given, maintenanceWindow: "sun:03:00-sun:04:00" })),
    transformGlobal: inPlace((given) => ({ ...given, globalReplicationGroupDescription: "Cache" })),
  },
};
