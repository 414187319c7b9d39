import { describe, expect, it } from "vitest";
import { explore } from "../support/explorer/explore.js";
import { withoutGuard } from "../support/explorer/guards.js";
import type { Bounds } from "../support/explorer/moves.js";
import { besideStrangers, threeServers, twoWaves } from "../support/explorer/scenes.js";
import type { Scene } from "../support/explorer/world.js";

/** No more happens than what a test adds. */
const calm: Bounds = { turns: 1, faults: 0, timeMoves: 0, timeMoveSeconds: [30, 240] };

describe("two turns of a lane side by side, in every order of what they read, write and call", () => {
  it("keep the invariants, with any one fault and one move of time", async () => {
    const bounds = { ...calm, turns: 2, faults: 1, timeMoves: 1 };
    const { states, counterexample } = await explore(threeServers(), bounds);
    expect(counterexample).toBeUndefined();
    expect(states).toBeGreaterThan(20_000);
  }, 60_000);

  it("keep the invariants, whichever launches fail", async () => {
    const bounds = { ...calm, turns: 2, timeMoves: 1, launchFailures: 2 };
    const { states, counterexample } = await explore(threeServers(), bounds);
    expect(counterexample).toBeUndefined();
    expect(states).toBeGreaterThan(1_000);
  }, 60_000);

  it("keep the gate between two waves", async () => {
    const bounds = { ...calm, turns: 2, timeMoves: 1 };
    const { states, counterexample } = await explore(twoWaves(), bounds);
    expect(counterexample).toBeUndefined();
    expect(states).toBeGreaterThan(1_000);
  }, 60_000);
});

interface Removal {
  readonly guard: keyof typeof withoutGuard;
  readonly what: string;
  /** Which invariant is broken first, and how. */
  readonly broken: RegExp;
  readonly scene?: Scene;
  readonly bounds: Partial<Bounds>;
}

const aRecovery = { isDrill: false, servers: ["s-0001"] };

const removals: readonly Removal[] = [
  {
    guard: "conditionalWrite",
    what: "the condition under which LANE is written",
    broken: /^7: batch .*#1 is called twice$/,
    bounds: { turns: 2 },
  },
  {
    guard: "refusedWriteStops",
    what: "the stop of a turn whose write was refused",
    broken: /^7: batch .*#1 is called twice$/,
    bounds: { turns: 2 },
  },
  {
    guard: "ownerToken",
    what: "the token by which a turn knows its own write",
    broken: /^7: batch .*#1 is called twice$/,
    bounds: { turns: 2 },
  },
  {
    guard: "intentBeforeEffect",
    what: "the intent before the call",
    broken: /^7: batch .*#1 is called without an intent in the journal$/,
    bounds: {},
  },
  {
    guard: "calledOnce",
    what: "the rule that a call is made once",
    broken: /^7: batch .*#1 is called twice$/,
    bounds: { faults: 1 },
  },
  {
    guard: "indefiniteStaysOpen",
    what: "the patience with a call that nobody answered",
    broken: /^1: s-0003 is started twice/,
    bounds: { faults: 1, timeMoves: 1 },
  },
  {
    guard: "voidDelay",
    what: "the delay until an intent without a job is void",
    broken: /^1: s-0001 is started twice/,
    bounds: { faults: 1, timeMoves: 1 },
  },
  {
    guard: "jobTags",
    what: "the tags by which a job is found again",
    broken: /^1: s-0001 is started twice|^3: job-0 is not in the journal$/,
    bounds: { faults: 1 },
  },
  {
    guard: "serverClaims",
    what: "the look at what others do to a server",
    broken: /^6: the drill job-\d replaces what job-\d recovered on s-0001$/,
    scene: besideStrangers(),
    bounds: { timeMoves: 1, stranger: aRecovery },
  },
  {
    guard: "endedBeforeLetGo",
    what: "the record of a batch before LANE lets go of it",
    broken: /^1: s-0001 is started twice|^3: job-0 is not in the journal$/,
    bounds: { calmTurnsBefore: 1, faults: 1, timeMoves: 1 },
  },
  {
    guard: "laneReadFirst",
    what: "the order in which the lane and its ended batches are read",
    broken: /^1: s-0003 is started twice/,
    scene: besideStrangers(),
    bounds: { calmTurnsBefore: 1, turns: 2, timeMoves: 2 },
  },
  {
    guard: "gates",
    what: "the gate of a wave",
    broken: /^5: s-0003 starts in job-\d before s-0001 has launched$/,
    scene: twoWaves(),
    bounds: {},
  },
  {
    guard: "failureIsSeen",
    what: "the look at what became of each launch",
    broken: /^4: s-000\d is told as launched, but job-\d failed it$/,
    bounds: { timeMoves: 1, launchFailures: 1 },
  },
];

describe("the explorer tells a story of what goes wrong without", () => {
  it.each(removals)(
    "$what",
    async ({ guard, broken, scene = threeServers(), bounds }) => {
      const found = await explore(scene, { ...calm, ...bounds }, withoutGuard[guard]);
      const { invariant, story = [] } = found.counterexample ?? {};
      expect(invariant).toMatch(broken);
      await expect(storyOf(invariant, story)).toMatchFileSnapshot(`stories/${guard}.txt`);
    },
    60_000,
  );

  it("every guard that can be taken out", () => {
    const tried = removals.map(({ guard }) => guard);
    expect(tried.toSorted()).toEqual(Object.keys(withoutGuard).toSorted());
  });
});

function storyOf(invariant: string | undefined, story: readonly string[]): string {
  const steps = story.map((step, index) => `${index + 1}. ${step}`);
  return [...steps, `invariant ${invariant}`, ""].join("\n");
}
