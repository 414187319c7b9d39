import { instant } from "../../../runtime/core/instant.js";
import { Identities } from "./identities.js";
import { brokenAtEnd, brokenIn } from "./invariants.js";
import { type Bounds, movesFrom, type State } from "./moves.js";
import { told } from "./story.js";
import { type Mutation, Turns } from "./turn.js";
import { apply, firstWorld, later, type Scene, type World } from "./world.js";

export interface Explored {
  /** Different states that were visited. */
  readonly states: number;
  /** Steps from one of them to another, or to the same. */
  readonly steps: number;
  /** Different worlds from which the execution was brought to its end. */
  readonly endings: number;
  /** Different sequences of replies that `advance` was run on. */
  readonly turnsRun: number;
  /** The shortest way to a broken invariant. */
  readonly counterexample?: Counterexample;
}

export interface Counterexample {
  readonly invariant: string;
  readonly story: readonly string[];
}

/** Turns in which an execution without faults must come to its end. */
const calmTurns = 300;

/**
 * Visits every state that the bounds admit, breadth-first, and judges each of them; from each that
 * rests, with no turn at work and no call on its way, brings the execution to its end and judges that.
 */
export async function explore(
  scene: Scene,
  bounds: Bounds,
  mutation?: Mutation,
): Promise<Explored> {
  const turns = new Turns(scene, mutation);
  const identities = new Identities();
  const seen = new Set<string>();
  const trail: { readonly from: number; readonly step: string }[] = [];
  const calm = new Calm(scene, turns, identities);
  let steps = 0;
  const result = (counterexample?: Counterexample): Explored => ({
    states: seen.size,
    steps,
    endings: calm.endings,
    turnsRun: turns.runs,
    ...(counterexample ? { counterexample } : {}),
  });
  const storyOf = (last: number): readonly string[] => {
    const story: string[] = [];
    for (let at = last; at > 0; at = trail[at]?.from ?? 0) story.unshift(trail[at]?.step ?? "");
    return story;
  };
  let frontier: { readonly state: State; readonly index: number }[] = [];
  const visit = async (state: State, from: number, step: string) => {
    const key = keyOf(identities, state);
    if (seen.has(key)) return undefined;
    seen.add(key);
    const index = trail.push({ from, step }) - 1;
    frontier.push({ state, index });
    const broken = brokenIn(scene, state.world) ?? threw(state);
    if (broken) return { invariant: broken, story: storyOf(index) };
    const end = isAtRest(state) ? await calm.toTheEnd(state.world) : undefined;
    return end && { ...end, story: [...storyOf(index), ...end.story] };
  };
  let world = firstWorld(scene);
  for (let turn = 0; turn < (bounds.calmTurnsBefore ?? 0); turn += 1) {
    world = (await calm.turn(world)).world;
  }
  const first = await visit(firstState(world, bounds), 0, "");
  if (first) return result(first);
  while (frontier.length > 0) {
    const layer = frontier;
    frontier = [];
    for (const { state, index } of layer) {
      for (const move of await movesFrom(scene, bounds, turns, state)) {
        steps += 1;
        const counterexample = await visit(move.state, index, move.step);
        if (counterexample) return result(counterexample);
      }
    }
  }
  return result();
}

function firstState(world: World, bounds: Bounds): State {
  const { turns, faults, timeMoves, stranger, launchFailures = 0 } = bounds;
  return {
    world,
    turns: [],
    onTheirWay: [],
    turnsLeft: turns,
    faultsLeft: faults,
    timeMovesLeft: timeMoves,
    launchFailuresLeft: launchFailures,
    strangerLeft: stranger !== undefined,
  };
}

function isAtRest({ turns, onTheirWay }: State): boolean {
  return turns.length === 0 && onTheirWay.length === 0;
}

function threw({ turns }: State): string | undefined {
  const [dead] = turns.flatMap(({ local }) => (local.outcome?.kind === "threw" ? local : []));
  return dead?.outcome?.kind === "threw" ? `${dead.token} threw ${dead.outcome.error}` : undefined;
}

function keyOf(identities: Identities, state: State): string {
  const { turns, onTheirWay, turnsLeft, faultsLeft, timeMovesLeft, strangerLeft } = state;
  const { launchFailuresLeft } = state;
  const running = turns.map(({ local, held }) => [
    local.id,
    ...held.map(({ index, reply, since }) => [index, identities.of(reply), since]),
  ]);
  const left = [turnsLeft, faultsLeft, timeMovesLeft, launchFailuresLeft, strangerLeft ? 1 : 0];
  const late = onTheirWay.length === 0 ? "" : identities.of(onTheirWay);
  return `${worldKey(identities, state.world)}|${JSON.stringify(running)}|${late}|${left}`;
}

function worldKey(identities: Identities, world: World): string {
  const { now, lane, ended, marks, jobs, failing, intended, called } = world;
  return [
    now,
    ...[lane, ended, marks, jobs, failing, intended, called].map((one) => identities.of(one)),
  ].join();
}

interface CalmTurn {
  readonly world: World;
  readonly story: readonly string[];
  readonly next: string;
  readonly seconds: number;
}

/** Brings executions to their end, one turn at a time and without faults, from each world once. */
class Calm {
  readonly #seen = new Set<string>();
  readonly #scene: Scene;
  readonly #turns: Turns;
  readonly #identities: Identities;
  endings = 0;

  constructor(scene: Scene, turns: Turns, identities: Identities) {
    this.#scene = scene;
    this.#turns = turns;
    this.#identities = identities;
  }

  async toTheEnd(from: World): Promise<Counterexample | undefined> {
    const story = ["from here on one turn at a time, and no faults"];
    let world = from;
    let quietSeconds = 0;
    for (let turn = 0; turn < calmTurns; turn += 1) {
      const key = worldKey(this.#identities, world);
      if (this.#seen.has(key)) return undefined;
      this.#seen.add(key);
      const taken = await this.turn(world);
      const isQuiet = taken.world === world && taken.next === "wait";
      quietSeconds = isQuiet ? quietSeconds + taken.seconds : 0;
      if (isQuiet && quietSeconds > taken.seconds) story.pop();
      if (isQuiet) story.push(`${quietSeconds} s of turns that change nothing`);
      else story.push(...taken.story);
      world = taken.world;
      const broken = brokenIn(this.#scene, world);
      if (broken) return { invariant: broken, story };
      if (taken.next === "ended") {
        this.endings += 1;
        const atEnd = brokenAtEnd(this.#scene, world);
        return atEnd ? { invariant: atEnd, story } : undefined;
      }
      if (taken.next !== "wait") return { invariant: `9: ${taken.next}`, story };
      world = later(world, taken.seconds);
    }
    return { invariant: `9: not ended after ${calmTurns} turns`, story };
  }

  /** One whole turn, undisturbed. */
  async turn(from: World): Promise<CalmTurn> {
    let world = from;
    const story: string[] = [];
    let local = await this.#turns.begin(`calm-${from.lane.revision}`, instant(world.now));
    for (;;) {
      const [asked] = local.pending;
      if (local.outcome?.kind === "answered") {
        const { next, seconds } = local.outcome;
        story.push(next === "wait" ? `${seconds} s pass` : `the lane's turns answer: ${next}`);
        return { world, story, next, seconds };
      }
      if (!asked) return { world, story, next: local.outcome?.error ?? "stands still", seconds: 0 };
      const applied = await apply(this.#scene, world, asked.call);
      world = applied.world;
      story.push(`the turn ${told(asked.call, applied.reply)}`);
      local = await this.#turns.deliver(local, asked.index, { value: applied.reply }, world.now);
    }
  }
}
