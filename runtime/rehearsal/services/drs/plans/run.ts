import type { LaneRecord } from "../model.js";
import type { World } from "../world.js";
import type { ExecutionRecord } from "./model.js";

/** An execution with the world that it runs in. */
export interface Run {
  readonly world: World;
  readonly lane: LaneRecord;
  readonly execution: ExecutionRecord;
}
