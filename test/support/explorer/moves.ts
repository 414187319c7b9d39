import {
  before,
  type Instant,
  plusSeconds,
  secondsBetween,
} from "../../../runtime/core/instant.js";
import type { StartRecoveryCall } from "../../../runtime/core/ports.js";
import type { CallAnswer } from "../../../runtime/core/recovery/observation.js";
import { lateArrival } from "../../../runtime/limits.js";
import { answerOf, nameOf, told } from "./story.js";
import { type Local, type Pending, type Reply, refusal, type Turns } from "./turn.js";
import { apply, later, launch, type Scene, type World } from "./world.js";

/** What may happen, and how often. */
export interface Bounds {
  /** Turns taken one after the other, and without faults, before anything else happens. */
  readonly calmTurnsBefore?: number;
  readonly turns: number;
  readonly faults: number;
  /** How often time may move while calls are under way or turns are left, and by how much. */
  readonly timeMoves: number;
  readonly timeMoveSeconds: readonly number[];
  /** Servers whose launch may fail; none when absent. */
  readonly launchFailures?: number;
  /** What a stranger may start, once, at any moment. */
  readonly stranger?: { readonly isDrill: boolean; readonly servers: readonly string[] };
}

export interface State {
  readonly world: World;
  /** At most two at once, each between two of its replies. */
  readonly turns: readonly Running[];
  /** Requests whose turn has died or gives them up, and which may arrive all the same. */
  readonly onTheirWay: readonly Late[];
  readonly turnsLeft: number;
  readonly faultsLeft: number;
  readonly timeMovesLeft: number;
  readonly launchFailuresLeft: number;
  readonly strangerLeft: boolean;
}

interface Running {
  readonly local: Local;
  /** Replies that have taken effect and that the turn gets only when time has moved. */
  readonly held: readonly {
    readonly index: number;
    readonly reply: Reply;
    readonly since: Instant;
  }[];
}

interface Late {
  readonly launch: StartRecoveryCall;
  readonly until: Instant;
}

export interface Move {
  /** What happened, as the step of a story. */
  readonly step: string;
  readonly state: State;
}

const turnsAtOnce = 2;

/** Every state that one step leads to. */
export async function movesFrom(
  scene: Scene,
  bounds: Bounds,
  turns: Turns,
  state: State,
): Promise<readonly Move[]> {
  const moves: Move[] = [];
  if (state.turns.length < turnsAtOnce && state.turnsLeft > 0) {
    moves.push(await turnBegins(bounds, turns, state));
  }
  for (const running of state.turns) {
    moves.push(...(await heldReplies(turns, state, running)));
    const held = new Set(running.held.map(({ index }) => index));
    for (const pending of running.local.pending) {
      if (!held.has(pending.index)) {
        moves.push(...(await effects(scene, turns, { state, running, pending })));
      }
    }
  }
  moves.push(...arrivals(scene, state), ...strangers(scene, bounds, state));
  moves.push(...launchFailures(state), ...timeMoves(bounds, state));
  return moves;
}

async function turnBegins({ turns: all }: Bounds, turns: Turns, state: State): Promise<Move> {
  const token = `turn-${all - state.turnsLeft + 1}`;
  const local = await turns.begin(token, state.world.now);
  return {
    step: `${token} begins`,
    state: {
      ...state,
      turns: [...state.turns, { local, held: [] }],
      turnsLeft: state.turnsLeft - 1,
    },
  };
}

interface Asking {
  readonly state: State;
  readonly running: Running;
  readonly pending: Pending;
}

/** A call takes effect: its reply comes at once, comes when time has moved, is lost, or finds nobody. */
async function effects(scene: Scene, turns: Turns, asking: Asking): Promise<readonly Move[]> {
  const { state, running, pending } = asking;
  const { call, index } = pending;
  const { world, reply: value } = await apply(scene, state.world, call);
  const { token } = running.local;
  const step = `${token} ${told(call, value)}`;
  const after = { ...state, world };
  const answered = (reply: Reply, from: State = after) =>
    delivered(turns, from, running, index, reply);
  const moves = [{ step, state: await answered({ value }) }];
  if (state.timeMovesLeft > 0) {
    const held = [...running.held, { index, reply: { value }, since: world.now }];
    const slow = replaced(after, running, { ...running, held });
    moves.push({ step: `${step}; the reply is slow`, state: slow });
  }
  if (state.faultsLeft === 0) return moves;
  const faulty = { ...after, faultsLeft: state.faultsLeft - 1 };
  if (world !== state.world) {
    moves.push({ step: `${step}, and dies`, state: replaced(faulty, running) });
  }
  const untouched = { ...state, faultsLeft: state.faultsLeft - 1 };
  if (call.kind === "write-lane" && world !== state.world) {
    moves.push({ step: `${step}; the reply is lost, and the write is repeated`, state: faulty });
  }
  if (call.kind === "list-jobs") {
    for (const code of ["lane-throttled", "lane-unreachable"] as const) {
      const refused = await answered(refusal(code), untouched);
      moves.push({ step: `${token} asks for jobs and is refused: ${code}`, state: refused });
    }
  }
  if (call.kind === "start") moves.push(...(await startFaults(asking, faulty, answered)));
  return moves;
}

