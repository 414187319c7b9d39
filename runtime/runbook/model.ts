import type { Word } from "./words.js";

/** What an operator does, in the order in which it is done, as a value: renderers make text of it. */
export interface Runbook {
  readonly environment: string;
  readonly sections: readonly Section[];
}

export interface Section {
  /** Unique in the runbook; what `--section` names. */
  readonly id: string;
  readonly title: string;
  /** Paragraphs before all else: when this section is the one to follow, and what to know first. */
  readonly about: readonly string[];
  /** What must not be done while this section is followed, each a whole sentence. */
  readonly never?: readonly string[];
  /** Shell variables of the commands, to be set first. */
  readonly variables: readonly SectionVariable[];
  readonly tables: readonly Table[];
  readonly steps: readonly Step[];
}

export interface SectionVariable {
  readonly name: string;
  readonly meaning: string;
  /** A value that would do. */
  readonly example: string;
}

export interface Table {
  readonly heading: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * What a step needs to work: `regional` endpoints, of the Regions that its commands name and no
 * other; a `control-plane` that lies in one Region for all; or `none` of AWS.
 */
export type Plane = "regional" | "control-plane" | "none";

export interface Step {
  readonly title: string;
  readonly why: string;
  readonly plane: Plane;
  readonly commands: readonly Command[];
  /** What must be seen before the next step. */
  readonly checks: readonly string[];
  /** Absent where nobody waits. */
  readonly takesAtMost?: TimeBound;
  /** How to undo the step, a whole sentence. */
  readonly back: string;
  /** Tried, but not waited for: it acts in the Region that is lost, or mends what is not urgent. */
  readonly isBestEffort?: boolean;
}

export interface TimeBound {
  readonly seconds: number;
  /** Where the number comes from. */
  readonly source: string;
}

export interface Command {
  readonly argv: readonly Word[];
  /** What it does, or where it differs from the command beside it. */
  readonly note?: string;
  /** Account whose credentials it needs; absent where it needs none. */
  readonly account?: string;
}
