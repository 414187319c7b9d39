import type { RehearsalDocument } from "../document.js";
import type { FaultKind } from "../faults/profile.js";

/** Why a case failed. */
export interface CaseFailure {
  /** What failures that are alike share: the rule that was broken, or that the execution failed. */
  readonly rule: string;
  /** One sentence each. */
  readonly reasons: readonly string[];
}

/** Faults that can keep every lane from being read. */
const blinding: readonly FaultKind[] = ["dark-lane", "expired-token", "refused-credentials"];

/**
 * Whether a case shows a defect of the orchestration: a broken invariant, or an execution that failed
 * by itself. Servers that could not be launched are none: they are what faults do. Nor is an execution
 * that could read no lane, says so, and started nothing.
 */
export function failureOf(document: RehearsalDocument): CaseFailure | undefined {
  const { brokenInvariants, outcome, cause } = document;
  const reasons = brokenInvariants.map(
    ({ invariant, atSeconds, what }) => `${invariant}, after ${Math.round(atSeconds)} s: ${what}`,
  );
  const [broken] = brokenInvariants;
  if (broken !== undefined) return { rule: broken.invariant, reasons };
  if (outcome !== "failed" || isBlind(document)) return undefined;
  return { rule: "execution failed", reasons: [cause ?? "the execution failed and says not why"] };
}

function isBlind({ jobTraces, cause, faults }: RehearsalDocument): boolean {
  const startedNothing = jobTraces.every(({ startedBy }) => startedBy === "stranger");
  return (
    startedNothing &&
    cause !== undefined &&
    blinding.some((kind) => (faults?.injected[kind] ?? 0) > 0)
  );
}