async function startFaults(
  { state, running, pending: { call } }: Asking,
  arrived: State,
  answered: (reply: Reply, from: State) => Promise<State>,
): Promise<readonly Move[]> {
  if (call.kind !== "start") return [];
  const { token } = running.local;
  const what = `${token} calls StartRecovery for ${nameOf(call.launch)}`;
  const nobody: CallAnswer = { kind: "indefinite", message: "no answer" };
  const throttled: CallAnswer = { kind: "throttled", message: "slow down" };
  const untouched = { ...state, faultsLeft: state.faultsLeft - 1 };
  const until = plusSeconds(state.world.now, lateArrival.httpTimeoutSeconds);
  const onTheirWay = [...state.onTheirWay, { launch: call.launch, until }];
  const late = { ...untouched, onTheirWay };
  return [
    {
      step: `${what}; it arrives, the answer is lost`,
      state: await answered({ value: nobody }, arrived),
    },
    {
      step: `${what}; it is lost, nothing answers`,
      state: await answered({ value: nobody }, untouched),
    },
    {
      step: `${what}; it is on its way, nothing answers`,
      state: await answered({ value: nobody }, late),
    },
    { step: `${what} and dies while it is on its way`, state: replaced(late, running) },
    { step: `${what}: throttled`, state: await answered({ value: throttled }, untouched) },
  ];
}

async function heldReplies(turns: Turns, state: State, running: Running): Promise<readonly Move[]> {
  const due = running.held.filter(({ since }) => before(since, state.world.now));
  return Promise.all(
    due.map(async ({ index, reply }) => ({
      step: `${running.local.token} gets the reply that was slow`,
      state: await delivered(turns, state, running, index, reply),
    })),
  );
}

async function delivered(
  turns: Turns,
  state: State,
  running: Running,
  index: number,
  reply: Reply,
): Promise<State> {
  const local = await turns.deliver(running.local, index, reply, state.world.now);
  const held = running.held.filter((one) => one.index !== index);
  const isOver = local.outcome?.kind === "answered";
  return replaced(state, running, ...(isOver ? [] : [{ local, held }]));
}

function replaced(state: State, old: Running, ...by: readonly Running[]): State {
  return { ...state, turns: state.turns.flatMap((one) => (one === old ? by : [one])) };
}

/** A late request arrives, or never does. */
function arrivals(scene: Scene, state: State): readonly Move[] {
  return state.onTheirWay.flatMap((late) => {
    const onTheirWay = state.onTheirWay.filter((one) => one !== late);
    const { world, reply } = launch(scene, state.world, "us", late.launch);
    const what = `the late call for ${nameOf(late.launch)}`;
    return [
      { step: `${what} arrives: ${answerOf(reply)}`, state: { ...state, onTheirWay, world } },
      { step: `${what} never arrives`, state: { ...state, onTheirWay } },
    ];
  });
}

function strangers(scene: Scene, { stranger }: Bounds, state: State): readonly Move[] {
  if (!stranger || !state.strangerLeft) return [];
  const { world, reply } = launch(scene, state.world, "stranger", { ...stranger, tags: {} });
  const kind = stranger.isDrill ? "drill" : "recovery";
  const step = `a stranger starts a ${kind} of ${stranger.servers.join(", ")}: ${answerOf(reply)}`;
  return [{ step, state: { ...state, world, strangerLeft: false } }];
}

/** A launch that runs turns out to fail. Nobody sees it before its end. */
function launchFailures(state: State): readonly Move[] {
  const { world, launchFailuresLeft } = state;
  if (launchFailuresLeft === 0) return [];
  const running = world.jobs.flatMap(({ ends }) =>
    [...ends].flatMap(([server, end]) => (before(world.now, end) ? [server] : [])),
  );
  return running
    .filter((server) => !world.failing.includes(server))
    .map((server) => ({
      step: `the launch of ${server} is going to fail`,
      state: {
        ...state,
        world: { ...world, failing: [...world.failing, server].toSorted() },
        launchFailuresLeft: launchFailuresLeft - 1,
      },
    }));
}

/** Time moves as far as no turn outlives its function, and no request its time-out. */
function timeMoves({ timeMoveSeconds }: Bounds, state: State): readonly Move[] {
  if (state.timeMovesLeft === 0) return [];
  return timeMoveSeconds.flatMap((seconds) => {
    const world = later(state.world, seconds);
    const isTooFar =
      state.onTheirWay.some(({ until }) => before(until, world.now)) ||
      state.turns.some(
        ({ local }) =>
          secondsBetween(local.startedAt, world.now) > lateArrival.functionTimeoutSeconds,
      );
    if (isTooFar) return [];
    const timeMovesLeft = state.timeMovesLeft - 1;
    return [{ step: `${seconds} s pass`, state: { ...state, world, timeMovesLeft } }];
  });
}
