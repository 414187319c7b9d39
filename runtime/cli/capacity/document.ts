import { type Forecast, forecastFull } from "../../core/capacity/forecast.js";
import { type GrowthOption, growthOptions } from "../../core/capacity/growth.js";
import {
  type CapacityStatus,
  capacityStatus,
  estateStatus,
  utilisationPercent,
} from "../../core/capacity/status.js";
import { toIso } from "../../core/instant.js";
import { type LaneKey, laneKey } from "../../core/lane.js";
import type { Environment } from "../../environment/schema.js";
import { drsQuotas } from "../../limits.js";
import type { LaneSamples } from "./samples.js";

/** How full a declared lane stands. */
export interface LaneCapacity {
  readonly lane: LaneKey;
  readonly accountName: string;
  readonly declaredServers: number;
  readonly quotaServers: number;
  readonly utilisationPercent: number;
  readonly status: CapacityStatus;
  /** Where samples of the lane were given. */
  readonly forecast?: LaneForecast;
}

/** The day on which a lane is full, or why nobody can say. */
export type LaneForecast =
  | { readonly fullAt: string; readonly serversPerDay: number }
  | { readonly none: Extract<Forecast, { kind: "none" }>["why"] };

/** What `aws-dr capacity --json` prints. */
export interface CapacityDocument {
  readonly schemaVersion: 1;
  readonly file: string;
  readonly environment: string;
  readonly warnAtServers: number;
  readonly criticalAtServers: number;
  readonly lanes: readonly LaneCapacity[];
  /** All lanes together. Its status is that of the worst lane: lanes cannot use each other's quotas. */
  readonly estate: Omit<LaneCapacity, "lane" | "accountName" | "forecast">;
  /** Where growth was asked for. */
  readonly growth?: {
    readonly servers: number;
    readonly options: readonly GrowthOption[];
  };
}

export interface CapacityQuestion {
  readonly growByServers?: number;
  readonly samples?: LaneSamples;
}

/** Weighs the declared lanes of an environment against their quotas, and how it could grow. */
export function capacityOf(
  { name, accounts, capacity }: Pick<Environment, "name" | "accounts" | "capacity">,
  file: string,
  { growByServers, samples = new Map() }: CapacityQuestion,
): CapacityDocument {
  const quotaServers = drsQuotas.replicatingServers.value;
  const declared = accounts.flatMap(({ id, name: accountName, lanes }) =>
    lanes.map(({ region, servers }) => ({ account: id, accountName, region, servers })),
  );
  const lanes = declared.map(({ accountName, servers, ...place }): LaneCapacity => {
    const lane = laneKey(place);
    const sampled = samples.get(lane);
    return {
      lane,
      accountName,
      declaredServers: servers,
      quotaServers,
      utilisationPercent: utilisationPercent(servers, quotaServers),
      status: capacityStatus(servers, capacity),
      ...(sampled && { forecast: told(forecastFull(sampled, quotaServers)) }),
    };
  });
  const declaredServers = declared.reduce((sum, { servers }) => sum + servers, 0);
  const quotaOfAll = lanes.length * quotaServers;
  return {
    schemaVersion: 1,
    file,
    environment: name,
    warnAtServers: capacity.warnAtServers,
    criticalAtServers: capacity.criticalAtServers,
    lanes,
    estate: {
      declaredServers,
      quotaServers: quotaOfAll,
      utilisationPercent: utilisationPercent(declaredServers, quotaOfAll),
      status: estateStatus(lanes.map(({ status }) => status)),
    },
    ...(growByServers !== undefined && {
      growth: { servers: growByServers, options: growthOptions(declared, growByServers, capacity) },
    }),
  };
}

function told(forecast: Forecast): LaneForecast {
  if (forecast.kind === "none") return { none: forecast.why };
  return { fullAt: toIso(forecast.at), serversPerDay: forecast.serversPerDay };
}
