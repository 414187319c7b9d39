import { liesIn, type ResidencyZone, residencyZones } from "../../runtime/core/cells/residency.js";
import { partitionOf } from "../../runtime/core/partition.js";
import { accountId, type Problems, resourceName } from "../arguments.js";

/** The Regions of a cell. After a failover the names stay: they say what was planned, not what is. */
export interface CellRegions {
  /** Where production runs as long as nothing has happened. */
  readonly primary: string;
  /** Where it runs afterwards. */
  readonly recovery: string;
}

/** Two Regions of one account that may hold each other's data. */
export interface Cell {
  /** Name of the environment. */
  readonly environment: string;
  /** Name of the cell; with that of the environment it begins the name of every resource. */
  readonly name: string;
  /** Account of the cell's resources: that of the components' provider. */
  readonly account: string;
  /** The law that the data stays under: both Regions lie in this zone. */
  readonly residency: ResidencyZone;
  readonly regions: CellRegions;
}

/** What policies see of a component's cell. */
export interface CellContract {
  readonly environment: string;
  readonly cell: string;
  readonly account: string;
  readonly residency: ResidencyZone;
  readonly primaryRegion: string;
  readonly recoveryRegion: string;
}

/** A cell as components repeat it in their contract. */
export function cellContract({
  environment,
  name,
  account,
  residency,
  regions,
}: Cell): CellContract {
  return {
    environment,
    cell: name,
    account,
    residency,
    primaryRegion: regions.primary,
    recoveryRegion: regions.recovery,
  };
}

/** How the names of a cell's resources begin. */
export function cellPrefix({ environment, name }: Cell): string {
  return `${environment}-${name}`;
}

/** Both Regions, the primary first. */
export function regionsOf({ regions }: Cell): readonly [string, string] {
  return [regions.primary, regions.recovery];
}

/** Adds what is wrong with a cell, under the path at which the user gave it. */
export function checkCell(problems: Problems, cell: Cell, path = "cell"): void {
  const { primary, recovery } = cell.regions;
  problems.check(`${path}.environment`, resourceName, cell.environment);
  problems.check(`${path}.name`, resourceName, cell.name);
  problems.check(`${path}.account`, accountId, cell.account);
  if (primary === recovery) {
    problems.add(
      `${path}.regions.recovery`,
      `must be another Region than the primary, got "${recovery}" twice. A copy in the same Region is lost with it`,
    );
  } else if (partitionOf(primary) !== partitionOf(recovery)) {
    problems.add(
      `${path}.regions`,
      `must lie in one partition, got "${primary}" and "${recovery}". Nothing replicates between partitions`,
    );
  }
  problems.add(`${path}.residency`, residencyProblem(cell));
}

function residencyProblem(cell: Cell): string | undefined {
  const { residency } = cell;
  if (!Object.hasOwn(residencyZones, residency)) {
    const zones = Object.keys(residencyZones).join(", ");
    return `must be a zone that this release knows (${zones}), got "${residency}". Choose the one of both Regions`;
  }
  const outside = regionsOf(cell).find((region) => !liesIn(residency, region));
  if (outside === undefined) return undefined;
  const regions: readonly string[] = residencyZones[residency];
  return `must hold both Regions, got "${residency}" (${regions.join(", ")}) without "${outside}". Use a Region of the zone, or make two cells`;
}
