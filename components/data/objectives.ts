import { rpoSeconds, rtoMinutes } from "../../runtime/limits.js";
import { type Problems, within } from "../arguments.js";

/** What is promised of one store. */
export interface StoreObjectives {
  /**
   * Until the store takes writes in the recovery Region.
   *
   * @unit minutes
   */
  readonly rtoMinutes: number;
  /**
   * What of the latest writes may be lost. Nothing is promised by default: it cannot be of a store
   * whose loss nobody bounds.
   *
   * @unit seconds
   */
  readonly rpoSeconds?: number;
}

export function checkObjectives(problems: Problems, objectives: StoreObjectives | undefined): void {
  if (objectives === undefined) return;
  problems.check("objectives.rtoMinutes", within(rtoMinutes), objectives.rtoMinutes);
  if (objectives.rpoSeconds === undefined) return;
  problems.check("objectives.rpoSeconds", within(rpoSeconds), objectives.rpoSeconds);
}
