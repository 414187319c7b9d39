import { groupBy } from "../group-by.js";
import { before, type Instant, latest, plusSeconds } from "../instant.js";
import { refusalsOf } from "./answers.js";
import { type Claim, dispositionOf } from "./claims.js";
import { isBelieved } from "./denials.js";
import { breaksTolerance, gateOf } from "./gates.js";
import type { Startable } from "./packing.js";
import type { Member } from "./plan.js";
import type { Standing } from "./standing.js";
import type { ExecutionWave, LaneWave, ServerResult, Suspects } from "./state.js";
import type { GateMark, Hold, HoldKind, LaneView, Observation } from "./view.js";

/** What the waves of a lane ask for, before quotas have their say. */
export interface Asked {
  readonly startable: readonly Startable[];
  readonly held: readonly Hold[];
  /** Servers that end now without a call of ours. */
  readonly settled: readonly ServerResult[];
  /** Whether more servers end now than one revision of a lane may hold. */
  readonly hasMoreToSettle: boolean;
  readonly waves: readonly LaneWave[];
  readonly marks: readonly GateMark[];
  /** Whether a wave of the lane waits for other lanes alone. */
  readonly waitsAtGate: boolean;
}

interface Context {
  readonly view: LaneView;
  readonly seen: Observation;
  readonly standing: Standing;
  readonly claims: ReadonlyMap<string, Claim>;
  readonly suspects: readonly Suspects[];
  readonly now: Instant;
}

/** Servers that may end without a call in one revision of a lane: their reasons must fit into its item. */
const settledAtOnce = 250;

/** Goes through the lane's waves in the order of their dependencies. */
export function askWaves(context: Context): Asked {
  const { view } = context;
  const byWave = groupBy(view.members, ({ wave }) => wave);
  const asked = {
    startable: [] as Startable[],
    held: [] as Hold[],
    settled: [] as ServerResult[],
    hasMoreToSettle: false,
    waves: [] as LaneWave[],
    marks: [] as GateMark[],
    waitsAtGate: false,
  };
  for (const wave of view.head.waves) {
    const members = byWave.get(wave.name);
    if (!members) continue;
    const one = askWave(wave, members, context, asked);
    asked.startable.push(...one.startable);
    asked.held.push(...one.held);
    asked.settled.push(...one.settled);
    if (one.hasMoreToSettle) asked.hasMoreToSettle = true;
    asked.waves.push(one.wave);
    if (one.mark) asked.marks.push(one.mark);
    if (one.waitsAtGate) asked.waitsAtGate = true;
  }
  return asked;
}

interface WaveAsked {
  readonly startable: readonly Startable[];
  readonly held: readonly Hold[];
  readonly settled: readonly ServerResult[];
  readonly hasMoreToSettle: boolean;
  readonly wave: LaneWave;
  readonly mark?: GateMark;
  readonly waitsAtGate: boolean;
}

function askWave(
  wave: ExecutionWave,
  members: readonly Member[],
  context: Context,
  before: Pick<Asked, "marks" | "settled" | "waves">,
): WaveAsked {
  const { view, standing, now } = context;
  const known = view.lane.waves.find(({ name }) => name === wave.name);
  if (known?.done) return done(known, view);

  const waiting = members.filter(
    ({ server }) => !standing.results.has(server) && !standing.inFlight.has(server),
  );
  const gate =
    known?.openedAt === undefined
      ? gateOf(wave, view.head.waves, view.gates, before.marks)
      : ({ kind: "open" } as const);
  const openedAt = known?.openedAt ?? (gate.kind === "open" ? now : undefined);
  const ends = endAll(waiting, context, gate.kind === "broken" ? gate.reason : undefined);
  const deadlineAt = deadlineOf(wave, known, openedAt, context);
  const choices = ends
    ? { ...noChoices, settled: ends }
    : chooseEach(wave, waiting, { openedAt, deadlineAt }, context);
  const mostSettled = settledAtOnce - before.settled.length;
  const settledNow = choices.settled.slice(0, Math.max(0, mostSettled));

  const settled = new Map(settledNow.map((result) => [result.server, result]));
  const results = members.flatMap(
    ({ server }) => settled.get(server) ?? standing.results.get(server) ?? [],
  );
  const isDone = results.length === members.length;
  const broken = isDone && (gate.kind === "broken" || isBroken(wave, members, results));
  return {
    ...choices,
    settled: settledNow,
    hasMoreToSettle: settledNow.length < choices.settled.length,
    wave: {
      name: wave.name,
      members: members.length,
      ...(openedAt === undefined ? {} : { openedAt }),
      ...(deadlineAt === undefined ? {} : { deadlineAt }),
      ...tally(results),
      done: isDone,
      broken,
    },
    ...(isDone ? { mark: { wave: wave.name, lane: view.lane.lane, broken } } : {}),
    waitsAtGate: gate.kind === "closed" && !isDone && hasDoneItsPart(wave, before.waves),
  };
}

/** A wave that is done has nothing to ask, unless its turn died before it marked the gate. */
function done(wave: LaneWave, { lane, gates }: LaneView): WaveAsked {
  const gate = gates.find((one) => one.wave === wave.name);
  const mark = { wave: wave.name, lane: lane.lane, broken: wave.broken };
  return {
    ...noChoices,
    hasMoreToSettle: false,
    wave,
    ...(gate && !gate.done.has(lane.lane) ? { mark } : {}),
    waitsAtGate: false,
  };
}

