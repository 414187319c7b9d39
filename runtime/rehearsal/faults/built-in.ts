import { type FaultProfile, faultProfile } from "./profile.js";

/** A day on which hardly anything goes wrong: what AWS calls normal. */
const calm = faultProfile("calm", [
  { kind: "throttling", calls: { service: "drs" }, percent: 2, retryAfterSeconds: 1 },
  { kind: "internal-error", calls: { service: "drs" }, percent: 1 },
  { kind: "stale-read", calls: { service: "drs" }, percent: 5, seconds: 5 },
  { kind: "duplicate-event", percent: 1 },
]);

/** A bad night: every kind of fault that passes, some of them often. */
const rough = faultProfile("rough", [
  { kind: "throttling", calls: { service: "drs" }, percent: 10, retryAfterSeconds: 1 },
  { kind: "throttling", calls: { service: "dynamodb" }, percent: 1 },
  { kind: "internal-error", calls: { service: "drs" }, percent: 3, when: "after" },
  { kind: "lost-reply", percent: 2 },
  { kind: "lost-call", percent: 1 },
  { kind: "death", when: "before", percent: 0.5 },
  { kind: "death", when: "after", percent: 0.5 },
  { kind: "time-out", when: "after", percent: 0.2 },
  { kind: "expired-token", calls: { service: "drs" }, percent: 1 },
  { kind: "stale-read", calls: { service: "drs" }, percent: 20, seconds: 20 },
  { kind: "duplicate-event", percent: 5, afterSeconds: 3 },
  { kind: "late-event", percent: 3, afterSeconds: 15 },
  { kind: "lost-event", when: "before", percent: 1 },
  { kind: "lost-event", when: "after", percent: 1 },
  { kind: "stranger", atSeconds: 400, does: "drill", servers: 1 },
  { kind: "restarted-machine", atSeconds: 600, machine: "lane", how: "new-name" },
]);

/** As much at once as one hopes never to see together. */
const hostile = faultProfile("hostile", [
  { kind: "throttling", calls: { service: "drs" }, percent: 25, retryAfterSeconds: 2 },
  { kind: "throttling", calls: { service: "dynamodb" }, percent: 3 },
  { kind: "internal-error", calls: { service: "drs" }, percent: 5, when: "after" },
  { kind: "lost-reply", calls: { service: "drs", operation: "StartRecovery" }, percent: 30 },
  {
    kind: "lost-reply",
    calls: { service: "drs", operation: "TerminateRecoveryInstances" },
    percent: 30,
  },
  { kind: "lost-reply", percent: 4 },
  {
    kind: "late-call",
    calls: { service: "drs", operation: "StartRecovery" },
    percent: 20,
    afterSeconds: 140,
  },
  { kind: "death", when: "before", percent: 1 },
  { kind: "death", when: "after", percent: 1 },
  { kind: "time-out", when: "after", percent: 0.5 },
  { kind: "expired-token", calls: { service: "drs" }, percent: 3 },
  { kind: "refused-credentials", fromSeconds: 300, forSeconds: 120 },
  { kind: "dark-lane", fromSeconds: 900, forSeconds: 600, how: "hangs" },
  { kind: "stale-read", calls: { service: "drs" }, percent: 40, seconds: 55 },
  { kind: "clock-skew", fromSeconds: 250, seconds: -240 },
  { kind: "duplicate-event", percent: 15, afterSeconds: 20 },
  { kind: "late-event", percent: 10, afterSeconds: 60 },
  { kind: "lost-event", when: "after", percent: 4 },
  { kind: "stranger", atSeconds: 200, does: "drill", servers: 2 },
  { kind: "stranger", atSeconds: 700, does: "recovery", servers: 1 },
  { kind: "restarted-machine", atSeconds: 400, machine: "plan", how: "new-name" },
  { kind: "restarted-machine", atSeconds: 800, machine: "lane", how: "stopped" },
]);

/** The profile by which nothing goes wrong. */
export const noFaults: FaultProfile = faultProfile("none", []);

/** Profiles that need no file, by name. */
export const builtInProfiles: Readonly<Record<string, FaultProfile>> = { calm, rough, hostile };
