import { activationOf, awaitedIn, restingOn, rpoOf, type StoreCopy } from "./copies.js";
import type { RpoBasis } from "./mechanisms.js";
import type { ResidencyZone } from "./residency.js";
import {
  type DnsFailover,
  type FailoverDurations,
  failoverSteps,
  isNoticed,
  type RtoBudget,
  type RtoStep,
  rtoBudget,
  type TurnsBy,
} from "./rto.js";

/** A year as calendars have it in the long run. */
export const daysOfYear = 365.25;

/** What a cell may promise beside RTO and RPO. */
interface FurtherPromises {
  readonly availabilityPercent?: number | undefined;
  readonly consistency?: "strong" | undefined;
  /** What a transaction takes at most. */
  readonly latencyMs?: number | undefined;
  /** What a round trip between the Regions takes: an assumption, or as somebody measured it. */
  readonly roundTripMs?: number | undefined;
  readonly retentionYears?: number | undefined;
  readonly transactions?: { readonly perMinute: number; readonly kilobytes: number } | undefined;
}

/** What a cell promises, and what decides whether it can keep it. */
export interface CellPromise extends FurtherPromises {
  readonly residency?: ResidencyZone;
  readonly regions?: { readonly primary: string; readonly recovery: string };
  readonly rtoMinutes: number;
  readonly rpoSeconds: number;
  /** What turns traffic; nothing where the cell has no public name. */
  readonly traffic?:
    | {
        readonly turnsBy: TurnsBy;
        readonly dns: DnsFailover;
        /** By latency both Regions serve. */
        readonly routing?: "failover" | "latency";
      }
    | undefined;
  /** Until an alarm asks people to decide; nothing where nothing watches. */
  readonly detectionSeconds?: number | undefined;
  readonly scaleSeconds: number;
  readonly verifySeconds: number;
  readonly stores: readonly StoreCopy[];
}

/**
 * How an RPO that was promised stands: `met`, because the service refuses writes instead or is
 * designed for it; `usual`, because it is only ever observed or scheduled; `unbounded`, where nobody names a
 * bound; `not-met`, where the mechanism itself is slower.
 */
export type RpoVerdict = "met" | "usual" | "unbounded" | "not-met";

/** How an RTO stands: `unjudged` where machines keep it, but nothing tells people that they must act. */
export type RtoVerdict = "met" | "not-met" | "unjudged";

/** One store against the RPO of its cell. */
export interface JudgedStore {
  readonly name: string;
  readonly mechanism: string;
  readonly rpoBasis: RpoBasis;
  readonly rpoSeconds?: number;
  /** Seconds until it takes writes in the recovery Region; 0 where it always does. */
  readonly activationSeconds: number;
  readonly verdict: RpoVerdict;
}

/** A cell's objectives, held against what its settings can keep. */
export interface JudgedCell {
  readonly rto: RtoBudget;
  readonly rtoVerdict: RtoVerdict;
  readonly stores: readonly JudgedStore[];
}

/** Where a cell has no public name, somebody else detects and turns: only the cell's own steps count. */
const unturned = {
  turnsBy: "routing-control",
  dns: { requestIntervalSeconds: 0, failureThreshold: 0, ttlSeconds: 0 },
} as const;

/** The steps of a failover of the cell, each with what it waits for. */
export function failoverOf(promise: CellPromise): readonly RtoStep[] {
  return failoverSteps(durationsOf(promise));
}

/** Holds what a cell promises against its mechanisms. */
export function judgeCell(promise: CellPromise): JudgedCell {
  const { stores } = promise;
  const durations = durationsOf(promise);
  const rto = rtoBudget(promise.rtoMinutes * 60, failoverSteps(durations));
  return {
    rto,
    rtoVerdict: rtoVerdictOf(rto, durations),
    stores: restingOn(stores).map((store) => judgeStore(store, promise.rpoSeconds)),
  };
}

function durationsOf({ traffic = unturned, stores, ...seconds }: CellPromise): FailoverDurations {
  const { detectionSeconds, scaleSeconds, verifySeconds } = seconds;
  return {
    ...traffic,
    detectionSeconds,
    promotions: promotionsOf(stores),
    scaleSeconds,
    verifySeconds,
  };
}

/** The stores that a failover must activate, with the time that each takes. */
export function promotionsOf(stores: readonly StoreCopy[]): FailoverDurations["promotions"] {
  return awaitedIn(stores).map((store) => ({ name: store.name, seconds: activationOf(store) }));
}

function rtoVerdictOf({ decisionSeconds }: RtoBudget, durations: FailoverDurations): RtoVerdict {
  if (decisionSeconds < 0) return "not-met";
  return isNoticed(durations) ? "met" : "unjudged";
}

function judgeStore(store: StoreCopy, promisedSeconds: number): JudgedStore {
  const { rpoBasis, rpoSeconds } = rpoOf(store);
  return {
    name: store.name,
    mechanism: store.mechanism,
    rpoBasis,
    ...(rpoSeconds !== undefined && { rpoSeconds }),
    activationSeconds: activationOf(store),
    verdict: verdictOf(rpoBasis, rpoSeconds, promisedSeconds),
  };
}

function verdictOf(
  basis: RpoBasis,
  rpoSeconds: number | undefined,
  promisedSeconds: number,
): RpoVerdict {
  if (basis === "unbounded" || rpoSeconds === undefined) return "unbounded";
  if (rpoSeconds > promisedSeconds) return "not-met";
  return basis === "observed" || basis === "scheduled" ? "usual" : "met";
}
