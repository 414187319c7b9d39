import type { Instant } from "../../../../core/instant.js";
import {
  type Body,
  checkId,
  idPatterns,
  objectsOf,
  optionalFlag,
  optionalText,
  requiredText,
  tagsOf,
} from "../body.js";
import { checkConversions } from "../convert-job.js";
import { startLaunchJob } from "../launch-job.js";
import type { LaneRecord } from "../model.js";
import { type Call, type Operation, postOperation, right } from "../operation.js";
import { checkJob } from "../quotas.js";
import { refusalAs } from "../refusal.js";
import { recoverySnapshots } from "../snapshots.js";
import { taggingRights } from "../tagging-rights.js";
import { wireJob } from "../wire.js";
import { anyJobIn, arnIn, type World } from "../world.js";

/** The API's shape takes twice what the quota of a job admits. */
const maxServersInCall = 200;

export const startRecovery = postOperation("StartRecovery", {
  startsJob: true,
  rights(call) {
    const servers = namedServers(call.body).map((id) => arnIn(call.lane, `source-server/${id}`));
    const { createRecoveryInstanceIsAsked } = call.world.switches;
    return [
      right("drs:StartRecovery", servers),
      ...(createRecoveryInstanceIsAsked
        ? [right("drs:CreateRecoveryInstanceForDrs", servers)]
        : []),
      ...tagRights(call, servers),
    ];
  },
  run({ world, lane, body, caller }) {
    const named = objectsOf(body, "sourceServers", 1, maxServersInCall).map(readServer);
    const isDrill = optionalFlag(body, "isDrill");
    const tags = tagsOf(body, "tags");
    const wanted = withoutDuplicates(world, named);
    checkJob(world, lane, {
      kind: "launch",
      servers: [...wanted.keys()],
      checkExistence: () => checkServersExist(world, lane, wanted),
    });
    checkConversions(
      world,
      [...wanted.keys()].flatMap((id) => lane.servers.get(id) ?? []),
    );
    const servers = new Map<string, Instant | undefined>();
    for (const [server, snapshot] of wanted) {
      servers.set(server, pointInTime(world, lane, server, snapshot));
    }
    const job = startLaunchJob(world, lane, { servers, isDrill, tags }, caller);
    return { status: 202, body: { job: wireJob(world, job) } };
  },
});

/** The operation that launches: drills and recoveries alike. */
export const recoveryOperations: readonly Operation[] = [startRecovery];

interface NamedServer {
  readonly server: string;
  readonly snapshot: string | undefined;
}

function readServer(entry: Body): NamedServer {
  const server = requiredText(entry, "sourceServerID");
  const snapshot = optionalText(entry, "recoverySnapshotID");
  if (snapshot !== undefined) checkId("recoverySnapshotID", snapshot, idPatterns.snapshot);
  return { server: checkId("sourceServerID", server, idPatterns.server), snapshot };
}

function withoutDuplicates(
  world: World,
  named: readonly NamedServer[],
): ReadonlyMap<string, string | undefined> {
  const { duplicateServers } = world.switches;
  const wanted = new Map<string, string | undefined>();
  for (const { server, snapshot } of named) {
    if (wanted.has(server) && duplicateServers !== "merge") {
      throw refusalAs(duplicateServers, `Source server ${server} is named twice`, server);
    }
    wanted.set(server, snapshot);
  }
  return wanted;
}

/** Refuses servers, and points in time, that do not exist. */
export function checkServersExist(
  world: World,
  lane: LaneRecord,
  wanted: ReadonlyMap<string, string | undefined>,
): void {
  const { unknownServer } = world.switches;
  for (const [server, snapshot] of wanted) {
    if (!lane.servers.has(server)) {
      throw refusalAs(unknownServer, `Source server ${server} does not exist`, server);
    }
    pointInTime(world, lane, server, snapshot);
  }
}

function pointInTime(
  world: World,
  lane: LaneRecord,
  id: string,
  snapshot: string | undefined,
): Instant | undefined {
  const server = lane.servers.get(id);
  if (!server || snapshot === undefined) return undefined;
  const found = recoverySnapshots(world, server).find(({ snapshotId }) => snapshotId === snapshot);
  if (found) return found.at;
  const message = `Recovery snapshot ${snapshot} of ${id} does not exist`;
  throw refusalAs(world.switches.unknownSnapshot, message, snapshot);
}

/** IAM asks for tagging on the servers too: a call without it is denied on the ARN of a server. */
function tagRights(call: Call, servers: readonly string[]) {
  return taggingRights(call, servers, [anyJobIn(call.lane)]);
}

function namedServers(body: Body): readonly string[] {
  return objectsOf(body, "sourceServers", 0, Number.MAX_SAFE_INTEGER).map((entry) =>
    String(entry.sourceServerID),
  );
}
