import type { JudgedCell, JudgedStore } from "../core/cells/objectives.js";
import { duration } from "./wording.js";

/** What may be said of one promise: its name, what was promised, what settings give, and the verdict. */
export interface JudgedLine {
  readonly what: string;
  readonly promised: string;
  readonly given: string;
  readonly verdict: "met" | "met as a rule" | "not met" | "nobody says";
  readonly why: string;
}

/** A cell's objectives line by line: the RTO, then the RPO of each store. */
export function judgedLines(
  { rto, isRtoMet, stores }: JudgedCell,
  { rpoSeconds }: { readonly rpoSeconds: number },
): readonly JudgedLine[] {
  const steps = rto.criticalPath.filter(({ seconds }) => seconds > 0);
  const chain = steps.map(({ name, seconds }) => `${name} ${duration(seconds)}`);
  const left = duration(Math.max(0, rto.decisionSeconds));
  return [
    {
      what: "RTO",
      promised: duration(rto.objectiveSeconds),
      given: duration(rto.machineSeconds),
      verdict: isRtoMet ? "met" : "not met",
      why: `${chain.join(", ")}; ${isRtoMet ? `${left} left for a decision` : "nothing left for a decision"}`,
    },
    ...stores.map((store) => ({
      what: `RPO of ${store.name}`,
      promised: duration(rpoSeconds),
      given: store.rpoSeconds === undefined ? "–" : duration(store.rpoSeconds),
      verdict: words[store.verdict],
      why: `${store.mechanism}: ${reasons[store.rpoBasis]}`,
    })),
  ];
}

const words = {
  met: "met",
  usual: "met as a rule",
  "not-met": "not met",
  unbounded: "nobody says",
} as const satisfies Readonly<Record<JudgedStore["verdict"], JudgedLine["verdict"]>>;

const reasons: Readonly<Record<JudgedStore["rpoBasis"], string>> = {
  enforced: "writes wait rather than be lost",
  designed: "what the service is designed for, with an agreement",
  observed: "what is observed, not promised",
  unbounded: "no bound is named",
};
