import type { RehearsalCase } from "./case.js";
import { type CaseSource, drawCase } from "./draw-case.js";
import { drawnKinds } from "./draw-faults.js";
import type { CaseFailure } from "./judge.js";
import type { CaseResult } from "./result.js";
import type { RunCase } from "./run-case.js";

export interface CampaignSettings {
  readonly runs: number;
  /** Seed of the first case; the others follow it. */
  readonly firstSeed: number;
  readonly source: CaseSource;
  readonly run: RunCase;
  /** Cases that run at the same time. */
  readonly concurrency: number;
  readonly onCase?: (one: RehearsalCase, result: CaseResult) => void;
}

/** All cases of a campaign together. */
export interface CampaignTotals {
  readonly servers: number;
  readonly calls: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly neverInjected: readonly string[];
  /** By seed. */
  readonly failed: readonly { readonly case: RehearsalCase; readonly failure: CaseFailure }[];
}

/** Runs the cases of as many seeds, and counts what happened in them. */
export async function runCampaign(settings: CampaignSettings): Promise<CampaignTotals> {
  const { runs, firstSeed, source, run, concurrency, onCase } = settings;
  const cases = Array.from({ length: runs }, (_, index) => drawCase(firstSeed + index, source));
  const results: CaseResult[] = [];
  const waiting = cases.entries();
  const runWaiting = async (): Promise<void> => {
    for (const [index, one] of waiting) {
      const result = await run(one);
      onCase?.(one, result);
      results[index] = result;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, runWaiting));
  const faults = summed(results.map(({ injected }) => injected));
  const wanted = source.faults?.faults.map(({ kind }) => kind) ?? drawnKinds;
  return {
    servers: results.reduce((sum, { servers }) => sum + servers, 0),
    calls: results.reduce((sum, { calls }) => sum + calls, 0),
    outcomes: summed(results.map(({ outcome }) => ({ [outcome]: 1 }))),
    faults,
    neverInjected: [...new Set(wanted)].filter((kind) => faults[kind] === undefined),
    failed: cases.flatMap((one, index) => {
      const failure = results[index]?.failure;
      return failure ? [{ case: one, failure }] : [];
    }),
  };
}

/** Counts by name, all together, in the order of the names. */
function summed(
  counts: readonly Readonly<Record<string, number>>[],
): Readonly<Record<string, number>> {
  const sums = new Map<string, number>();
  for (const [name, count] of counts.flatMap(Object.entries<number>)) {
    sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}
