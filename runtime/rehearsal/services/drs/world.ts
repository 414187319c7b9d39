import { type Instant, plusSeconds } from "../../../core/instant.js";
import { type LaneKey, laneOf } from "../../../core/lane.js";
import { partitionOf } from "../../../core/partition.js";
import type { Timeline } from "../../clock.js";
import { fractionOf, hexOf } from "../hashing.js";
import type { DrsEvent, DrsEventListener } from "./events.js";
import { machineOf } from "./machine.js";
import type { JobRecord, LaneRecord, ServerLink, SourceServerRecord } from "./model.js";
import { Notices } from "./notices.js";
import type {
  CreateDrsOptions,
  DrsOptions,
  FleetServer,
  LaunchPhase,
  OrderedFailure,
} from "./options.js";
import { Past } from "./past.js";
import { noPlans } from "./plans/model.js";
import { noNetworks, noSettings, noTemplates } from "./settings.js";
import { type DrsSwitches, defaultSwitches } from "./switches.js";

const daysBeforeStart = 30;

/** All lanes of DRS with their clock: what the operations read and change. */
export class World {
  readonly timeline: Timeline;
  readonly options: DrsOptions;
  readonly switches: DrsSwitches;
  /** What EventBridge is told. */
  readonly notices: Notices;
  private readonly seed: number;
  private readonly addedAt: Instant;
  private readonly lanes = new Map<LaneKey, LaneRecord>();
  private readonly listeners = new Set<DrsEventListener>();
  private readonly stagingTrusts = new Set<string>();
  private readonly failures = new Map<string, OrderedFailure>();
  private past: Past | undefined;

  constructor({ timeline, seed, fleet, options = {} }: CreateDrsOptions) {
    this.timeline = timeline;
    this.seed = seed;
    this.options = options;
    this.switches = { ...defaultSwitches, ...options };
    this.notices = new Notices(timeline, seed, options);
    this.addedAt = plusSeconds(timeline.now(), -daysBeforeStart * 86_400);
    for (const lane of options.initialisedLanes ?? []) this.lane(lane).isInitialised = true;
    for (const { staging, target } of options.stagingTrusts ?? []) this.trust(staging, target);
    for (const server of fleet) this.add(server);
  }

  /** Lets lanes be read as they stood from now on, up to a minute ago. */
  rememberPast(): void {
    if (this.past) return;
    this.past = new Past();
    for (const lane of this.lanes.values()) this.past.remember(lane, this.now());
  }

  /** Lets an account extend the servers of a staging account, until it is not trusted any more. */
  trust(staging: string, target: string, isTrusted = true): void {
    if (isTrusted) this.stagingTrusts.add(trustKey(staging, target));
    else this.stagingTrusts.delete(trustKey(staging, target));
  }

  trusts(staging: string, target: string): boolean {
    return this.stagingTrusts.has(trustKey(staging, target));
  }

  now(): Instant {
    return this.timeline.now();
  }

  /** Runs `what` this many seconds after `start`. */
  after(start: Instant, seconds: number, what: () => void): void {
    this.timeline.at(plusSeconds(start, seconds), what);
  }

  lane(key: LaneKey): LaneRecord {
    const known = this.lanes.get(key);
    if (known) return known;
    const lane = {
      lane: key,
      ...laneOf(key),
      isInitialised: false,
      servers: new Map(),
      jobs: [],
      activeJobs: new Set<JobRecord>(),
      instances: new Map(),
      templates: noTemplates(),
      networks: noNetworks(),
      recoveryPlans: noPlans(),
    };
    this.lanes.set(key, lane);
    return lane;
  }

  laneKeys(): readonly LaneKey[] {
    return [...this.lanes.keys()];
  }

  /** The lane as it stood at a moment of the last minute; as it stands now, where nothing is remembered. */
  laneAsOf(key: LaneKey, moment: Instant): LaneRecord {
    const lane = this.lane(key);
    return this.past?.of(lane, moment) ?? lane;
  }

