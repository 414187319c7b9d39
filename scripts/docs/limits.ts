import * as limits from "../../runtime/limits.js";
import { code, markdownTable } from "./markdown.js";

/** Every bounded number of the environment file and the components. */
export function limitsTable(): string {
  const rows = Object.entries(limits as Readonly<Record<string, unknown>>)
    .filter((entry): entry is [string, limits.Limit] => isLimit(entry[1]))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, { unit, min, max, default: fallback, why }]) => [
      code(name),
      unit,
      grouped(min),
      grouped(max),
      grouped(fallback),
      why,
    ]);
  return markdownTable(["limit", "unit", "min", "max", "default", "why"], rows);
}

/** The quotas of DRS, each per account and Region. */
export function quotasTable(): string {
  const rows = Object.values<limits.Quota>(limits.drsQuotas).map(
    ({ name, unit, value, quotaCode, adjustable, refusedWith }) => [
      name,
      `${grouped(value)} ${unit}`,
      code(quotaCode),
      adjustable,
      refusedWith,
    ],
  );
  return markdownTable(["quota", "value", "code", "adjustable", "what exceeds it"], rows);
}

function isLimit(value: unknown): value is limits.Limit {
  return typeof value === "object" && value !== null && "min" in value && "why" in value;
}

function grouped(value: number): string {
  return value.toLocaleString("en");
}
