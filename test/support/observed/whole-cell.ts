import * as aws from "@pulumi/aws";
import {
  AuroraGlobalDatabase,
  CellCanary,
  CellWatch,
  CrossRegionReplica,
  GlobalCache,
  GlobalTable,
  RegionalQueue,
  ReplicatedBucket,
  ReplicationDashboard,
} from "../../../components/index.js";
import { orders, topicArns } from "../cells.js";
import { keyArns, ledger, placements, sessions } from "../placements.js";

const cell = orders;
const regions = ["us-east-1", "us-west-2"] as const;
const each = <T>(make: (region: string) => T) =>
  Object.fromEntries(regions.map((region) => [region, make(region)]));

/** A cell with a store of every kind, watched and shown. */
export function wholeCell(): void {
  new AuroraGlobalDatabase("ledger", ledger);
  new CrossRegionReplica("accounts", {
    cell,
    name: "accounts",
    placements,
    keyArns,
    engineVersion: "16.6",
    firstPassword: "first-and-soon-changed",
    masterSecretName: "shop-orders-accounts",
  });
  new GlobalCache("sessions", sessions);
  const carts = new GlobalTable("carts", { cell, name: "carts", hashKey: "id", keyArns });
  const receipts = new ReplicatedBucket("receipts", { cell, name: "receipts", keyArns });
  new RegionalQueue("invoices", {
    cell,
    name: "invoices",
    keyArns,
    pattern: "fan-out",
    onRecovery: "quarantine",
  });
  for (const region of regions) {
    new aws.lb.LoadBalancer(`front-${region}`, { region, name: "shop-orders" });
  }
  const loadBalancers = each(() => "app/shop-orders/50dc6c495c0c9188");
  const healthUrls = each((region) => `https://${region}.orders.example.com/health`);
  const { canaries } = new CellCanary("canary", { cell, keyArns, healthUrls });
  const { decisionAlarmArns, replicationAlarmArns } = new CellWatch("watch", {
    cell,
    topicArns,
    canaries,
    loadBalancers,
    lagAlarms: each((region) => [
      `shop-orders-ledger-${region}-lag`,
      ...(carts.lagAlarmArns[region] ?? []),
      ...(receipts.lagAlarmArns[region] ?? []),
    ]),
  });
  new ReplicationDashboard("replication", {
    cell,
    decisionAlarmArns,
    lagAlarmArns: each((region) => [replicationAlarmArns[region] ?? ""]),
    canaries,
    loadBalancers,
    databases: ["ledger"],
    replicas: ["accounts"],
    caches: [{ name: "sessions" }],
    tables: ["carts"],
    buckets: ["receipts"],
    queues: ["invoices"],
  });
}
