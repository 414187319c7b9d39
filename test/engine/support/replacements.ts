import { isDeepStrictEqual } from "node:util";
import type { Properties } from "../../../runtime/rehearsal/program/sdk.js";
import { standInTypes } from "../../../runtime/rehearsal/program/stand-in-types/index.js";
import { replacingInputs } from "./resource-types.js";

/** What a change of inputs comes to. */
export interface Difference {
  readonly changed: readonly string[];
  readonly replacing: readonly string[];
  /** Whether the old one must go first, because both have the same given name. */
  readonly deleteFirst: boolean;
}

/** Compares inputs as the AWS provider does. */
export function differenceOf(type: string, from: Properties, to: Properties): Difference {
  const changed = changedInputs(from, to);
  const ofType = replacingInputs(type);
  const replacing = changed.filter((input) => ofType.has(input));
  const name = standInTypes[type]?.nameInput;
  const isNameKept = name !== undefined && !changed.includes(name);
  return { changed, replacing, deleteFirst: replacing.length > 0 && isNameKept };
}

/** Names of the inputs that are not the same. */
export function changedInputs(from: Properties, to: Properties): readonly string[] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return names.filter((name) => !isSame(from[name], to[name]));
}

/** Archives are the same when their hashes are: the engine does not keep what is in them. */
function isSame(one: unknown, other: unknown): boolean {
  const [hash, otherHash] = [Object(one).hash, Object(other).hash];
  return hash !== undefined && otherHash !== undefined
    ? hash === otherHash
    : isDeepStrictEqual(one, other);
}
