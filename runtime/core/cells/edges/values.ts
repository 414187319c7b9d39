/** What a value is that nobody knows before the deployment. */
export const notYetKnown: unique symbol = Symbol("not known before the deployment");

/** A value that a property path leads to, and the very path. */
export interface Value {
  /** `rules[0].destination.bucket` */
  readonly path: string;
  readonly value: unknown;
}

/**
 * The values that a path such as `rules[].destination.bucket` leads to, element by element. What is
 * absent yields nothing; where something on the way is not known yet, that is the value.
 */
export function valuesAt(props: Readonly<Record<string, unknown>>, path: string): readonly Value[] {
  const steps = path.match(/[^.[\]]+|\[\]/g) ?? [];
  let found: readonly Value[] = [{ path: "", value: props }];
  for (const step of steps)
    found = found.flatMap((at) => (step === "[]" ? elements(at) : field(at, step)));
  return found;
}

function elements({ path, value }: Value): readonly Value[] {
  if (value === notYetKnown) return [{ path, value }];
  if (!Array.isArray(value)) return [];
  return value.map((element: unknown, index) => ({ path: `${path}[${index}]`, value: element }));
}

function field({ path, value }: Value, name: string): readonly Value[] {
  if (value === notYetKnown) return [{ path, value }];
  if (typeof value !== "object" || value === null) return [];
  const inner = (value as Readonly<Record<string, unknown>>)[name];
  const at = path === "" ? name : `${path}.${name}`;
  return inner === undefined || inner === null ? [] : [{ path: at, value: inner }];
}
