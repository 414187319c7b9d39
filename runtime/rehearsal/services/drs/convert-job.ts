import { groupBy } from "../../../core/group-by.js";
import type { LaneKey } from "../../../core/lane.js";
import { log, openJob, settle } from "./jobs.js";
import { launchSettingsOf } from "./launch-settings.js";
import type {
  EventData,
  LaneRecord,
  Participant,
  ServerLink,
  SourceServerRecord,
} from "./model.js";
import { checkJob, isBusy } from "./quotas.js";
import { busyServers, Refusal } from "./refusal.js";
import type { World } from "./world.js";

/** A server's part in the job that its staging account runs for a launch in another account. */
export interface Conversion {
  /** Why there is none. */
  readonly impossible?: string;
  log(event: string, data: EventData): void;
  end(hasSucceeded: boolean): void;
}

/**
 * Opens the jobs in which staging accounts convert what a launch of extended servers needs, and
 * answers each server's part in them. Servers that replicate in their own account, and those that
 * are launched without a conversion, are left out.
 */
export function startConversions(
  world: World,
  servers: readonly SourceServerRecord[],
): ReadonlyMap<string, Conversion> {
  const parts = groupsOf(world, servers).flatMap(([key, members]) => {
    const lane = world.lane(key);
    const isHeld = ({ link }: Member): boolean => isBusy(world, lane, link.server);
    const free = members.filter((member) => !isHeld(member));
    const refusal = free.length === 0 ? undefined : roomRefusal(world, lane, free);
    return [
      ...members.filter(isHeld).map(({ id }) => [id, impossible(busyServers(undefined))] as const),
      ...(refusal
        ? free.map(({ id }) => [id, impossible(refusal)] as const)
        : openConversion(world, lane, free)),
    ];
  });
  return new Map(parts);
}

function impossible({ message }: Refusal): Conversion {
  return { impossible: message, log: () => undefined, end: () => undefined };
}

/** Refuses a launch whose conversions a staging account has no room for, where the switch says so. */
export function checkConversions(world: World, servers: readonly SourceServerRecord[]): void {
  if (world.switches.stagingWithoutRoom !== "call-refused") return;
  for (const [key, members] of groupsOf(world, servers)) {
    const refusal = roomRefusal(world, world.lane(key), members);
    if (refusal) throw refusal;
  }
}

interface Member {
  /** Of the extended server. */
  readonly id: string;
  /** To the server in the staging account. */
  readonly link: ServerLink;
}

/** What goes into one job, with its lane. */
function groupsOf(
  world: World,
  servers: readonly SourceServerRecord[],
): readonly (readonly [LaneKey, readonly Member[]])[] {
  const members = servers.flatMap((server): readonly Member[] => {
    const { extension } = server;
    const isConverted = launchSettingsOf(server).recoveryMode !== "FAST";
    return extension && isConverted ? [{ id: server.server, link: extension }] : [];
  });
  if (world.switches.conversionJobs === "one-a-server") {
    return members.map((member) => [member.link.lane, [member]]);
  }
  return [...groupBy(members, ({ link }) => link.lane)];
}

function roomRefusal(
  world: World,
  lane: LaneRecord,
  members: readonly Member[],
): Refusal | undefined {
  const servers = members.map(({ link }) => link.server);
  try {
    checkJob(world, lane, { kind: "convert", servers, checkExistence: () => undefined });
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function openConversion(
  world: World,
  lane: LaneRecord,
  members: readonly Member[],
): readonly (readonly [string, Conversion])[] {
  if (members.length === 0) return [];
  const ways = members.map(({ id, link: { server } }) => {
    const participant: Participant = { server, launchStatus: "PENDING", isDone: false };
    return { id, participant };
  });
  const participants = ways.map(({ participant }) => participant);
  // No caller of the staging account starts it: to its program it is somebody else's.
  const contents = { isDrill: false, participants, tags: {}, by: "stranger" };
  const job = openJob(world, lane, { kind: "convert", ...contents });
  return ways.map(({ id, participant }) => {
    const conversion: Conversion = {
      log(event, data) {
        participant.launchStatus = "IN_PROGRESS";
        log(world, job, event, { ...data, sourceServerID: participant.server });
      },
      end(hasSucceeded) {
        participant.launchStatus = hasSucceeded ? "LAUNCHED" : "FAILED";
        settle(world, lane, job, participant);
      },
    };
    return [id, conversion];
  });
}
