import type { CellPromise, JudgedCell, JudgedStore, RtoVerdict } from "../core/cells/objectives.js";
import type { RtoBudget } from "../core/cells/rto.js";
import { furtherLines } from "./further-objectives.js";
import { type JudgedLine, verdictWords } from "./verdicts.js";
import { duration } from "./wording.js";

/** A cell's objectives line by line: the RTO, the RPO of each store, then what else it promises. */
export function judgedLines(judged: JudgedCell, promise: CellPromise): readonly JudgedLine[] {
  const { rto, rtoVerdict, stores } = judged;
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
      promised: duration(promise.rpoSeconds),
      given: store.rpoSeconds === undefined ? "–" : duration(store.rpoSeconds),
      verdict: verdictWords[store.verdict],
      why: `${store.mechanism}: ${reasons[store.rpoBasis]}`,
    })),
    ...furtherLines(judged, promise),
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
  scheduled: "from one backup to the next and its start; how long a copy takes nobody bounds",
  unbounded: "no bound is named",
};
