import { z } from "zod";
import {
  accountId,
  flag,
  fleetSet,
  listOf,
  region,
  serverId,
  text,
  whole,
  wordings,
} from "../../environment/parts.js";
import { type DrsQuotaName, drsQuotas } from "../../limits.js";
import { hostnamesPart, machinePart, originPart } from "./fleet-machine.js";
import { switchesSchema } from "./switch-schema.js";

/** Every state of replication that the API model lists. */
const replicationStates = [
  "STOPPED",
  "INITIATING",
  "INITIAL_SYNC",
  "BACKLOG",
  "CREATING_SNAPSHOT",
  "CONTINUOUS",
  "PAUSED",
  "RESCAN",
  "STALLED",
  "DISCONNECTED",
] as const;

export const replicationState = z.enum(replicationStates).register(wordings, {
  rule: "a state of replication that DRS knows",
  remedy: `Choose one of ${replicationStates.join(", ")}.`,
});

export const lagSeconds = whole({
  unit: "seconds",
  min: 0,
  max: 30 * 86_400,
  default: 0,
  why: "age of the newest consistent data; servers were added 30 days ago",
});

/** Every error of replication of source servers that the API model lists. */
const replicationErrors = [
  "AGENT_NOT_SEEN",
  "SNAPSHOTS_FAILURE",
  "NOT_CONVERGING",
  "UNSTABLE_NETWORK",
  "FAILED_TO_CREATE_SECURITY_GROUP",
  "FAILED_TO_LAUNCH_REPLICATION_SERVER",
  "FAILED_TO_BOOT_REPLICATION_SERVER",
  "FAILED_TO_AUTHENTICATE_WITH_SERVICE",
  "FAILED_TO_DOWNLOAD_REPLICATION_SOFTWARE",
  "FAILED_TO_CREATE_STAGING_DISKS",
  "FAILED_TO_ATTACH_STAGING_DISKS",
  "FAILED_TO_PAIR_REPLICATION_SERVER_WITH_AGENT",
  "FAILED_TO_CONNECT_AGENT_TO_REPLICATION_SERVER",
  "FAILED_TO_START_DATA_TRANSFER",
] as const;

export const replicationError = z.enum(replicationErrors).register(wordings, {
  rule: "an error of replication that DRS knows",
  remedy: `Choose one of ${replicationErrors.join(", ")}.`,
});

export const backlogBytes = whole({
  unit: "bytes",
  min: 0,
  max: 2 ** 50,
  default: 0,
  why: "what is left to copy, or to read again; no more than the disks hold is told",
});

const launchSeconds = whole({
  unit: "seconds",
  min: 2,
  max: 86_400,
  default: 600,
  why: "from StartRecovery to the server's launch; the snapshot alone takes a second",
});

/** The sets of servers that an environment file has, and what and how these servers are. */
const emulatedSet = fleetSet.extend({
  hostnames: hostnamesPart.optional(),
  machine: machinePart.optional(),
  origin: originPart.optional(),
  replicationState: replicationState.optional(),
  replicationError: replicationError.optional(),
  lagSeconds: lagSeconds.optional(),
  backlogBytes: backlogBytes.optional(),
  launchSeconds: launchSeconds.optional(),
});

function quota(name: DrsQuotaName) {
  const { unit, value } = drsQuotas[name];
  const why = "quotas of an account that has others than most";
  return whole({ unit, min: 0, max: 100_000, default: value, why }).optional();
}

/** A staging account that trusts the account of a lane, and what of it is extended into the lane. */
const stagingAccount = z.strictObject({
  account: accountId,
  /** Nothing when absent. */
  extended: z
    .union([z.literal("all"), listOf(serverId, "server ids").min(1)])
    .register(wordings, {
      rule: 'a list of server ids, or "all"',
      remedy: "Name servers of the staging account, or leave it out to extend none.",
    })
    .optional(),
});

const emulatedLane = z.strictObject({
  account: accountId,
  region,
  /** Quotas that differ from those AWS gives everybody; the sixth, one job a server, never does. */
  quotas: z
    .strictObject({
      replicatingServers: quota("replicatingServers"),
      sourceServers: quota("sourceServers"),
      concurrentJobs: quota("concurrentJobs"),
      serversPerJob: quota("serversPerJob"),
      serversInAllJobs: quota("serversInAllJobs"),
    })
    .optional(),
  fleet: listOf(emulatedSet, "sets of servers").default([]),
  /** Accounts whose servers in this Region can be extended into the lane. */
  staging: listOf(stagingAccount, "staging accounts").default([]),
});

const share = z.number().min(0).max(1).register(wordings, {
  rule: "a share of all events, 0 to 1",
  remedy: "Choose one within these bounds, or leave it out for 0.",
});

/** How badly events of DRS arrive, as the log of events shows them. */
const eventBridge = z.strictObject({
  lostShare: share.optional(),
  doubledShare: share.optional(),
  lateShare: share.optional(),
  lateSeconds: whole({
    unit: "seconds",
    min: 1,
    max: 86_400,
    default: 300,
    why: "longest delay of late events",
  }).optional(),
  /** Whether each point in time is an event, too: one for each server every ten minutes. */
  snapshots: flag().optional(),
  /** Where each event is posted that is delivered. */
  target: text(
    /^https?:\/\/[^\s/]+\S*$/,
    "the address of an endpoint that takes events by POST",
    'Write it as "http://127.0.0.1:8080/events", or leave it out.',
  ).optional(),
});

/** A fleet file: the lanes where DRS is initialised, what replicates there, and how DRS behaves. */
export const fleetSchema = z.strictObject({
  lanes: listOf(emulatedLane, "lanes").min(1).register(wordings, {
    rule: "a list of at least one lane",
    remedy: "Add one, with its account and region.",
  }),
  /** What AWS leaves open. */
  switches: switchesSchema.optional(),
  eventBridge: eventBridge.optional(),
});

export type FleetDeclaration = z.infer<typeof fleetSchema>;
export type EmulatedLane = FleetDeclaration["lanes"][number];
