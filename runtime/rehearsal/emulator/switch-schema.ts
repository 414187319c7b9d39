import { z } from "zod";
import { found } from "../../environment/checks/found.js";
import { flag, listOf, text, whole, wordings } from "../../environment/parts.js";
import { type Finding, shown } from "../../environment/problem.js";
import { defaultSwitches } from "../services/drs/drs.js";
import { type SwitchValues, switchValues } from "../services/drs/switch-values.js";
import type { DrsSwitches } from "../services/drs/switches.js";

type SwitchName = keyof DrsSwitches;

const names = Object.keys(switchValues) as readonly SwitchName[];

const aText = text(/^.{1,256}$/, "a text of 1 to 256 characters", "Write one.");

/** Switches of the emulator by name; those that are left out have their defaults. */
export const switchesSchema = z.strictObject(
  Object.fromEntries(names.map((name) => [name, schemaOf(name).optional()])),
) as unknown as z.ZodType<Partial<DrsSwitches>>;

function schemaOf(name: SwitchName): z.ZodType {
  const values: SwitchValues = switchValues[name];
  if (values === "flag") return flag();
  if (values === "text") return aText;
  if (values === "texts") return listOf(aText, "texts");
  if (values === "check-order") return checkOrder();
  if ("min" in values) {
    const why = "what a client could wait for, or ask for";
    return whole({ ...values, unit: unitOf(name), default: Number(defaultSwitches[name]), why });
  }
  return z.enum([...values]).register(wordings, {
    rule: `one of ${values.join(", ")}`,
    remedy: `Choose one, or leave it out for ${String(defaultSwitches[name])}.`,
  });
}

function unitOf(name: SwitchName): string {
  if (name.endsWith("PageSize")) return "items";
  return name.includes("MebibytesPerSecond") ? "MiB a second" : "seconds";
}

/** Every check once, in whatever order. */
function checkOrder(): z.ZodType {
  const checks = defaultSwitches.checkOrder;
  return z
    .array(z.enum([...checks]))
    .refine((given) => given.length === checks.length && new Set(given).size === checks.length)
    .register(wordings, {
      rule: "a list of all checks, each once",
      remedy: `Put these in another order: ${checks.join(", ")}.`,
    });
}

/** Switches of which the first may not be above the second. */
const pairs = [
  ["terminateSecondsFrom", "terminateSecondsTo"],
  ["syncSecondsFrom", "syncSecondsTo"],
  ["defaultPageSize", "maxPageSize"],
] as const satisfies readonly (readonly [SwitchName, SwitchName])[];

/** Switches that contradict each other, of those that are sound by themselves. */
export function switchFindings(raw: unknown): readonly Finding[] {
  const parsed = switchesSchema.safeParse(raw ?? {});
  if (!parsed.success) return [];
  const switches = { ...defaultSwitches, ...parsed.data };
  return pairs.flatMap(([low, high]) => {
    if (switches[low] <= switches[high]) return [];
    const rule = `at most switches.${high} (${switches[high]})`;
    const remedy = "Change one of the two.";
    return [found(["switches", low], rule, shown(switches[low]), remedy)];
  });
}
