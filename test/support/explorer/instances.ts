import type { Bounds } from "./moves.js";
import { besideStrangers, threeServers, twoWaves } from "./scenes.js";
import type { Scene } from "./world.js";

/** An exploration of the campaign. */
export interface Instance {
  readonly name: string;
  readonly scene: Scene;
  readonly bounds: Bounds;
  /** Fewer states than that would be another exploration. */
  readonly statesAtLeast: number;
}

const timeMoveSeconds = [30, 240];
const drill = { isDrill: true, servers: ["s-0001"] };
const recovery = { isDrill: false, servers: ["s-0001"] };

export const instances: readonly Instance[] = [
  {
    name: "a drill from its first turn, two faults",
    scene: threeServers(),
    bounds: { turns: 2, faults: 2, timeMoves: 1, timeMoveSeconds },
    statesAtLeast: 100_000,
  },
  {
    name: "a drill from its first turn, three turns",
    scene: threeServers(),
    bounds: { turns: 3, faults: 1, timeMoves: 1, timeMoveSeconds },
    statesAtLeast: 75_000,
  },
  {
    name: "a drill whose jobs run, two faults",
    scene: threeServers(),
    bounds: { calmTurnsBefore: 1, turns: 2, faults: 2, timeMoves: 2, timeMoveSeconds },
    statesAtLeast: 1_000,
  },
  {
    name: "a drill of two waves, two faults",
    scene: twoWaves(),
    bounds: { turns: 2, faults: 2, timeMoves: 1, timeMoveSeconds },
    statesAtLeast: 50_000,
  },
  {
    name: "a drill one of whose launches fails, one fault",
    scene: threeServers(),
    bounds: { turns: 2, faults: 1, timeMoves: 1, timeMoveSeconds, launchFailures: 1 },
    statesAtLeast: 70_000,
  },
  {
    name: "a drill of two waves one of whose launches fails, one fault",
    scene: twoWaves(),
    bounds: { turns: 2, faults: 1, timeMoves: 1, timeMoveSeconds, launchFailures: 1 },
    statesAtLeast: 30_000,
  },
  {
    name: "a drill beside a stranger's drill, two faults",
    scene: besideStrangers(),
    bounds: { turns: 2, faults: 2, timeMoves: 1, timeMoveSeconds, stranger: drill },
    statesAtLeast: 500_000,
  },
  {
    name: "a drill beside a stranger's recovery, two faults",
    scene: besideStrangers(),
    bounds: { turns: 2, faults: 2, timeMoves: 1, timeMoveSeconds, stranger: recovery },
    statesAtLeast: 1_000_000,
  },
  {
    name: "a recovery beside a stranger's drill",
    scene: asRecovery(besideStrangers()),
    bounds: { turns: 2, faults: 1, timeMoves: 1, timeMoveSeconds, stranger: drill },
    statesAtLeast: 100_000,
  },
];

function asRecovery(scene: Scene): Scene {
  return { ...scene, head: { ...scene.head, kind: "recovery", cleanUp: false } };
}
