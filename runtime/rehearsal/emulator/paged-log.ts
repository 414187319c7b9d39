/** One line of a log, numbered from 1. */
export type Numbered<T> = T & { readonly sequence: number };

export interface LogPage<T> {
  readonly entries: readonly Numbered<T>[];
  /** What to ask with for what comes later. */
  readonly next: number;
  /** Entries between `after` and the first one here that are not kept any more. */
  readonly lost: number;
}

/** A log that is read page by page, and forgets its oldest entries. */
export interface PagedLog<T> {
  append(entry: T): void;
  page(after: number, limit: number): LogPage<T>;
  readonly count: number;
}

export function createPagedLog<T extends object>(keptEntries: number): PagedLog<T> {
  const kept: Numbered<T>[] = [];
  let count = 0;
  return {
    append(entry) {
      count += 1;
      kept.push({ sequence: count, ...entry });
      if (kept.length >= 2 * keptEntries) kept.splice(0, kept.length - keptEntries);
    },
    page(after, limit) {
      const firstKept = count - kept.length + 1;
      const start = Math.max(0, after - firstKept + 1);
      const entries = kept.slice(start, start + limit);
      return {
        entries,
        next: entries.at(-1)?.sequence ?? Math.min(after, count),
        lost: Math.max(0, Math.min(firstKept - 1, count) - after),
      };
    },
    get count() {
      return count;
    },
  };
}
