import type { Command, Step } from "../model.js";
import {
  failOverAurora,
  lagOfAurora,
  makeInstance,
  removeInstance,
  switchAurora,
} from "./aurora.js";
import { restore } from "./backups.js";
import { turnCaches } from "./caches.js";
import { growReplica, lagOfReplica, promoteReplica } from "./replicas.js";
import { restoreTables } from "./restored-tables.js";
import type { Turn } from "./turn.js";

/** Makes the Region that takes over the one that writes, whatever becomes of the other. */
export function promoteAll(turn: Turn): readonly Step[] {
  const { auroraDatabases, replicatedDatabases } = turn.cell;
  return [
    ...auroraDatabases.flatMap((database) => failOverAurora(turn, database)),
    ...replicatedDatabases.flatMap((database) => [
      promoteReplica(turn, database),
      ...growReplica(turn, database),
    ]),
    ...turnCaches(turn),
    ...restoreTables(turn),
    ...restore(turn),
  ];
}

/** The same for what can be switched without losing a write, with both Regions well. */
export function switchDatabases(turn: Turn): readonly Step[] {
  return turn.cell.auroraDatabases.flatMap((database) => [
    ...makeInstance(turn, database),
    switchAurora(turn, database),
  ]);
}

/** Takes away what was made for members that wrote, once the other ones do. */
export function removeInstances(turn: Turn): readonly Step[] {
  return turn.cell.auroraDatabases.flatMap((database) => removeInstance(turn, database, turn.from));
}

/** How far each copy in the Region that takes over is behind. */
export function lags(turn: Turn): readonly Command[] {
  const { auroraDatabases, replicatedDatabases } = turn.cell;
  return [
    ...auroraDatabases.map((database) => lagOfAurora(turn, database)),
    ...replicatedDatabases.map((database) => lagOfReplica(turn, database)),
  ];
}
