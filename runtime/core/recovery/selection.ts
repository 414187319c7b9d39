import type { Lane } from "../lane.js";
import type { GroupMember, ProtectionGroup, TagSelector, Wave } from "./plan.js";

/** What a selection looks at: where a server is, its id, its tags. */
export interface Selectable {
  readonly lane: Lane;
  readonly server: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Whether a group's member holds a server: of its lane, and by tags or by name. A member that gives
 * neither, which the environment file refuses, holds nothing.
 */
export function memberSelects(member: GroupMember, server: Selectable): boolean {
  return (
    member.account === server.lane.account &&
    member.region === server.lane.region &&
    (member.tags !== undefined || member.servers !== undefined) &&
    narrows(member, server)
  );
}

/** Whether a wave recovers a server: a member of its group holds it, and the wave's own tags and ids do. */
export function waveSelects(wave: Wave, group: ProtectionGroup, server: Selectable): boolean {
  return narrows(wave, server) && group.members.some((member) => memberSelects(member, server));
}

/** Whether a server carries all of these tags, with these values. */
export function carries(tags: TagSelector, server: Selectable): boolean {
  return Object.entries(tags).every(
    ([tag, value]) => Object.hasOwn(server.tags, tag) && server.tags[tag] === value,
  );
}

function narrows(by: Pick<Wave, "tags" | "servers">, server: Selectable): boolean {
  if (by.servers !== undefined && !by.servers.includes(server.server)) return false;
  return by.tags === undefined || carries(by.tags, server);
}
