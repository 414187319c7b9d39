import type { Problems } from "../arguments.js";
import { type Named, regionalNames, roleNamed } from "../named.js";
import { type Cell, regionsOf } from "./cell.js";

/** One value for each Region of a cell, by the Region's name. */
export type PerRegion<T> = Readonly<Record<string, T>>;

/** Makes one of each in both Regions, the primary first. */
export function perRegion<T>(cell: Cell, make: (region: string, other: string) => T): PerRegion<T> {
  const [primary, recovery] = regionsOf(cell);
  return { [primary]: make(primary, recovery), [recovery]: make(recovery, primary) };
}

/** What was made for a Region. Fails for a Region that is not of the cell, which is a bug. */
export function inRegion<T>(made: PerRegion<T>, region: string): T {
  const found = made[region];
  if (found === undefined) throw new Error(`no "${region}" among ${Object.keys(made).join(", ")}`);
  return found;
}

/** A Regional resource of the cell's account by its name, and the ARN that follows from it. */
export function namedIn(
  { account }: Pick<Cell, "account">,
  region: string,
  service: string,
  kind: string,
  name: string,
): Named {
  return regionalNames(region, account)(service, kind, name);
}

/** A role of the cell's account by its name, and the ARN that follows from it. */
export function roleOf(cell: Cell, name: string): Named {
  return roleNamed(cell.regions.primary, cell.account, name);
}

/** Adds what is wrong with the Region of a component that lies in one Region of a cell. */
export function checkRegion(problems: Problems, cell: Cell, region: string, path: string): void {
  const regions = regionsOf(cell);
  if (regions.includes(region)) return;
  problems.add(
    path,
    `must be one of the cell's (${regions.join(", ")}), got "${region}". Name one of them`,
  );
}

/** Says which Region of a cell has no value of its own, or nothing when both have one. */
export function regionsProblem(
  cell: Cell,
  given: Readonly<Record<string, unknown>>,
): string | undefined {
  const missing = regionsOf(cell).find((region) => !Object.hasOwn(given, region));
  if (missing === undefined) return undefined;
  const known = Object.keys(given).map((region) => `"${region}"`);
  return `must name both Regions of the cell, got ${known.join(" and ") || "none"} without "${missing}". Their roles swap, so each needs its own`;
}
