import { z } from "zod";
import { residencyZones } from "../../core/cells/residency.js";
import { accountId, email, flag, listOf, name, wordings } from "../parts.js";
import { cluster, network, service } from "./compute.js";
import { auroraDatabase, cache, replicatedDatabase } from "./databases.js";
import { objectives } from "./objectives.js";
import { cellRegion, perSide, word } from "./parts.js";
import { auditTrail, backups, bucket, images, queue, secret, table } from "./stores.js";
import { traffic, watch } from "./traffic.js";

const zones = z.enum(Object.keys(residencyZones) as (keyof typeof residencyZones)[]);

/** Two Regions of one account that may hold each other's data, and all that stands in them. */
export const cell = z.strictObject({
  name,
  account: accountId,
  residency: zones.register(wordings, {
    rule: "a residency zone that this release knows",
    remedy: `Choose the one of both Regions: ${Object.keys(residencyZones).join(", ")}.`,
  }),
  regions: perSide(cellRegion),
  /** AWS's name for how much of the recovery Region is there before a disaster. */
  strategy: word(["backup-and-restore", "pilot-light", "warm-standby", "active-active"]),
  objectives,
  /** Addresses that hear of alarms of both Regions. */
  notify: listOf(email, "e-mail addresses").default([]),
  /** Whether what holds data outlives a mistake. */
  keepData: flag().default(true),
  network,
  services: listOf(service, "services").default([]),
  clusters: listOf(cluster, "clusters").default([]),
  auroraDatabases: listOf(auroraDatabase, "global databases").default([]),
  replicatedDatabases: listOf(replicatedDatabase, "databases with a replica").default([]),
  caches: listOf(cache, "caches").default([]),
  tables: listOf(table, "tables").default([]),
  buckets: listOf(bucket, "buckets").default([]),
  queues: listOf(queue, "queues").default([]),
  secrets: listOf(secret, "secrets").default([]),
  images: images.optional(),
  backups: backups.optional(),
  auditTrail: auditTrail.optional(),
  traffic: traffic.optional(),
  watch: watch.optional(),
});

export type CellDeclaration = z.infer<typeof cell>;
export type Side = keyof CellDeclaration["regions"];
export const sides = ["primary", "recovery"] as const satisfies readonly Side[];
