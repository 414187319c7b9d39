import { z } from "zod";
import { residencyZones } from "../../core/cells/residency.js";
import { type Wording, wordings } from "../parts.js";

const knownRegions = Object.values(residencyZones).flat();

export const cellRegion = z.enum(knownRegions).register(wordings, {
  rule: "a Region of a residency zone that this release knows",
  remedy: 'Choose one, as in "us-east-1".',
});

/** One of several words. */
export function word<const Words extends readonly [string, ...string[]]>(
  words: Words,
  remedy = "Choose one of these.",
) {
  const rule = `one of ${words.map((one) => `"${one}"`).join(", ")}`;
  return z.enum(words).register(wordings, { rule, remedy });
}

/** What each of a cell's Regions has. */
export function perSide<T extends z.ZodType>(part: T, wording?: Wording) {
  const both = z.strictObject({ primary: part, recovery: part });
  return wording ? both.register(wordings, wording) : both;
}
