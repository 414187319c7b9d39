import { clockSkewSeconds, type Limit, lateArrival } from "../../limits.js";

/** What a fault profile of a rehearsal may ask for; nothing of it has a default. */
export const faultBounds = {
  seconds: {
    unit: "seconds",
    min: 0,
    max: 259_200,
    why: "a rehearsal ends after 72 hours",
  },
  ordinal: { unit: "(the first is 1)", min: 1, max: 1_000_000, why: "the first is 1" },
  times: { unit: "times", min: 1, max: 1_000_000, why: "a million is for ever" },
  retryAfterSeconds: {
    unit: "seconds",
    min: 1,
    max: 900,
    why: "what Retry-After asks for; services ask for seconds, not hours",
  },
  lateSeconds: {
    unit: "seconds",
    min: 0,
    max: lateArrival.functionTimeoutSeconds + lateArrival.httpTimeoutSeconds - 1,
    why: "later than that nothing arrives: whoever sent it has been stopped",
  },
  staleSeconds: {
    unit: "seconds",
    min: 1,
    max: lateArrival.visibilitySeconds,
    why: "the orchestrator relies on nothing being hidden for longer; AWS publishes no bound",
  },
  skewSeconds: {
    unit: "seconds",
    min: 1 - clockSkewSeconds,
    max: clockSkewSeconds - 1,
    why: "clocks that differ by more have their signatures refused",
  },
  strangerServers: {
    unit: "servers",
    min: 1,
    max: 500,
    why: "no more are in flight in a lane",
  },
} as const satisfies Record<string, Omit<Limit, "default">>;
