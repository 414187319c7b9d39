import { cost } from "./cost/rules.js";
import { drsLimits } from "./drs-limits/rules.js";
import { failoverSafety } from "./failover-safety/rules.js";
import { residencyAndCompliance } from "./residency-and-compliance/rules.js";
import type { Rule } from "./rule.js";

/** A rule as the documentation lists it. */
export interface CatalogueEntry {
  readonly pack: string;
  readonly rule: string;
  readonly level: "advisory" | "mandatory";
  readonly what: string;
  readonly why: string;
}

const packs: Readonly<Record<string, readonly Rule[]>> = {
  "drs-limits": drsLimits,
  "failover-safety": failoverSafety,
  "residency-and-compliance": residencyAndCompliance,
  cost,
};

/** Every rule of every pack, read from the rules themselves. */
export const catalogue: readonly CatalogueEntry[] = Object.entries(packs).flatMap(([pack, rules]) =>
  rules.map(({ name, enforcementLevel, description, why }) => ({
    pack,
    rule: name,
    level: enforcementLevel,
    what: description,
    why,
  })),
);
