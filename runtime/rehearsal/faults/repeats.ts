/** Counts what is asked again while its clock stands. */
export class Repeats {
  private readonly asked = new Map<string, number>();
  private atSeconds: number | undefined;

  /** How often the same was asked before at this moment. */
  count(what: string, atSeconds: number): number {
    if (atSeconds !== this.atSeconds) this.asked.clear();
    this.atSeconds = atSeconds;
    const before = this.asked.get(what) ?? 0;
    this.asked.set(what, before + 1);
    return before;
  }
}
