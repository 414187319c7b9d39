import { type Cell, cellPrefix } from "../cells/cell.js";
import { namedIn, type PerRegion, perRegion } from "../cells/regional.js";
import type { Named } from "../named.js";

/** The queues and the topic of one Region. */
export interface QueueNames {
  readonly queue: Named;
  readonly deadLetters: Named;
  readonly topic: Named;
}

/** Names of a cell's queues, the same in both Regions. */
export function queueNames(cell: Cell, name: string): PerRegion<QueueNames> {
  const queue = `${cellPrefix(cell)}-${name}`;
  return perRegion(cell, (region) => ({
    queue: namedIn(cell, region, "sqs", "", queue),
    deadLetters: namedIn(cell, region, "sqs", "", `${queue}-dead-letters`),
    topic: namedIn(cell, region, "sns", "", queue),
  }));
}
