import type { Body } from "./body.js";
import { invalidField } from "./refusal.js";

/** Reads one value off the wire, or refuses what its shape in the API model refuses. */
export type Reader<T> = (value: unknown, path: string) => T;

/** A reader for each member of a structure. */
export type Readers<T> = { readonly [K in keyof T]-?: Reader<NonNullable<T[K]>> };

/** Reads the members that a body has. Absent ones and null stay absent, others are not looked at. */
export function readMembers<T extends object>(
  body: Body,
  readers: Readers<T>,
  prefix = "",
): Partial<T> {
  const names = Object.keys(readers) as (keyof T & string)[];
  const given = names.flatMap((name) => {
    const value = body[name];
    if (value === undefined || value === null) return [];
    return [[name, readers[name](value, `${prefix}${name}`)] as const];
  });
  return Object.fromEntries(given) as Partial<T>;
}

/** As {@link readMembers}, and refuses a body without one of the members that are required. */
export function readRequired<T extends object, K extends keyof T & string>(
  body: Body,
  readers: Readers<T>,
  required: readonly K[],
  prefix = "",
): Partial<T> & Pick<T, K> {
  const read = readMembers(body, readers, prefix);
  const missing = required.find((name) => read[name] === undefined);
  if (missing !== undefined) throw invalidField(`${prefix}${missing}`, "must be given");
  return read as Partial<T> & Pick<T, K>;
}

export interface TextBounds {
  readonly min?: number;
  readonly max?: number;
  /** Of the whole text. */
  readonly pattern?: RegExp;
}

/** A string of so many characters. */
export function text({ min = 0, max, pattern }: TextBounds = {}): Reader<string> {
  return (value, path) => {
    if (typeof value !== "string") throw invalidField(path, "must be a string");
    if (value.length < min || (max !== undefined && value.length > max)) {
      throw invalidField(path, `must have ${range(min, max)} characters, got ${value.length}`);
    }
    if (pattern && !pattern.test(value)) {
      throw invalidField(path, `must match ${pattern.source}, got "${value}"`);
    }
    return value;
  };
}

/** One of the values of an enumeration. */
export function oneOf<const T extends string>(values: readonly T[]): Reader<T> {
  return (value, path) => {
    const known = values.find((one) => one === value);
    if (known !== undefined) return known;
    throw invalidField(path, `must be one of ${values.join(", ")}, got ${JSON.stringify(value)}`);
  };
}

export const flag: Reader<boolean> = (value, path) => {
  if (typeof value !== "boolean") throw invalidField(path, "must be a boolean");
  return value;
};

/** A whole number between bounds, both included. */
export function wholeNumber(min: number, max?: number): Reader<number> {
  return (value, path) => {
    const isWhole = typeof value === "number" && Number.isInteger(value);
    if (isWhole && value >= min && (max === undefined || value <= max)) return value;
    const wanted = `must be a whole number ${max === undefined ? `from ${min}` : `from ${min} to ${max}`}`;
    throw invalidField(path, `${wanted}, got ${JSON.stringify(value)}`);
  };
}

/** A list of `min` to `max` values. */
export function listOf<T>(
  read: Reader<T>,
  { min = 0, max }: { readonly min?: number; readonly max?: number } = {},
): Reader<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw invalidField(path, "must be a list");
    if (value.length < min || (max !== undefined && value.length > max)) {
      throw invalidField(path, `must have ${range(min, max)} members, got ${value.length}`);
    }
    return value.map((one, index) => read(one, `${path}[${index}]`));
  };
}

/** A map from texts, of so many entries. */
export function mapOf<T>(
  readKey: Reader<string>,
  readValue: Reader<T>,
  max = Number.MAX_SAFE_INTEGER,
): Reader<Readonly<Record<string, T>>> {
  return (value, path) => {
    const entries = Object.entries(objectAt(value, path));
    if (entries.length > max) {
      throw invalidField(path, `must have at most ${max} entries, got ${entries.length}`);
    }
    return Object.fromEntries(
      entries.map(([key, one]) => [readKey(key, path), readValue(one, `${path}.${key}`)]),
    );
  };
}

/** A structure within another. */
export function structure<T extends object, K extends keyof T & string = never>(
  readers: Readers<T>,
  required: readonly K[] = [],
): Reader<Partial<T> & Pick<T, K>> {
  return (value, path) => readRequired(objectAt(value, path), readers, required, `${path}.`);
}

/** Keys that begin so are AWS's own. Source: AWS General Reference, tagging AWS resources. */
const tagKey: Reader<string> = (value, path) => {
  const key = text({ max: 256 })(value, path);
  if (!/^aws:/i.test(key)) return key;
  throw invalidField(path, `must have keys that do not begin with aws:, got "${key}"`);
};

/** Tags as DRS takes them everywhere. Source: API model, TagsMap. */
export const tagMap = mapOf(tagKey, text({ max: 256 }));

function objectAt(value: unknown, path: string): Body {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw invalidField(path, "must be an object");
}

function range(min: number, max: number | undefined): string {
  if (max === undefined) return `at least ${min}`;
  return min === max ? String(min) : `${min} to ${max}`;
}
