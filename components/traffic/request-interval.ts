import { healthCheckIntervalsSeconds } from "../../runtime/limits.js";
import type { Rule } from "../arguments.js";

/** How often Route 53 and Global Accelerator ask; they take no other interval. */
export const requestInterval: Rule<number> = (seconds) =>
  healthCheckIntervalsSeconds.some((known) => known === seconds)
    ? undefined
    : `must be ${healthCheckIntervalsSeconds.join(" or ")} seconds, got ${seconds}`;
