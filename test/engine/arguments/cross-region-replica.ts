import type { CrossRegionReplicaArgs } from "../../../components/index.js";
import { keyArns, orders } from "../../support/cells.js";
import { placements } from "../../support/placements.js";
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

const instances = ["rds:Instance"];
/** What has a name of its own beside an instance, which RDS renames where it is. */
const named = [
  "cloudwatch:CompositeAlarm",
  "cloudwatch:LogGroup",
  "cloudwatch:MetricAlarm",
  "ec2:SecurityGroup",
  "rds:ParameterGroup",
  "rds:SubnetGroup",
  "vpc:SecurityGroupIngressRule",
];
const renames = "RDS renames an instance, and nothing of what it was set up with";
const atCreation = "RDS settles it when it makes the instance";

export const crossRegionReplica: ArgumentTable<CrossRegionReplicaArgs> = {
  component: "CrossRegionReplica",
  sample: {
    cell: orders,
    name: "accounts",
    placements,
    keyArns,
    engineVersion: "16.6",
    firstPassword: "first-and-soon-changed",
    masterSecretName: "shop-orders-accounts",
  },
  unprotected: { keepData: false },
  rows: {
    cell: replaces(renamed, named, renames),
    name: replaces("ledger", named, renames),
    placements: [
      inPlace(widened),
      replaces(moved, accessGroup, "a security group lies in one VPC for ever"),
    ],
    keyArns: refused(otherKeyArns, instances, "storage keeps the key that it was made with"),
    engineVersion: [
      inPlace("16.8"),
      replaces("17.4", ["rds:ParameterGroup"], "a group of parameters is of one major version"),
    ],
    instanceClass: inPlace("db.r6g.xlarge"),
    replicaInstanceClass: inPlace("db.r6g.xlarge"),
    replicaMultiAz: inPlace(false),
    allocatedGibibytes: inPlace(150),
    maxAllocatedGibibytes: inPlace(400),
    backupRetentionDays: inPlace(14),
    replicaBackupWindow: inPlace("22:00-22:30"),
    firstPassword: unchanged("another", "the first password is read once, by creation"),
    masterSecretName: inPlace("shop-orders-others"),
    masterUsername: refused("admin", instances, atCreation),
    databaseName: refused("accounts", instances, atCreation),
    lagAlarmSeconds: inPlace(90),
    slotLagAlarmGibibytes: inPlace(20),
    logRetentionDays: inPlace(400),
    logKeyArns: inPlace(keyArns),
    parameters: inPlace({ work_mem: "65536" }),
    backupTag: inPlace(backupTag),
    objectives: inPlace(objectives),
    keepData: inPlace(true),
    transformInstance: inPlace((given) => ({ ...given, monitoringInterval: 60 })),
  },
};