/** While the lane itself still works at a wave, that wave's gate need not be watched. */
function hasDoneItsPart({ dependsOn }: ExecutionWave, waves: readonly LaneWave[]): boolean {
  return waves.every(({ name, done }) => done || !dependsOn.includes(name));
}

/** A pause stops the clock of the waves it finds open: their deadline begins anew. */
function deadlineOf(
  wave: ExecutionWave,
  known: LaneWave | undefined,
  openedAt: Instant | undefined,
  { view, now }: Context,
): Instant | undefined {
  if (openedAt === undefined) return undefined;
  const { command, resumedAt = openedAt } = view.head;
  const isPaused = command === "pause";
  const from = isPaused ? now : latest(openedAt, resumedAt);
  const whole = plusSeconds(from, wave.deadlineMinutes * 60);
  return isPaused ? whole : latest(known?.deadlineAt ?? whole, whole);
}

/** Whether nothing of the wave can be started any more, and how its waiting servers end then. */
function endAll(
  waiting: readonly Member[],
  { view, seen, now }: Context,
  brokenGate: string | undefined,
): readonly ServerResult[] | undefined {
  const { command, state, cause = "unknown" } = view.head;
  if (command === "cancel") return all(waiting, "skipped", "cancelled by the operator");
  if (state === "ended") return all(waiting, "skipped", `the execution has ended: ${cause}`);
  if (brokenGate !== undefined) return all(waiting, "skipped", brokenGate);
  if (view.lane.lost !== undefined) return all(waiting, "failed", view.lane.lost);
  const { deniedSince, openBatches } = view.lane;
  const isLost =
    deniedSince !== undefined && isBelieved(deniedSince, now) && openBatches.length === 0;
  return isLost ? all(waiting, "failed", seen.unavailable?.message ?? "denied") : undefined;
}

function all(
  waiting: readonly Member[],
  outcome: "failed" | "skipped",
  reason: string,
): readonly ServerResult[] {
  return waiting.map(({ server }) => ({ server, outcome, reason }));
}

interface Choices {
  readonly startable: readonly Startable[];
  readonly held: readonly Hold[];
  readonly settled: readonly ServerResult[];
}

const noChoices: Choices = { startable: [], held: [], settled: [] };

function chooseEach(
  wave: ExecutionWave,
  waiting: readonly Member[],
  { openedAt, deadlineAt }: { openedAt: Instant | undefined; deadlineAt: Instant | undefined },
  context: Context,
): Choices {
  if (openedAt === undefined || deadlineAt === undefined) return noChoices;
  const { view, claims, suspects, now, seen } = context;
  const startable: Startable[] = [];
  const held: Hold[] = [];
  const settled: ServerResult[] = [];
  const isLate = before(deadlineAt, now);
  const hold = (server: string, kind: HoldKind, reason: string) => {
    if (isLate) settled.push({ server, outcome: "failed", reason: late(wave, reason) });
    else held.push({ server, kind, reason });
  };
  for (const member of waiting) {
    const { server } = member;
    const disposition = dispositionOf(member, claims.get(server), openedAt, view.head);
    const suspect = suspects.find(
      ({ servers, notBefore }) => before(now, notBefore) && servers.includes(server),
    );
    if (disposition.kind === "settle") settled.push(disposition.result);
    else if (seen.unavailable)
      hold(server, silenceKind(seen.unavailable), seen.unavailable.message);
    else if (disposition.kind === "hold") hold(server, "busy", disposition.reason);
    else if (suspect?.deniedSince !== undefined) hold(server, "denied", "its calls were denied");
    else if (suspect)
      hold(server, "conflict", "refused with 409; no job shows which server is busy");
    else if (isLate) hold(server, "jobs-in-flight", "no call could be made for it");
    else startable.push(startableOf(member, suspects));
  }
  return { startable, held, settled };
}

function silenceKind({ code }: NonNullable<Observation["unavailable"]>): HoldKind {
  return code === "lane-denied" ? "denied" : "unreachable";
}

function startableOf(member: Member, suspects: readonly Suspects[]): Startable {
  return {
    server: member.server,
    wave: member.wave,
    isCritical: member.critical,
    expectedLaunchSeconds: member.expectedLaunchSeconds,
    refusals: refusalsOf(suspects, member.server),
  };
}

function late(wave: ExecutionWave, reason: string): string {
  return `not started within ${wave.deadlineMinutes} minutes: ${reason}`;
}

function isBroken(
  wave: ExecutionWave,
  members: readonly Member[],
  results: readonly ServerResult[],
): boolean {
  const critical = new Set(members.filter((one) => one.critical).map(({ server }) => server));
  const failed = results.filter(
    ({ server, outcome }) => outcome === "failed" && critical.has(server),
  );
  return breaksTolerance(critical.size, failed.length, wave.failedAtMostPercent);
}

function tally(
  results: readonly ServerResult[],
): Pick<LaneWave, "launched" | "failed" | "skipped"> {
  const count = (wanted: string) => results.filter(({ outcome }) => outcome === wanted).length;
  return { launched: count("launched"), failed: count("failed"), skipped: count("skipped") };
}
