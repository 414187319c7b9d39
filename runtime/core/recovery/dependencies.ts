interface Dependent {
  readonly name: string;
  readonly dependsOn: readonly string[];
}

/**
 * Sorts waves so that each comes after those it depends on, else in the order given. Names that
 * are not among the waves are ignored; a cycle is left in the order given.
 */
export function topological<T extends Dependent>(waves: readonly T[]): readonly T[] {
  const sorted: T[] = [];
  const placed = new Set<string>();
  const names = new Set(waves.map(({ name }) => name));
  let rest = [...waves];
  while (rest.length > 0) {
    const ready = rest.filter(({ dependsOn }) =>
      dependsOn.every((name) => placed.has(name) || !names.has(name)),
    );
    const next = ready.length > 0 ? ready : rest;
    for (const wave of next) {
      sorted.push(wave);
      placed.add(wave.name);
    }
    rest = rest.filter(({ name }) => !placed.has(name));
  }
  return sorted;
}
