import type { Edge } from "../../../core/cells/edges/edges.js";
import { type ResidencyZone, residencyZones } from "../../../core/cells/residency.js";
import type { RegisteredResource } from "../../../rehearsal/program/registered.js";
import { crossRegionEdges } from "../edges.js";
import { Fields } from "../fields.js";
import { type Component, compared, componentsOf, countsByType } from "../tree.js";
import type { Turn, TwoRegions } from "./model.js";
import { partOf } from "./parts.js";
import { type CellRegions, type Drawn, isIn, rowsOf } from "./rows.js";
import { turnOf } from "./turns.js";

/** A cell and everything that is registered in it. */
export interface CellPicture extends TwoRegions {
  readonly cell: string;
}

/** The identity of a cell, and its components. */
interface CellMembers extends CellRegions {
  readonly environment: string;
  readonly cell: string;
  readonly account: string;
  readonly components: readonly Component[];
}

/** The cells that a program registers, by their names. */
export function cellsOf(resources: readonly RegisteredResource[]): readonly CellPicture[] {
  const edges = crossRegionEdges(resources);
  const components = componentsOf(resources);
  const loose = looseResources(resources);
  return membersByCell(components).map((members) => pictureOf(members, edges, loose));
}

/** Resources that are below no component of this package. */
function looseResources(resources: readonly RegisteredResource[]): readonly RegisteredResource[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const isBelowComponent = ({ parent }: RegisteredResource): boolean => {
    const above = parent === undefined ? undefined : byUrn.get(parent);
    return above !== undefined && (above.type.startsWith("aws-dr:") || isBelowComponent(above));
  };
  return resources.filter(
    (one) => one.custom && one.region !== undefined && !isBelowComponent(one),
  );
}

function membersByCell(components: readonly Component[]): readonly CellMembers[] {
  const cells = new Map<string, CellMembers>();
  for (const component of components) {
    const { contract } = component;
    const [environment, cell] = [contract.text("environment"), contract.text("cell")];
    const [primary, recovery] = [contract.text("primaryRegion"), contract.text("recoveryRegion")];
    if (!environment || !cell || !primary || !recovery) continue;
    const account = contract.text("account") ?? "not known yet";
    const residency = contract.text("residency") ?? "unknown";
    const key = `${environment}/${cell}`;
    const known = cells.get(key)?.components ?? [];
    const members = [...known, component];
    cells.set(key, {
      environment,
      cell,
      account,
      residency,
      primary,
      recovery,
      components: members,
    });
  }
  return [...cells.values()].sort((a, b) => compared(a.cell, b.cell));
}

function pictureOf(
  members: CellMembers,
  edges: ReadonlyMap<string, readonly Edge[]>,
  loose: readonly RegisteredResource[],
): CellPicture {
  const { environment, cell, account, residency, primary, recovery, components } = members;
  const turns = components.map(turnOf).filter((turn): turn is Turn => turn !== undefined);
  const parts = components.flatMap((component) => {
    const part = partOf(component);
    return part === undefined ? [] : [{ component, part }];
  });
  const own = loose.filter((one) => one.account === undefined || one.account === account);
  const senders = own.filter(
    ({ urn, region = "" }) => edges.has(urn) && [primary, recovery].includes(region),
  );
  const { rows, drawn } = rowsOf([...parts, ...senders.map(looseSender)], members, edges);
  const rest = components.filter((one) => turnOf(one) === undefined && !drawn.has(one));
  const others = { rest, loose: own.filter((one) => !senders.includes(one)) };
  return {
    cell,
    title: `Cell ${cell} of ${environment}`,
    subtitle: components.some(({ contract }) => contract.text("routing") === "latency")
      ? `${primary} and ${recovery} both serve, and each takes over from the other`
      : `${primary} fails over to ${recovery}`,
    ground: `Account ${account} · data stays in the zone ${zoneInWords(residency)}`,
    regions: [
      { name: primary, role: "primary" },
      { name: recovery, role: "recovery" },
    ],
    turns,
    rows,
    others: Object.fromEntries(
      [primary, recovery].map((region) => [region, othersIn(region, members, others)]),
    ),
  };
}

/** A resource that is below no component and sends data to another Region, as if it were one. */
function looseSender(resource: RegisteredResource): Drawn {
  const facts = [resource.type];
  return {
    component: { resource, contract: new Fields({}), below: [resource] },
    part: { group: "data", subject: resource.name, order: 100, factsIn: () => facts },
  };
}

function zoneInWords(residency: string): string {
  if (!Object.hasOwn(residencyZones, residency)) return residency;
  return `${residency} (${residencyZones[residency as ResidencyZone].join(", ")})`;
}

/** What has no card: components that cannot be drawn, and resources that are below none. */
interface Others {
  readonly rest: readonly Component[];
  readonly loose: readonly RegisteredResource[];
}

/** What is registered in a Region and has no card; what lies in no Region of the cell counts in the primary. */
function othersIn(
  region: string,
  { primary, recovery }: CellMembers,
  { rest, loose }: Others,
): Readonly<Record<string, number>> {
  const resources = rest
    .filter(
      (one) =>
        isIn(one, region) || (region === primary && !isIn(one, primary) && !isIn(one, recovery)),
    )
    .map(({ resource }) => resource);
  return countsByType([...resources, ...loose.filter((one) => one.region === region)]);
}
