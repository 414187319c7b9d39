import { type Instant, secondsBetween } from "../../core/instant.js";
import type { Ledger } from "./ledger.js";
import type { Scene, SceneMember } from "./scene.js";

/** Where a rehearsal stands. */
export interface RehearsalProgress {
  /** Virtual seconds since the execution began. */
  readonly atSeconds: number;
  readonly lanes: readonly LaneProgress[];
  readonly waves: readonly WaveProgress[];
}

export interface LaneProgress {
  readonly lane: string;
  readonly servers: number;
  readonly launched: number;
  /** Failed. */
  readonly notLaunched: number;
  readonly inFlight: number;
}

export interface WaveProgress {
  readonly wave: string;
  readonly servers: number;
  readonly state: "waiting" | "running" | "done";
}

type Standing = "waiting" | "in-flight" | "launched" | "failed";

/** Sums up how the members stand, as far as DRS shows it. */
export function progressOf(scene: Scene, ledger: Ledger, now: Instant): RehearsalProgress {
  const standings = new Map<string, Standing>();
  for (const { server, outcome } of ledger.launches) standings.set(server, outcome ?? "in-flight");
  const members = [...scene.members.values()];
  const lanes = [...new Set(members.map(({ lane }) => lane))];
  return {
    atSeconds: secondsBetween(scene.startedAt, now),
    lanes: lanes.map((lane) => {
      const ofLane = members.filter((member) => member.lane === lane);
      return {
        lane,
        servers: ofLane.length,
        launched: count(ofLane, standings, "launched"),
        notLaunched: count(ofLane, standings, "failed"),
        inFlight: count(ofLane, standings, "in-flight"),
      };
    }),
    waves: scene.waves.map(({ name }) => {
      const ofWave = members.filter(({ wave }) => wave === name);
      return { wave: name, servers: ofWave.length, state: stateOf(ofWave, standings) };
    }),
  };
}

function count(
  members: readonly SceneMember[],
  standings: ReadonlyMap<string, Standing>,
  wanted: Standing,
): number {
  return members.filter(({ server }) => standings.get(server) === wanted).length;
}

function stateOf(
  members: readonly SceneMember[],
  standings: ReadonlyMap<string, Standing>,
): WaveProgress["state"] {
  const ended = count(members, standings, "launched") + count(members, standings, "failed");
  if (ended === members.length) return "done";
  return ended + count(members, standings, "in-flight") > 0 ? "running" : "waiting";
}