  /** The server with this id, in whichever lane it replicates. */
  findServer(server: string): SourceServerRecord {
    for (const lane of this.lanes.values()) {
      const found = lane.servers.get(server);
      if (found) return found;
    }
    throw new Error(`server must be one of the fleet, got "${server}".`);
  }

  allServers(): readonly SourceServerRecord[] {
    return [...this.lanes.values()].flatMap(({ servers }) => [...servers.values()]);
  }

  /** The server that a link leads to, unless it was deleted. */
  serverAt({ lane, server }: ServerLink): SourceServerRecord | undefined {
    return this.lane(lane).servers.get(server);
  }

  /** Hexadecimal digits by seed and parts, for ids. */
  digits(count: number, ...parts: readonly (string | number)[]): string {
    return hexOf(this.seed, ...parts).slice(0, count);
  }

  /** A number from `from` up to `to` by seed and parts. */
  between(from: number, to: number, ...parts: readonly (string | number)[]): number {
    return from + (to - from) * fractionOf(this.seed, ...parts);
  }

  emit(event: DrsEvent): void {
    this.past?.remember(this.lane(event.lane), this.now());
    for (const listener of this.listeners) listener(event);
  }

  listen(listener: DrsEventListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  orderFailure(server: string, phase: LaunchPhase, times: number): void {
    this.findServer(server);
    if (times > 0) this.failures.set(server, { server, phase, timesLeft: times });
    else this.failures.delete(server);
  }

  orderedFailures(): readonly OrderedFailure[] {
    return [...this.failures.values()];
  }

  /** Whether the launch of this server fails in this phase; uses up one ordered failure if so. */
  takeFailure(server: string, phase: LaunchPhase): boolean {
    const failure = this.failures.get(server);
    if (failure?.phase !== phase) return false;
    this.orderFailure(server, phase, failure.timesLeft - 1);
    return true;
  }

  /** Lets a server replicate, or stand for one that does. Throws when its lane has it already. */
  add(
    { server, lane: key, tags, hostname, machine = {}, ...rest }: FleetServer,
    addedAt = this.addedAt,
  ): SourceServerRecord {
    const lane = this.lane(key);
    if (lane.servers.has(server)) {
      throw new Error(`fleet must name a server once in a lane, got "${server}" twice in ${key}.`);
    }
    lane.isInitialised = true;
    const { replicationState = "CONTINUOUS", replicationError, backlogBytes, origin } = rest;
    const record: SourceServerRecord = {
      server,
      arn: arnIn(lane, `source-server/${server}`),
      hostname,
      tags: { ...tags },
      addedAt,
      replicationState,
      since: this.now(),
      lagSeconds: rest.lagSeconds ?? 0,
      ...(replicationState === "STALLED" && {
        replicationError: replicationError ?? "AGENT_NOT_SEEN",
      }),
      ...(backlogBytes !== undefined && { backlogBytes }),
      lastLaunchResult: "NOT_STARTED",
      machine: machineOf(machine),
      settings: noSettings(),
      ...(origin && { origin }),
      ...(rest.extends && { extension: linkOf(this.lane(rest.extends.lane), rest.extends.server) }),
    };
    lane.servers.set(server, record);
    return record;
  }
}

function trustKey(staging: string, target: string): string {
  return `${staging}>${target}`;
}

function linkOf(lane: LaneRecord, server: string): ServerLink {
  return { lane: lane.lane, server, arn: arnIn(lane, `source-server/${server}`) };
}

/** Stands in IAM for the job that a call is about to create. */
export function anyJobIn(lane: LaneRecord): string {
  return arnIn(lane, "job/drsjob-00000000000000000");
}

/** ARN of a DRS resource of a lane. */
export function arnIn({ account, region }: LaneRecord, resource: string): string {
  return `arn:${partitionOf(region)}:drs:${region}:${account}:${resource}`;
}
