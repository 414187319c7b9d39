import { parseArgs } from "node:util";
import Table from "cli-table3";
import { bundleCost } from "./bundle-cost.js";
import type { Figure, Measure } from "./figure.js";
import { inventory } from "./inventory.js";
import { planner } from "./planner.js";
import { policies, preview } from "./preview.js";
import { recovery } from "./recovery.js";

const measures: Readonly<Record<string, Measure>> = {
  recovery,
  inventory,
  planner,
  preview,
  policies,
  "bundle-cost": bundleCost,
};

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

function asJson(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, unit, value, against, baseline }) => ({
    name,
    unit,
    value: rounded(value),
    against,
    baseline: rounded(baseline),
    ratio: rounded(value / baseline),
  }));
  return JSON.stringify({ figures: rows }, null, 2);
}

function asTable(figures: readonly Figure[]): string {
  const head = ["figure", "value", "bound or baseline", "", "ratio"];
  const colAligns: Table.HorizontalAlignment[] = ["left", "right", "right", "left", "right"];
  const style = { head: [], border: [] };
  const table = new Table({ head, colAligns, style });
  for (const { name, unit, value, against, baseline } of figures) {
    const ratio = (value / baseline).toFixed(2);
    table.push([name, `${rounded(value)} ${unit}`, `${rounded(baseline)} ${unit}`, against, ratio]);
  }
  return table.toString();
}

const { values, positionals } = parseArgs({
  options: { json: { type: "boolean", default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !(name in measures));
if (unknown.length > 0) {
  const known = Object.keys(measures).join(", ");
  throw new Error(`measure must be one of ${known}, got "${unknown.join('", "')}".`);
}

const figures: Figure[] = [];
for (const [name, measure] of Object.entries(measures)) {
  if (positionals.length === 0 || positionals.includes(name)) figures.push(...(await measure()));
}
console.log(values.json ? asJson(figures) : asTable(figures));
