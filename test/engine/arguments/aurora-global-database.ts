import type { AuroraGlobalDatabaseArgs } from "../../../components/index.js";
import { keyArns, ledger } from "../../support/placements.js";
import {
  type ArgumentTable,
  inPlace,
  refused,
  replaces,
  unchanged,
} from "../support/argument-table.js";
import {
  accessGroup,
  backupTag,
  moved,
  objectives,
  otherKeyArns,
  renamed,
  widened,
} from "./values.js";

const members = ["rds:Cluster", "rds:ClusterInstance"];
const all = [...members, "rds:GlobalCluster", "cloudwatch:LogGroup"];
const renames = "deployments know each member by its identifier";
const parameterGroups = ["rds:ClusterParameterGroup", "rds:ParameterGroup"];
const blocking = { onPartition: "block-commits" } as const;

export const auroraGlobalDatabase: ArgumentTable<AuroraGlobalDatabaseArgs> = {
  component: "AuroraGlobalDatabase",
  sample: ledger,
  unprotected: { keepData: false },
  rows: {
    cell: refused(renamed, all, renames),
    name: refused("journal", all, renames),
    placements: [
      inPlace(widened),
      replaces(moved, accessGroup, "a security group lies in one VPC for ever"),
    ],
    keyArns: refused(otherKeyArns, members, "storage keeps the key that it was made with"),
    engineVersion: [
      inPlace("16.8"),
      replaces("17.4", parameterGroups, "a group of parameters is of one major version"),
    ],
    onPartition: inPlace("block-commits"),
    enforcedRpoSeconds: inPlace(120, { beside: blocking }),
    rpoEnforcedIn: inPlace("us-west-2", { beside: blocking }),
    firstPassword: unchanged("another", "the first password is read once, by creation"),
    masterSecretName: inPlace("shop-orders-journal"),
    masterUsername: refused("admin", members, "RDS renames no master user"),
    databaseName: refused("journal", members, "RDS names a database when it makes the cluster"),
    instanceClass: inPlace("db.r6g.xlarge"),
    instancesPerRegion: inPlace(3),
    headless: inPlace(false, { from: true }),
    writeForwarding: inPlace(true),
    backupRetentionDays: inPlace(14),
    lagAlarmMilliseconds: inPlace(9_000),
    logRetentionDays: inPlace(400),
    logKeyArns: inPlace(keyArns),
    clusterParameters: inPlace({ work_mem: "65536" }),
    instanceParameters: inPlace({ log_min_duration_statement: "500" }),
    backupTag: inPlace(backupTag),
    objectives: inPlace(objectives),
    keepData: inPlace(true),
    transformCluster: inPlace((given) => ({ ...given, preferredBackupWindow: "03:00-03:30" })),
    transformInstance: inPlace((given) => ({ ...given, monitoringInterval: 60 })),
  },
};
