import type { Assessments, Finding } from "./finding.js";
import { dollarsIn, type Price, type PriceUnit, timesPerMonth } from "./prices/price.js";
import { type CellContract, type CostedResource, Reading, Stack } from "./resources.js";
import { computeAssessments } from "./services/compute.js";
import { dataAssessments } from "./services/data.js";
import { freeTypes } from "./services/free.js";
import { networkAssessments } from "./services/network.js";
import { replicationAssessments } from "./services/replication.js";
import { trafficAssessments } from "./services/traffic.js";
import { watchingAssessments } from "./services/watching.js";

/** What one resource is charged for, month by month. */
export interface CostLine {
  readonly urn: string;
  /** `<environment>/<cell>`; absent where the resource belongs to no cell. */
  readonly cell?: string;
  /** Absent where the service has no Regions. */
  readonly region?: string;
  readonly service: string;
  readonly what: string;
  readonly quantity: number;
  readonly quantityInFailover: number;
  readonly price: Price;
  readonly dollarsPerMonth: number;
  readonly dollarsPerMonthInFailover: number;
}

/** What is charged by a use that nobody declares. */
export interface UsedLine {
  readonly service: string;
  readonly what: string;
  readonly region?: string;
  readonly resources: number;
  /** Absent where the table does not hold the price. */
  readonly dollars?: number;
  readonly per?: PriceUnit;
}

/** What is charged, and nobody says how much. */
export interface Unpriced {
  readonly urn: string;
  readonly type: string;
  /** What the table does not hold, or which property is not known before the deployment. */
  readonly what: string;
  readonly why: "no-price" | "not-known-yet" | "type-not-known";
}

export interface Estimate {
  readonly lines: readonly CostLine[];
  readonly byUse: readonly UsedLine[];
  readonly unpriced: readonly Unpriced[];
  readonly dollarsPerMonth: number;
  readonly dollarsPerMonthInFailover: number;
}

const assessments: Assessments = {
  ...computeAssessments,
  ...networkAssessments,
  ...dataAssessments,
  ...watchingAssessments,
  ...trafficAssessments,
  ...replicationAssessments,
};

/** Their resources are everywhere, whatever Region their provider has. */
const servicesWithoutRegions: ReadonlySet<string> = new Set([
  "Route 53",
  "Recovery Controller",
  "Global Accelerator",
]);

/** Types of AWS's own; of others this package knows no price and claims none. */
const awsType = /^aws(-native)?:/;

/**
 * What the resources of a program cost in a month: at rest, and while a cell's recovery Region carries
 * production. Nothing is left out in silence: what has no price is listed with the reason.
 */
export function estimate(resources: readonly CostedResource[]): Estimate {
  const stack = new Stack(resources);
  const assessed = resources.map((resource) => assess(resource, stack));
  const lines = assessed.flatMap((one) => one.lines);
  return {
    lines,
    byUse: gathered(assessed.flatMap((one) => one.byUse)),
    unpriced: assessed.flatMap((one) => one.unpriced),
    dollarsPerMonth: sum(lines.map((line) => line.dollarsPerMonth)),
    dollarsPerMonthInFailover: sum(lines.map((line) => line.dollarsPerMonthInFailover)),
  };
}

interface Assessed {
  readonly lines: readonly CostLine[];
  readonly byUse: readonly UsedLine[];
  readonly unpriced: readonly Unpriced[];
}

const nothing: Assessed = { lines: [], byUse: [], unpriced: [] };

function assess(resource: CostedResource, stack: Stack): Assessed {
  const { urn, type } = resource;
  const assessment = assessments[type];
  if (assessment === undefined) {
    const isKnown = freeTypes.has(type) || !awsType.test(type);
    const unpriced: Unpriced = { urn, type, what: type, why: "type-not-known" };
    return isKnown ? nothing : { ...nothing, unpriced: [unpriced] };
  }
  const reading = new Reading(resource);
  const findings = assessment(reading, resource, stack);
  if (reading.unknown.length > 0) {
    const what = reading.unknown.join(", ");
    return { ...nothing, unpriced: [{ urn, type, what, why: "not-known-yet" }] };
  }
  const cell = stack.cellOf(resource);
  const told = findings.map((finding) => toldOf(finding, resource, cell));
  return {
    lines: told.flatMap((one) => one.lines),
    byUse: told.flatMap((one) => one.byUse),
    unpriced: told.flatMap((one) => one.unpriced),
  };
}

function toldOf(
  finding: Finding,
  resource: CostedResource,
  cell: CellContract | undefined,
): Assessed {
  const { service, what, price } = finding;
  const placed = finding.region ?? regionOf(resource);
  const region = servicesWithoutRegions.has(service) ? undefined : placed;
  const dollars = price && dollarsIn(price, region);
  const at = region === undefined ? {} : { region };
  if (finding.kind === "by-use") {
    const each = price && dollars !== undefined ? { dollars, per: price.per } : {};
    return { ...nothing, byUse: [{ service, what, ...at, resources: 1, ...each }] };
  }
  if (price === undefined || dollars === undefined) {
    const { urn, type } = resource;
    const where = region === undefined ? "" : ` in ${region}`;
    const unpriced: Unpriced = { urn, type, what: `${service}: ${what}${where}`, why: "no-price" };
    return { ...nothing, unpriced: [unpriced] };
  }
  const { quantity, inFailover = quantity } = finding;
  const quantityInFailover = takesOver(region, cell) ? inFailover : quantity;
  const each = dollars * timesPerMonth(price);
  const line: CostLine = {
    urn: resource.urn,
    ...(cell && { cell: `${cell.environment}/${cell.cell}` }),
    ...at,
    service,
    what,
    quantity,
    quantityInFailover,
    price,
    dollarsPerMonth: quantity * each,
    dollarsPerMonthInFailover: quantityInFailover * each,
  };
  return { ...nothing, lines: [line] };
}

/** A component of others has no place of its own, but may be told one. */
function regionOf({ region, props }: CostedResource): string | undefined {
  return region ?? (typeof props.region === "string" ? props.region : undefined);
}

/** In a failover the recovery Region is scaled up; the primary may be lost, but goes on being charged. */
function takesOver(region: string | undefined, cell: CellContract | undefined): boolean {
  return cell === undefined || region === cell.recoveryRegion;
}

function gathered(lines: readonly UsedLine[]): readonly UsedLine[] {
  const byKey = new Map<string, UsedLine>();
  for (const line of lines) {
    const key = [line.service, line.what, line.region].join("\n");
    const before = byKey.get(key)?.resources ?? 0;
    byKey.set(key, { ...line, resources: before + line.resources });
  }
  return [...byKey.values()].sort((one, other) => compared(keyOf(one), keyOf(other)));
}

function keyOf({ service, what, region = "" }: UsedLine): string {
  return `${service}\n${what}\n${region}`;
}

function compared(one: string, other: string): number {
  return Number(one > other) - Number(one < other);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
