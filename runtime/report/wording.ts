import type { HoldKind } from "../core/recovery/view.js";
import type { RehearsalDocument } from "../rehearsal/document.js";

/** A whole number with its thousands set apart: `1,000`. */
export function thousands(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A count with its noun: `1 server`, `1,000 servers`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${thousands(count)} ${count === 1 ? noun : plural}`;
}

/** A span of time in words, its two largest units: `45 s`, `14 min 20 s`, `3 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = whole % 60;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes > 0) return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`;
  return `${rest} s`;
}

/** A moment of an execution as a clock shows it: `0:00`, `14:20`, `1:02:05`. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => value.toString().padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const head = hours > 0 ? `${hours}:${two(minutes)}` : `${minutes}`;
  return `${head}:${two(whole % 60)}`;
}

/** A ratio with as many digits as say something: `0.42`, `3.1`, `12`. */
export function ratio(value: number): string {
  if (value >= 10) return thousands(value);
  return value.toFixed(value >= 1 ? 1 : 2);
}

/** How much of what the roles grant was not used. */
export function grantsInWords({ unusedGrants }: RehearsalDocument): string {
  const count = (isExplained: boolean): number =>
    unusedGrants
      .filter(({ why }) => (why !== undefined) === isExplained)
      .reduce((sum, { actions }) => sum + actions.length, 0);
  const [open, explained] = [count(false), count(true)];
  if (open + explained === 0) return "Every right that the roles grant was used.";
  const unused = `${counted(open, "granted action")} of the roles ${open === 1 ? "was" : "were"} not used`;
  if (explained === 0) return `${unused}.`;
  return `${unused}, and ${thousands(explained)} that no rehearsal can use.`;
}

/** Which of the deployed alarms stood at the end, where any are deployed. */
export function alarmsInWords({ watching }: RehearsalDocument): string | undefined {
  if (watching === undefined) return undefined;
  const { alarms, runs } = watching;
  const standing = alarms.filter(({ state }) => state === "ALARM").map(({ name }) => name);
  const stood = standing.length === 0 ? "none stands" : `${standing.join(", ")} in ALARM`;
  return `Lanes counted ${counted(runs, "time")}; of ${counted(alarms.length, "alarm")} ${stood}.`;
}

/** How a rehearsal went, for colour and sign: red wins over amber, amber over green. */
export type Mood = "good" | "warning" | "bad";

export function moodOf(document: RehearsalDocument): Mood {
  if (document.brokenInvariants.length > 0 || document.outcome === "failed") return "bad";
  return document.outcome === "recovered" ? "good" : "warning";
}

/** The outcome as one sentence without a full stop. */
export function outcomeInWords(document: RehearsalDocument): string {
  const { outcome, servers, makespanSeconds } = document;
  const after = `in ${duration(makespanSeconds)}`;
  switch (outcome) {
    case "recovered":
      return servers.launched === servers.total
        ? `${servers.total === 1 ? "The server" : `All ${counted(servers.total, "server")}`} recovered ${after}`
        : `Recovered ${after}: ${thousands(servers.launched)} of ${counted(servers.total, "server")} launched, ${thousands(servers.skipped)} skipped`;
    case "recovered-with-failures":
      return `Recovered with failures ${after}: ${counted(servers.failed, "server")} of ${thousands(servers.total)} did not launch`;
    case "cancelled":
      return `Cancelled ${after}: ${thousands(servers.launched)} of ${counted(servers.total, "server")} had launched`;
    case "failed":
      return `The execution could not go on: ${thousands(servers.launched)} of ${counted(servers.total, "server")} had launched`;
  }
}

/** The outcome in one or two words. */
export function outcomeLabel(document: RehearsalDocument): string {
  switch (document.outcome) {
    case "recovered":
      return "Recovered";
    case "recovered-with-failures":
      return "Recovered with failures";
    case "cancelled":
      return "Cancelled";
    case "failed":
      return "Failed";
  }
}

/** What the observer says about the engine's rules, as one sentence. */
export function invariantsInWords(document: RehearsalDocument): string {
  const broken = document.brokenInvariants.length;
  if (broken === 0) return "No invariant was broken.";
  return `${counted(broken, "invariant was", "invariants were")} broken.`;
}

/** What was let go wrong, where a fault profile was given. */
export function faultsInWords({ faults }: RehearsalDocument): string | undefined {
  if (faults === undefined) return undefined;
  const kinds = Object.entries(faults.injected).map(
    ([kind, count]) => `${kind} ${thousands(count)} ×`,
  );
  return `Faults of profile ${faults.profile}: ${kinds.join(", ") || "none happened"}.`;
}

/** Calls that reached DRS, all operations together. */
export function callsInAll(document: RehearsalDocument): number {
  return Object.values(document.calls).reduce((sum, calls) => sum + calls, 0);
}

/** Calls for each server of the plan; absent when the plan had none. */
export function callsPerServer(document: RehearsalDocument): number | undefined {
  return document.servers.total > 0 ? callsInAll(document) / document.servers.total : undefined;
}

const holdPhrases: Readonly<Record<HoldKind, string>> = {
  busy: "another job held them",
  conflict: "refused with 409, and no job showed why",
  "jobs-in-flight": "the lane had no job left",
  "servers-in-flight": "the lane had no place for servers left",
  throttled: "DRS throttled the lane",
  "over-quota": "DRS refused with a quota",
  denied: "a right was missing",
  pacing: "the plan spaces its calls",
  paused: "the operator paused",
  unreachable: "the lane did not answer",
};

/** Why servers were held back, in words. Kinds that this version does not know stand as they are. */
export function holdInWords(kind: string): string {
  return Object.hasOwn(holdPhrases, kind) ? holdPhrases[kind as HoldKind] : kind;
}
