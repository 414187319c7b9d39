import type { RpoVerdict, RtoVerdict } from "../core/cells/objectives.js";

/** How a verdict reads, in tables, checks and runbooks alike. */
export const verdictWords = {
  met: "met",
  usual: "met as a rule",
  "not-met": "not met",
  unbounded: "nobody says",
  unjudged: "cannot be judged",
} as const satisfies Readonly<Record<RpoVerdict | RtoVerdict, string>>;

/** What may be said of one promise: its name, what was promised, what settings give, and the verdict. */
export interface JudgedLine {
  readonly what: string;
  readonly promised: string;
  readonly given: string;
  readonly verdict: (typeof verdictWords)[RpoVerdict | RtoVerdict];
  readonly why: string;
}
