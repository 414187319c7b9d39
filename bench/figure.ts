/** One measured number beside the number it must be compared with. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  /** What `baseline` is, in words. */
  readonly against: string;
  readonly baseline: number;
}

/** Measures something and answers what it found; throws when it cannot measure. */
export type Measure = () => Promise<readonly Figure[]>;

/** Milliseconds that `work` takes, least of `runs`. The least is the run that was disturbed least. */
export async function millisecondsOf(work: () => unknown, runs = 3): Promise<number> {
  let least = Infinity;
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    await work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}
