import type { Command, Step } from "../model.js";
import type { Side } from "../outputs/cell.js";
import type { Word } from "../words.js";
import { boundOf } from "./objectives.js";
import { callIn, regionOf, type Turn } from "./turn.js";

type Cache = Turn["cell"]["caches"][number];

/** Makes the member of the Region that takes over the one that writes, planned or not. */
export function turnCaches(turn: Turn): readonly Step[] {
  return turn.cell.caches.map((cache) => turnCache(turn, cache));
}

function turnCache(turn: Turn, cache: Cache): Step {
  const { cell, to } = turn;
  const { globalReplicationGroupId, members, name } = cache;
  const options: readonly Word[] = [
    ...["--global-replication-group-id", globalReplicationGroupId],
    ...["--primary-region", regionOf(turn, to)],
    ...["--primary-replication-group-id", members[to].replicationGroupId],
  ];
  return {
    title: `Let ${name} write in ${regionOf(turn, to)}`,
    why: "A cache may lose its latest writes; whoever needs them reads them from what is cached.",
    plane: "regional",
    commands: [
      callIn(turn, to, name, "elasticache", "failover-global-replication-group", ...options),
      lookAtCache(turn, to, cache),
    ],
    checks: [
      `\`Status\` is \`available\`, and the member in ${regionOf(turn, to)} has the role \`PRIMARY\`.`,
    ],
    takesAtMost: boundOf(cell, name),
    back: "The same call with the other Region, once both members are well.",
  };
}

export function lookAtCache(turn: Turn, side: Side, { globalReplicationGroupId }: Cache): Command {
  const options: readonly Word[] = [
    ...["--global-replication-group-id", globalReplicationGroupId, "--show-member-info"],
    ...["--query", "GlobalReplicationGroups[].{status:Status,members:Members}"],
  ];
  const operation = "describe-global-replication-groups";
  return callIn(turn, side, "who writes", "elasticache", operation, ...options);
}
