import { newLane } from "../../../runtime/core/recovery/model.js";
import { documentedQuotas } from "../../../runtime/core/recovery/predict.js";
import { head, laneA, member, servers, wave } from "../execution/build.js";
import { modelServer } from "../execution/handler-bench.js";
import type { Scene } from "./world.js";

/**
 * A drill of three servers in two jobs at most. Launches end within one move of time, sooner than in
 * truth, so that a server is free again while a call for it may still be under way: the 409 of DRS
 * shall not hide what the guards are for.
 */
export function threeServers(more: Partial<Scene> = {}): Scene {
  const of = head();
  const quotas = { ...documentedQuotas, serversPerJob: 2 };
  const ids = servers(3);
  return {
    head: of,
    lane: newLane(of, laneA, quotas),
    members: ids.map((server) => member(server)),
    fleet: ids.map((server) => modelServer(server, { launchSeconds: 25 })),
    quotas,
    hiddenSeconds: 59,
    ...more,
  };
}

/**
 * As {@link threeServers}, but the first server launches for longer than a function lives and its
 * request is on its way: no stranger's launch of it can begin and end between a look and its call.
 */
export function besideStrangers(more: Partial<Scene> = {}): Scene {
  const usual = threeServers(more);
  const [first, ...others] = usual.fleet;
  return first ? { ...usual, fleet: [{ ...first, launchSeconds: 200 }, ...others] } : usual;
}

/** As {@link threeServers}, but the third waits for the others behind a gate. */
export function twoWaves(): Scene {
  const usual = threeServers();
  const waves = [wave("first"), wave("second", { dependsOn: ["first"] })];
  const members = usual.members.map((one, n) => (n === 2 ? { ...one, wave: "second" } : one));
  return { ...usual, head: { ...usual.head, waves }, members };
}
