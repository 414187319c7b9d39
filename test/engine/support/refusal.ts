import type { Thing } from "./world.js";

/** What AWS says to one whose order it does not take, or nothing. */
export type Refusal = (thing: Thing, things: readonly Thing[]) => string | undefined;
