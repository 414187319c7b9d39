import type { Rule } from "../rule.js";
import { dataWithinResidency } from "./data-within-residency.js";
import { taggedDataInZone } from "./tagged-data-in-zone.js";

/** Where data may be, and how it must be kept, by law and by the standards of those who audit it. */
export const residencyAndCompliance: readonly Rule[] = [dataWithinResidency, taggedDataInZone];
