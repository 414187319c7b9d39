import { type CostLine, type Estimate, estimate, type UsedLine } from "../../core/cost/estimate.js";
import type { PriceSource } from "../../core/cost/prices/price.js";
import type { PreviewedProgram } from "../tools.js";
import { costed } from "./registered.js";

/** What a service costs in a month, in one Region of one cell. */
export interface CostRow {
  /** `<environment>/<cell>`; absent where it belongs to no cell. */
  readonly cell?: string;
  /** Absent where the service has no Regions. */
  readonly region?: string;
  readonly service: string;
  readonly what: string;
  readonly quantity: number;
  readonly quantityInFailover: number;
  readonly dollarsPerMonth: number;
  readonly dollarsPerMonthInFailover: number;
}

/** What has no price, and how many resources share the reason. */
export interface UnpricedRow {
  readonly why: Estimate["unpriced"][number]["why"];
  readonly type: string;
  readonly what: string;
  readonly resources: number;
}

/** What `aws-dr cost --json` prints. */
export interface CostDocument {
  readonly schemaVersion: 1;
  readonly file: string;
  readonly environment: string;
  readonly dollarsPerMonth: number;
  readonly dollarsPerMonthInFailover: number;
  /** Where one was declared. */
  readonly budget?: {
    readonly monthlyDollars: number;
    readonly isHeld: boolean;
    readonly isHeldInFailover: boolean;
  };
  /** Present when the budget is not held: the reason, in one sentence. */
  readonly error?: string;
  readonly rows: readonly CostRow[];
  readonly byUse: readonly UsedLine[];
  readonly unpriced: readonly UnpricedRow[];
  /** Those that the sums rest on, the oldest first. */
  readonly sources: readonly PriceSource[];
}

/** Prices what a program registers, and holds it against a budget where one is declared. */
export function costDocument(
  environment: string,
  file: string,
  { resources }: Pick<PreviewedProgram, "resources">,
  monthlyDollars: number | undefined,
): CostDocument {
  const { lines, byUse, unpriced, ...total } = estimate(resources.map(costed));
  const dollarsPerMonth = cents(total.dollarsPerMonth);
  const dollarsPerMonthInFailover = cents(total.dollarsPerMonthInFailover);
  const budget = monthlyDollars !== undefined && {
    monthlyDollars,
    isHeld: dollarsPerMonth <= monthlyDollars,
    isHeldInFailover: dollarsPerMonthInFailover <= monthlyDollars,
  };
  return {
    schemaVersion: 1,
    file,
    environment,
    dollarsPerMonth,
    dollarsPerMonthInFailover,
    ...(budget && { budget }),
    ...(budget && !budget.isHeld && { error: overBudget(file, dollarsPerMonth, budget) }),
    rows: rowsOf(lines),
    byUse,
    unpriced: unpricedRows(unpriced),
    sources: sourcesOf(lines),
  };
}

function overBudget(
  file: string,
  dollarsPerMonth: number,
  { monthlyDollars }: { readonly monthlyDollars: number },
): string {
  return `${file} must cost at most ${monthlyDollars} dollars a month at rest, got ${dollarsPerMonth}`;
}

/** Lines of the same kind in the same place become one row. */
function rowsOf(lines: readonly CostLine[]): readonly CostRow[] {
  const rows = new Map<string, CostRow>();
  for (const { cell, region, service, what, ...line } of lines) {
    const key = [cell, region, service, what].map((part = "") => part).join("\n");
    const before = rows.get(key);
    rows.set(key, {
      ...(cell !== undefined && { cell }),
      ...(region !== undefined && { region }),
      service,
      what,
      quantity: (before?.quantity ?? 0) + line.quantity,
      quantityInFailover: (before?.quantityInFailover ?? 0) + line.quantityInFailover,
      dollarsPerMonth: (before?.dollarsPerMonth ?? 0) + line.dollarsPerMonth,
      dollarsPerMonthInFailover:
        (before?.dollarsPerMonthInFailover ?? 0) + line.dollarsPerMonthInFailover,
    });
  }
  return sortedByKey(rows).map((row) => ({
    ...row,
    dollarsPerMonth: cents(row.dollarsPerMonth),
    dollarsPerMonthInFailover: cents(row.dollarsPerMonthInFailover),
  }));
}

function unpricedRows(unpriced: Estimate["unpriced"]): readonly UnpricedRow[] {
  const rows = new Map<string, UnpricedRow>();
  for (const { why, type, what } of unpriced) {
    const key = [why, type, what].join("\n");
    rows.set(key, { why, type, what, resources: (rows.get(key)?.resources ?? 0) + 1 });
  }
  return sortedByKey(rows);
}

function sortedByKey<Row>(rows: ReadonlyMap<string, Row>): readonly Row[] {
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function sourcesOf(lines: readonly CostLine[]): readonly PriceSource[] {
  const sources = new Set(lines.map(({ price }) => price.source));
  const order = ({ asOf, name }: PriceSource) => `${asOf} ${name}`;
  return [...sources].sort((one, other) => (order(one) < order(other) ? -1 : 1));
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}
