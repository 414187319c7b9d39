import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { laneOf } from "../../runtime/core/lane.js";
import type { RehearsalDocument } from "../../runtime/rehearsal/document.js";
import { loadFleet } from "../../runtime/rehearsal/emulator/fleet-file.js";
import {
  type Fault,
  type FaultProfile,
  profileSchema,
} from "../../runtime/rehearsal/faults/profile.js";
import { type RehearsalSettings, rehearse } from "../../runtime/rehearsal/rehearse.js";
import type { World } from "../../runtime/rehearsal/world.js";
import { example } from "../rehearsal/rehearsed-example.js";

/** A rehearsal that has ended, and the world that it left. */
interface Ended {
  readonly document: RehearsalDocument;
  readonly world: World;
}

/** How often a drill gave each fault something to meet: calls as `drs:StartRecovery`, events as `event:advance`. */
export type Chances = Readonly<Record<string, number>>;

/** Whether it is the state machines that call a function there, and not a function that calls a service. */
export function isEvent(what: string): boolean {
  return what.startsWith("event:");
}

/** What can befall a call of a function. */
const fatesOfCalls = {
  "killed before a call": { kind: "death", when: "before" },
  "killed after a call": { kind: "death", when: "after" },
  "that never hears of a call": { kind: "lost-reply" },
} as const;

export type FateOfCalls = keyof typeof fatesOfCalls;

/** What can befall a call of a state machine to a function. */
const fatesOfEvents = {
  "that never arrives": { kind: "lost-event", when: "before" },
  "whose answer is lost": { kind: "lost-event", when: "after" },
} as const;

export type FateOfEvents = keyof typeof fatesOfEvents;

/** The profiles that let one thing happen at every call of the functions, a profile a call. */
export function atEveryCall(chances: Chances, fate: FateOfCalls) {
  return Object.entries(chances)
    .filter(([what]) => !isEvent(what))
    .flatMap(([what, count]) => {
      const [service, operation] = what.split(":");
      return profilesAt(count, { ...fatesOfCalls[fate], calls: { service, operation } });
    });
}

/** The profiles that let one thing happen at every call of the state machines, a profile a call. */
export function atEveryEvent(chances: Chances, fate: FateOfEvents) {
  return Object.entries(chances)
    .filter(([what]) => isEvent(what))
    .flatMap(([what, count]) => {
      const operation = what.replace("event:", "");
      return profilesAt(count, { ...fatesOfEvents[fate], operation });
    });
}

function profilesAt(count: number, fault: object): readonly FaultProfile[] {
  return Array.from({ length: count }, (_, index) =>
    profileSchema.parse({
      schemaVersion: 1,
      name: "command-line",
      faults: [{ ...fault, nth: [index + 1] }],
    }),
  );
}

const fleetFile = "test/support/six-quick-servers.yaml";

/** The drill whose every call is met: that of six servers, whose launches take minutes. */
export async function quickDrill(): Promise<RehearsalSettings> {
  const loaded = loadFleet(fileURLToPath(new URL(`../../${fleetFile}`, import.meta.url)));
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join("\n"));
  const { servers, lanes: initialisedLanes, launchSeconds } = loaded.fleet;
  const fleet = servers.map((server) => ({ ...server, lane: laneOf(server.lane) }));
  const drs = { initialisedLanes, launchSeconds: (server: string) => launchSeconds.get(server) };
  return { ...(await example("six-servers")), fleet, options: { drs, inThisThread: true } };
}

/** The command that runs that drill under a profile again. */
export function commandOf({ faults }: FaultProfile): string {
  const file = "examples/six-servers/environment.yaml";
  return `npx aws-dr rehearse ${file} --fleet ${fleetFile} --faults '${JSON.stringify(faults)}'`;
}

/** Rehearses, and keeps the world that is left. */
export async function rehearsed(settings: RehearsalSettings): Promise<Ended> {
  let world: World | undefined;
  const document = await rehearse({
    ...settings,
    onWorld: (built) => {
      world = built;
    },
  });
  if (!world) throw new Error("a rehearsal must build a world.");
  return { document, world };
}

/** What is not as it must be after a drill in which one fault happened; nothing where all is well. */
export async function complaints(
  { document, world }: Ended,
  [fault, ...others]: readonly Fault[],
): Promise<readonly string[]> {
  if (!fault || others.length > 0) throw new Error("one fault must be in the profile.");
  const { outcome, cause = "", servers, brokenInvariants, faults } = document;
  const { drs, states, tables } = world;
  const jobs = drs.lanes().flatMap((lane) => drs.jobs(lane));
  const launches = jobs.filter(({ kind }) => kind === "launch");
  const starts = launches.flatMap((job) => job.participants.map(({ server }) => server));
  const left = drs.lanes().flatMap((lane) => drs.instances(lane));
  const locks = (await tables.items()).filter(({ pk, sk }) => isLock(pk?.S, sk?.S));
  const findings: readonly (readonly [isFine: boolean, complaint: string])[] = [
    [outcome === "recovered", `the outcome is ${outcome}: ${cause}`],
    [brokenInvariants.length === 0, `broken: ${JSON.stringify(brokenInvariants)}`],
    [servers.launched === servers.total, `${servers.launched} servers were launched`],
    [starts.length === servers.total, `${starts.length} servers were started`],
    [new Set(starts).size === starts.length, `started more than once: ${starts.join(", ")}`],
    [jobs.every(({ status }) => status === "COMPLETED"), "a job goes on"],
    [states.executions().every(({ status }) => status !== "RUNNING"), "a state machine runs on"],
    [left.length === 0, `${left.length} recovery instances are left`],
    [
      locks.length > 0 && locks.every(({ executionId }) => executionId?.S === "(free)"),
      `the plan's lock is ${JSON.stringify(locks)}`,
    ],
    [
      isDeepStrictEqual(faults?.injected, { [fault.kind]: 1 }),
      `injected was ${JSON.stringify(faults?.injected)}`,
    ],
  ];
  return findings.flatMap(([isFine, complaint]) => (isFine ? [] : [complaint]));
}

function isLock(pk: unknown, sk: unknown): boolean {
  return String(pk).startsWith("PLAN#") && sk === "LOCK";
}
