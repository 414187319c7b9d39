import { UnknownValueError } from "@pulumi/policy";
import { notYetKnown } from "../runtime/core/cells/edges/values.js";

/** What a value is that a preview cannot know yet. */
export const UNKNOWN: unique symbol = Symbol("unknown at preview");

/** Pulumi's mark for a value that is not known yet. */
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * Reads from a resource's properties; `UNKNOWN` when anything in what was read is not known at
 * preview. The answer is a copy, so reading on from it never fails.
 */
export function known<T>(read: () => T): T | typeof UNKNOWN {
  try {
    return copyOf(read()) as T;
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN;
    throw error;
  }
}

/** A copy of a resource's properties in which each part that is unknown at preview is `notYetKnown`. */
export function partlyKnown(
  props: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.keys(props).map((key) => [key, partOf(() => props[key])]));
}

function partOf(read: () => unknown): unknown {
  const value = ifKnown(read);
  if (Array.isArray(value)) {
    return Array.from({ length: value.length }, (_, index) => partOf(() => value[index]));
  }
  const isObject = typeof value === "object" && value !== null;
  return isObject ? partlyKnown(value as Readonly<Record<string, unknown>>) : value;
}

function ifKnown(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnknownValueError) return notYetKnown;
    throw error;
  }
}

/**
 * Ends a rule with one advisory that names what it could not check at preview, whatever the rule's
 * own level; with no path it does nothing. Call it last: what was reported before stays reported.
 */
export function uncheckable(...paths: readonly string[]): void {
  if (paths.length > 0) throw new UnknownValueError(unknownText, [paths.join(", ")]);
}

/** Pulumi hands properties over behind proxies that throw when something unknown is read. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, i) => copyOf(value[i]));
  if (typeof value !== "object" || value === null) return value;
  const object = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.keys(object).map((key) => [key, copyOf(object[key])]));
}
