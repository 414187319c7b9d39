/** A value without the keys that have none, as arguments want it. */
export type Given<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** Leaves out the keys that the file leaves out. */
export function given<T extends object>(value: T): Given<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== undefined),
  ) as Given<T>;
}
