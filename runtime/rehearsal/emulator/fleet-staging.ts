import { type LaneKey, laneKey } from "../../core/lane.js";
import { found } from "../../environment/checks/found.js";
import { type Finding, quoted } from "../../environment/problem.js";
import type { Part } from "../../environment/sound.js";
import type { FleetServer, StagingTrust } from "../services/drs/drs.js";
import { hexOf } from "../services/hashing.js";
import type { EmulatedLane } from "./fleet-schema.js";

/** A server of a staging account, as far as an extended one shows it. */
type StagingServer = Pick<FleetServer, "server" | "tags" | "hostname" | "machine" | "origin">;

/** A server that is extended into a lane, with the id of the one in its staging account. */
export interface ExtendedServer {
  readonly server: FleetServer;
  readonly of: string;
}

/**
 * What a lane says is extended into it when the emulator starts, with the tags of its staging
 * account. Its ids follow from lane and server alone.
 */
export function extendedServersOf(
  { account, region, staging }: EmulatedLane,
  serversIn: (lane: LaneKey) => readonly StagingServer[],
): readonly ExtendedServer[] {
  const lane = laneKey({ account, region });
  return staging.flatMap(({ account: from, extended = [] }) => {
    const home = laneKey({ account: from, region });
    const wanted = serversIn(home).filter(
      ({ server }) => extended === "all" || extended.includes(server),
    );
    return wanted.map(({ server: of, tags, hostname, machine = {}, origin }) => {
      const server = `s-${hexOf("extended", lane, home, of).slice(0, 17)}`;
      const shown = { tags, hostname, machine, ...(origin && { origin }) };
      return { server: { server, lane, ...shown, extends: { lane: home, server: of } }, of };
    });
  });
}

/** Staging accounts that let a lane's account extend their servers. */
export function trustsOf({ account, staging }: EmulatedLane): readonly StagingTrust[] {
  return staging.map((one) => ({ staging: one.account, target: account }));
}

/** Ids of servers that are known by lane. */
export type KnownServers = ReadonlyMap<LaneKey, ReadonlySet<string>>;

/** Staging accounts that cannot be, and servers that they do not have. `present` were declared before. */
export function stagingFindings(
  lanes: readonly Part<EmulatedLane>[],
  present: KnownServers,
): readonly Finding[] {
  const known = new Map<LaneKey, ReadonlySet<string>>(present);
  for (const { value } of lanes) {
    const ids = value.fleet.flatMap(({ servers = [] }) => servers);
    known.set(laneKey(value), new Set([...(known.get(laneKey(value)) ?? []), ...ids]));
  }
  return lanes.flatMap(({ at, value: { account, region, staging } }) =>
    staging.flatMap((one, index) => {
      const path = [...at, "staging", index];
      const servers = known.get(laneKey({ account: one.account, region }));
      if (one.account === account || !servers) {
        const rule = `the account of another lane in ${region}`;
        return [found([...path, "account"], rule, quoted(one.account), "Declare that lane too.")];
      }
      if (one.extended === undefined || one.extended === "all") return [];
      return one.extended.flatMap((id, place) => {
        if (servers.has(id)) return [];
        const rule = `a server that account ${one.account} names in ${region}`;
        const remedy = "Name it among its servers first.";
        return [found([...path, "extended", place], rule, quoted(id), remedy)];
      });
    }),
  );
}
