import { capacityStatus } from "../../core/capacity/status.js";
import { type LaneKey, laneKey } from "../../core/lane.js";
import type { Environment } from "../../environment/schema.js";
import { drsQuotas } from "../../limits.js";
import { counted } from "../../report/wording.js";
import type { CheckFinding } from "./findings.js";

/** How a lane's declared servers stand against its quota of replicating servers. */
export interface LaneHeadroom {
  readonly lane: LaneKey;
  readonly accountName: string;
  readonly declaredServers: number;
  readonly quotaServers: number;
  /** Servers that the quota still admits; negative above it. */
  readonly roomServers: number;
  readonly level: "ok" | "warning" | "critical" | "over-quota";
}

export function laneHeadrooms({
  accounts,
  capacity,
}: Pick<Environment, "accounts" | "capacity">): readonly LaneHeadroom[] {
  const quotaServers = drsQuotas.replicatingServers.value;
  return accounts.flatMap(({ id, name, lanes }) =>
    lanes.map(({ region, servers }) => ({
      lane: laneKey({ account: id, region }),
      accountName: name,
      declaredServers: servers,
      quotaServers,
      roomServers: quotaServers - servers,
      level: levelOf(servers, capacity),
    })),
  );
}

function levelOf(servers: number, capacity: Environment["capacity"]): LaneHeadroom["level"] {
  if (servers > drsQuotas.replicatingServers.value) return "over-quota";
  return levels[capacityStatus(servers, capacity)];
}

const levels = { OK: "ok", WARNING: "warning", CRITICAL: "critical" } as const;

/** Refuses lanes above the quota, advises where a threshold is reached. */
export function laneFindings(
  environment: Pick<Environment, "accounts" | "capacity">,
): readonly CheckFinding[] {
  const headrooms = laneHeadrooms(environment).values();
  return environment.accounts.flatMap(({ lanes }, account) =>
    lanes.flatMap((_, lane) => {
      const headroom = headrooms.next().value;
      const path = `accounts[${account}].lanes[${lane}].servers`;
      return headroom === undefined ? [] : findingOf(headroom, path, environment.capacity);
    }),
  );
}

function findingOf(
  headroom: LaneHeadroom,
  path: string,
  capacity: Environment["capacity"],
): readonly CheckFinding[] {
  const { level, declaredServers, quotaServers, roomServers, lane } = headroom;
  const got = `got ${declaredServers}`;
  const room = `The quota of ${lane} admits ${roomServers} more`;
  switch (level) {
    case "ok":
      return [];
    case "over-quota": {
      const message = `${path} must be at most ${quotaServers} replicating servers, ${got}. Move ${counted(-roomServers, "server")} to a lane in another account or Region: AWS does not raise this quota.`;
      return [{ level: "refused", path, message }];
    }
    case "critical": {
      const message = `${path} should be below the critical threshold of ${capacity.criticalAtServers} servers, ${got}. ${room}: open the next lane now.`;
      return [{ level: "advice", path, message }];
    }
    case "warning": {
      const message = `${path} should be below the warning threshold of ${capacity.warnAtServers} servers, ${got}. ${room}: plan the next lane.`;
      return [{ level: "advice", path, message }];
    }
  }
}
