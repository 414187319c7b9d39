/** Where a price was read, and when it held there. */
export interface PriceSource {
  /** The offer, as AWS names it, and who read it. */
  readonly name: string;
  /** AWS's own page of these prices. */
  readonly address: string;
  /** Day on which the prices held, as an ISO date. */
  readonly asOf: string;
}

/** What a price is asked for. */
export type PriceUnit = "hour" | "month" | "GiB a month" | "GiB" | "million" | "run";

/** A price in US dollars for each Region; `everywhere` where all Regions have the same. */
export interface Price {
  readonly dollars: Readonly<Record<string, number>>;
  readonly per: PriceUnit;
  readonly source: PriceSource;
}

/** Hours of a month, as AWS's own calculator counts them. */
export const hoursPerMonth = 730;

/**
 * Regions that have the prices of another one for all that this table holds: in AWS's Price List of
 * RDS, Ohio and Oregon ask what N. Virginia asks for every instance.
 */
const pricedAs: Readonly<Record<string, string>> = {
  "us-east-2": "us-east-1",
  "us-west-2": "us-east-1",
};

/** What a price is in a Region; nothing where the table does not hold it. */
export function dollarsIn(price: Price, region: string | undefined): number | undefined {
  const { dollars } = price;
  if (dollars.everywhere !== undefined) return dollars.everywhere;
  if (region === undefined) return undefined;
  return dollars[region] ?? dollars[pricedAs[region] ?? region];
}

/** How often a price is asked for in a month, where time alone makes it due. */
export function timesPerMonth({ per }: Price): number {
  return per === "hour" ? hoursPerMonth : 1;
}
