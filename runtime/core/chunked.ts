/** The values in their order, in parts of at most so many. */
export function chunked<T>(values: readonly T[], atMost: number): readonly (readonly T[])[] {
  const parts: T[][] = [];
  for (let first = 0; first < values.length; first += atMost) {
    parts.push(values.slice(first, first + atMost));
  }
  return parts;
}
