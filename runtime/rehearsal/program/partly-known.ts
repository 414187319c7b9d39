import { notYetKnown } from "../../core/cells/edges/values.js";
import { unknownValue } from "./wire.js";

/** A value of a registered resource in which each part that is not known yet is `notYetKnown`. */
export function partlyKnown(value: unknown): unknown {
  if (value === unknownValue) return notYetKnown;
  if (Array.isArray(value)) return value.map(partlyKnown);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, partlyKnown(part)]));
}
