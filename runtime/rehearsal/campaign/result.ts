import type { RehearsalDocument } from "../document.js";
import { type CaseFailure, failureOf } from "./judge.js";

/** What a campaign keeps of one case. */
export interface CaseResult {
  readonly outcome: string;
  readonly servers: number;
  readonly waves: number;
  /** Calls that reached emulated AWS. */
  readonly calls: number;
  readonly injected: Readonly<Record<string, number>>;
  readonly failure?: CaseFailure;
}

export function resultOf(document: RehearsalDocument, calls: number): CaseResult {
  const failure = failureOf(document);
  return {
    outcome: document.outcome,
    servers: document.servers.total,
    waves: document.waves.length,
    calls,
    injected: document.faults?.injected ?? {},
    ...(failure && { failure }),
  };
}

/** A case that could not be rehearsed to its end. */
export function crashed(thrown: unknown): CaseResult {
  const reason = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  const failure = { rule: "rehearsal ends", reasons: [reason] };
  return { outcome: "crashed", servers: 0, waves: 0, calls: 0, injected: {}, failure };
}
