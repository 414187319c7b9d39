import type { Edge } from "../../../core/cells/edges/edges.js";
import { type ResidencyZone, residencyZones, zoneOf } from "../../../core/cells/residency.js";
import type { RegisteredResource } from "../../../rehearsal/program/registered.js";
import { crossRegionEdges } from "../edges.js";
import { Fields } from "../fields.js";
import { type Component, compared, componentsOf, countsByType, ownRegion } from "../tree.js";
import { linksOf } from "./links.js";
import { type Card, groups, type Row, type Turn, type TwoRegions } from "./model.js";
import { type Part, partOf } from "./parts.js";
import { turnOf } from "./turns.js";

/** A cell and everything that is registered in it. */
export interface CellPicture extends TwoRegions {
  readonly cell: string;
}

/** The identity of a cell, and its components. */
interface CellMembers {
  readonly environment: string;
  readonly cell: string;
  readonly account: string;
  readonly residency: string;
  readonly primary: string;
  readonly recovery: string;
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
  const drawn = components.flatMap((component) => {
    const part = partOf(component);
    return part === undefined ? [] : [{ component, part }];
  });
  const rest = components.filter((one) => partOf(one) === undefined && turnOf(one) === undefined);
  const own = loose.filter((one) => one.account === undefined || one.account === account);
  const senders = own.filter(
    ({ urn, region = "" }) => edges.has(urn) && [primary, recovery].includes(region),
  );
  drawn.push(...senders.map(looseSender));
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
    rows: rowsOf(drawn, members, edges),
    others: Object.fromEntries(
      [primary, recovery].map((region) => [
        region,
        othersIn(
          region,
          rest,
          own.filter((one) => !senders.includes(one)),
        ),
      ]),
    ),
  };
}

/** A resource that is below no component and sends data to another Region, as if it were one. */
function looseSender(resource: RegisteredResource): Drawn {
  const facts = [resource.type];
  return {
    component: { resource, contract: new Fields({}), below: [resource] },
    part: { group: "data", subject: resource.name, factsIn: () => facts },
  };
}

function zoneInWords(residency: string): string {
  if (!Object.hasOwn(residencyZones, residency)) return residency;
  return `${residency} (${residencyZones[residency as ResidencyZone].join(", ")})`;
}

interface Drawn {
  readonly component: Component;
  readonly part: Part;
}

function rowsOf(
  drawn: readonly Drawn[],
  members: CellMembers,
  edges: ReadonlyMap<string, readonly Edge[]>,
): readonly Row[] {
  const byKey = new Map<string, readonly Drawn[]>();
  for (const one of drawn) {
    const { type, urn } = one.component.resource;
    const isOfOneRegion = one.component.contract.text("region") !== undefined;
    const key = isOfOneRegion ? `${type} ${one.part.subject}` : urn;
    byKey.set(key, [...(byKey.get(key) ?? []), one]);
  }
  const rows = [...byKey].map(([key, ones]) => rowOf(key, ones, members, edges));
  const ordered = rows.sort((a, b) => a.order - b.order);
  return groups.flatMap((group) => ordered.filter((row) => row.group === group));
}

function rowOf(
  key: string,
  drawn: readonly Drawn[],
  members: CellMembers,
  edges: ReadonlyMap<string, readonly Edge[]>,
): Row {
  const { primary, recovery, residency } = members;
  const cards: Record<string, Card> = {};
  const isInZone = (region: string) => zoneOf(region) === residency;
  const links = drawn.flatMap(({ component }) =>
    linksOf(component, [primary, recovery], edges, isInZone),
  );
  for (const { component, part } of drawn) {
    for (const region of [primary, recovery]) {
      const isLinked = links.some(({ from, to }) => from === region || to === region);
      if (liesThere(component, region, isLinked))
        cards[region] = cardOf(component, part, members, region);
    }
  }
  const [{ group, order = 0 } = { group: "data" as const }] = drawn.map(({ part }) => part);
  return { key, group, order, cards, links };
}

function liesThere({ contract, below }: Component, region: string, isLinked: boolean): boolean {
  const own = contract.text("region");
  if (own !== undefined) return own === region;
  return isLinked || below.some((resource) => ownRegion(resource) === region);
}

function cardOf(
  { resource, below, contract }: Component,
  { subject, factsIn, capacity }: Part,
  { primary }: CellMembers,
  region: string,
): Card {
  const own = contract.text("region");
  const here = below.filter((one) => (ownRegion(one) ?? own ?? primary) === region);
  return {
    title: subject,
    facts: factsIn({ region, isPrimary: region === primary }),
    ...(capacity && { capacity }),
    resources: { [resource.type]: 1, ...countsByType(here) },
  };
}

/** What is registered in a Region and has no card: components that are not known here, and loose resources. */
function othersIn(
  region: string,
  components: readonly Component[],
  loose: readonly RegisteredResource[],
): Readonly<Record<string, number>> {
  const there = components.filter(({ contract, below }) => {
    const own = contract.text("region");
    return own === undefined ? below.some((one) => ownRegion(one) === region) : own === region;
  });
  const resources = there.map(({ resource }) => resource);
  return countsByType([...resources, ...loose.filter((one) => one.region === region)]);
}
