import type { Edge } from "../../../core/cells/edges/edges.js";
import { zoneOf } from "../../../core/cells/residency.js";
import { type Component, countsByType, ownRegion } from "../tree.js";
import { linksOf } from "./links.js";
import { type Card, groups, type Row } from "./model.js";
import type { Part } from "./parts.js";

/** What rows need to know of their cell. */
export interface CellRegions {
  readonly residency: string;
  readonly primary: string;
  readonly recovery: string;
}

/** A component and how it is told. */
export interface Drawn {
  readonly component: Component;
  readonly part: Part;
}

/** The rows of a cell, group by group, and the components that have a card in one of them. */
export function rowsOf(
  parts: readonly Drawn[],
  cell: CellRegions,
  edges: ReadonlyMap<string, readonly Edge[]>,
) {
  const byKey = new Map<string, readonly Drawn[]>();
  for (const one of parts) {
    const key = keyOf(one, byKey);
    byKey.set(key, [...(byKey.get(key) ?? []), one]);
  }
  const rows: Row[] = [];
  const drawn = new Set<Component>();
  for (const [key, ones] of byKey) {
    const row = rowOf(key, ones, cell, edges);
    if (Object.keys(row.cards).length === 0) continue;
    rows.push(row);
    for (const { component } of ones) drawn.add(component);
  }
  rows.sort((a, b) => a.order - b.order);
  return { rows: groups.flatMap((group) => rows.filter((row) => row.group === group)), drawn };
}

/** Components of one subject, each in another Region, share a row. */
function keyOf({ component, part }: Drawn, taken: ReadonlyMap<string, readonly Drawn[]>): string {
  const { resource, contract } = component;
  const region = contract.text("region");
  if (region === undefined) return resource.urn;
  const key = `${resource.type} ${part.subject}`;
  const isTaken = taken.get(key)?.some((one) => one.component.contract.text("region") === region);
  return isTaken ? resource.urn : key;
}

function rowOf(
  key: string,
  drawn: readonly Drawn[],
  cell: CellRegions,
  edges: ReadonlyMap<string, readonly Edge[]>,
): Row {
  const { primary, recovery, residency } = cell;
  const cards: Record<string, Card> = {};
  const isInZone = (region: string) => zoneOf(region) === residency;
  const links = drawn.flatMap(({ component }) =>
    linksOf(component, [primary, recovery], edges, isInZone),
  );
  for (const { component, part } of drawn) {
    for (const region of [primary, recovery]) {
      const isLinked = links.some(({ from, to }) => from === region || to === region);
      if (isIn(component, region, isLinked)) cards[region] = cardOf(component, part, cell, region);
    }
  }
  const [{ group, order = 0 } = { group: "data" as const }] = drawn.map(({ part }) => part);
  return { key, group, order, cards, links };
}

/** Whether a component lies in a Region: by its own word, by what is below it, or because a copy goes there. */
export function isIn({ contract, below }: Component, region: string, isLinked = false): boolean {
  const own = contract.text("region");
  if (own !== undefined) return own === region;
  return isLinked || below.some((resource) => ownRegion(resource) === region);
}

function cardOf(
  { resource, below, contract }: Component,
  { subject, factsIn, capacity }: Part,
  { primary }: CellRegions,
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
