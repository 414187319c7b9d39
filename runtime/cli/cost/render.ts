import { oneLine, type Paint, paint, terminalTable, toned } from "../../report/terminal-table.js";
import { counted, thousands } from "../../report/wording.js";
import type { CostDocument, CostRow, UnpricedRow } from "./document.js";

/** The cost of an environment for the terminal. */
export function renderCost(document: CostDocument, { color }: { readonly color: boolean }): string {
  const colours = paint(color);
  const sections = [
    section("US dollars a month", costTable(document, colours), colours),
    ...(document.byUse.length > 0
      ? [section("Charged by use, not counted above", useTable(document, colours), colours)]
      : []),
    ...(document.unpriced.length > 0
      ? [section("Charged, but without a price here", unpricedTable(document, colours), colours)]
      : []),
    ...sourcesLine(document, colours),
    verdict(document, colours),
  ];
  return `${sections.join("\n\n")}\n`;
}

function section(title: string, table: string, colours: Paint): string {
  return `${colours.bold(title)}\n${table}`;
}

function costTable({ rows, ...total }: CostDocument, colours: Paint): string {
  const hasCells = rows.some(({ cell }) => cell !== undefined);
  const columns = [
    ...(hasCells ? [{ heading: "Cell" }] : []),
    { heading: "Region" },
    { heading: "Service" },
    { heading: "What" },
    { heading: "How many", isNumber: true },
    { heading: "At rest", isNumber: true },
    { heading: "In failover", isNumber: true },
  ];
  const all = ["all", ...(hasCells ? [""] : []), "", "", "", dollars(total.dollarsPerMonth)];
  return terminalTable(
    columns,
    [
      ...rows.map((row) => cells(row, hasCells)),
      [...all, dollars(total.dollarsPerMonthInFailover)],
    ],
    colours,
  );
}

function cells(row: CostRow, hasCells: boolean): readonly string[] {
  const { cell = "", region = "everywhere", service, what } = row;
  return [
    ...(hasCells ? [cell] : []),
    region,
    service,
    what,
    quantities(row),
    dollars(row.dollarsPerMonth),
    dollars(row.dollarsPerMonthInFailover),
  ];
}

function quantities({ quantity, quantityInFailover }: CostRow): string {
  const atRest = decimals(quantity);
  return quantity === quantityInFailover
    ? atRest
    : `${atRest}, then ${decimals(quantityInFailover)}`;
}

function useTable({ byUse }: CostDocument, colours: Paint): string {
  const columns = [
    { heading: "Region" },
    { heading: "Service" },
    { heading: "What" },
    { heading: "Resources", isNumber: true },
    { heading: "Price" },
  ];
  const rows = byUse.map((line) => [
    line.region ?? "everywhere",
    line.service,
    line.what,
    thousands(line.resources),
    line.dollars === undefined || line.per === undefined
      ? "not held here"
      : `$${line.dollars} ${perUnit[line.per]}`,
  ]);
  return terminalTable(columns, rows, colours);
}

const perUnit = {
  hour: "an hour",
  month: "a month",
  "GiB a month": "for each GiB a month",
  GiB: "for each GiB",
  million: "for a million",
  run: "a run",
} as const;

function unpricedTable({ unpriced }: CostDocument, colours: Paint): string {
  const columns = [
    { heading: "Resources", isNumber: true },
    { heading: "Type" },
    { heading: "Why" },
  ];
  const rows = unpriced.map((row) => [thousands(row.resources), row.type, reason(row)]);
  return terminalTable(columns, rows, colours);
}

function reason({ why, what }: UnpricedRow): string {
  switch (why) {
    case "no-price":
      return `no price of ${what}`;
    case "not-known-yet":
      return `not known before the deployment: ${what}`;
    case "type-not-known":
      return "no price of this type";
  }
}

function sourcesLine({ sources }: CostDocument, colours: Paint): readonly string[] {
  const [oldest, newest] = [sources[0], sources.at(-1)];
  if (oldest === undefined || newest === undefined) return [];
  const text =
    `  Prices on demand, without taxes, discounts and free tiers, as published between ${oldest.asOf} ` +
    `and ${newest.asOf}: ${counted(sources.length, "source")}, named by --json. None was asked of AWS.`;
  return [toned(text, "quiet", colours)];
}

function verdict(document: CostDocument, colours: Paint): string {
  const { environment, budget, dollarsPerMonth, dollarsPerMonthInFailover, unpriced } = document;
  const least = unpriced.length > 0 ? "at least " : "";
  const costs = `${environment} costs ${least}$${dollars(dollarsPerMonth)} a month at rest and $${dollars(dollarsPerMonthInFailover)} in a failover`;
  if (budget === undefined) return `${oneLine(costs)}. No budget is declared.`;
  const of = `the budget of $${thousands(budget.monthlyDollars)}`;
  if (!budget.isHeld) return toned(`✗ ${oneLine(costs)}: over ${of}.`, "bad", colours);
  if (!budget.isHeldInFailover) {
    return toned(`✓ ${oneLine(costs)}: within ${of} at rest alone.`, "warning", colours);
  }
  return toned(`✓ ${oneLine(costs)}: within ${of}.`, "good", colours);
}

/** Dollars with their cents: `1,234.50`. */
function dollars(value: number): string {
  const whole = Math.floor(value);
  const rest = Math.round((value - whole) * 100);
  return `${thousands(whole)}.${String(rest).padStart(2, "0")}`;
}

function decimals(value: number): string {
  return Number.isInteger(value) ? thousands(value) : String(Math.round(value * 100) / 100);
}
