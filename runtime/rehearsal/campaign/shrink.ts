/** How something that fails is made smaller. */
export interface Shrinking<T> {
  /** Smaller ones to try in its stead, those that leave most away first. The same for the same value. */
  readonly smaller: (value: T) => Iterable<T>;
  /** Whether it fails still, for the same reason; nothing where it cannot be tried, which is no try. */
  readonly fails: (value: T) => Promise<boolean | undefined>;
  /** Tries after which the smallest found is taken. */
  readonly mostTries: number;
}

/** What came of it. */
export interface Shrunk<T> {
  readonly value: T;
  readonly tries: number;
  /** Whether nothing smaller fails; false where the tries were used up. */
  readonly isSmallest: boolean;
}

/** Takes the first smaller one that fails, as long as there is one. */
export async function shrink<T>(
  start: T,
  { smaller, fails, mostTries }: Shrinking<T>,
): Promise<Shrunk<T>> {
  let value = start;
  let tries = 0;
  for (;;) {
    let found: T | undefined;
    for (const candidate of smaller(value)) {
      if (tries >= mostTries) return { value, tries, isSmallest: false };
      const isFailing = await fails(candidate);
      if (isFailing !== undefined) tries += 1;
      if (isFailing) {
        found = candidate;
        break;
      }
    }
    if (found === undefined) return { value, tries, isSmallest: true };
    value = found;
  }
}
