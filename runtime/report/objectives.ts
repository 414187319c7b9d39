import type { JudgedCell, JudgedStore, RpoVerdict, RtoVerdict } from "../core/cells/objectives.js";
import type { RtoBudget } from "../core/cells/rto.js";
import { duration } from "./wording.js";

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

/** A cell's objectives line by line: the RTO, then the RPO of each store. */
export function judgedLines(
  { rto, rtoVerdict, stores }: JudgedCell,
  { rpoSeconds }: { readonly rpoSeconds: number },
): readonly JudgedLine[] {
  return [
    {
      what: "RTO",
      promised: duration(rto.objectiveSeconds),
      given: duration(rto.machineSeconds),
      verdict: verdictWords[rtoVerdict],
      why: `${chainInWords(rto)}; ${leftInWords(rto, rtoVerdict)}`,
    },
    ...stores.map((store) => ({
      what: `RPO of ${store.name}`,
      promised: duration(rpoSeconds),
      given: store.rpoSeconds === undefined ? "–" : duration(store.rpoSeconds),
      verdict: verdictWords[store.verdict],
      why: `${store.mechanism}: ${reasons[store.rpoBasis]}`,
    })),
  ];
}

function leftInWords({ decisionSeconds }: RtoBudget, verdict: RtoVerdict): string {
  switch (verdict) {
    case "met":
      return `${duration(decisionSeconds)} left for a decision`;
    case "unjudged":
      return `no alarm asks anybody, so ${duration(decisionSeconds)} are left to notice and to decide`;
    case "not-met":
      return "nothing left for a decision";
  }
}

/** The steps that together take longest, with their times. */
export function chainInWords({ criticalPath }: RtoBudget): string {
  const steps = criticalPath.filter(({ seconds }) => seconds > 0);
  return steps.map(({ name, seconds }) => `${name} ${duration(seconds)}`).join(", ");
}

const reasons: Readonly<Record<JudgedStore["rpoBasis"], string>> = {
  enforced: "writes wait rather than be lost",
  designed: "what the service is designed for, with an agreement",
  observed: "what is observed, not promised",
  unbounded: "no bound is named",
};
