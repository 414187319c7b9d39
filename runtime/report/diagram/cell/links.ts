import type { Edge } from "../../../core/cells/edges/edges.js";
import type { Component } from "../tree.js";
import type { Link } from "./model.js";
import { rpoInWords } from "./stores.js";

/** What goes between Regions because of a component: copies that its resources declare, ways, watches. */
export function linksOf(
  component: Component,
  regions: readonly [string, string],
  edges: ReadonlyMap<string, readonly Edge[]>,
  isInZone: (region: string) => boolean,
): readonly Link[] {
  const declared = component.below.flatMap(({ urn }) => edges.get(urn) ?? []);
  const rpo = rpoInWords(component.contract);
  const copies = joined(declared).map((edge): Link => {
    const ends = [edge.from, edge.to];
    const isOutside = ends.some((region) => region === undefined || !isInZone(region));
    const isOfCell = ends.every((region) => region !== undefined && regions.includes(region));
    // A table's replicas are declared in one Region, and each of them takes writes.
    const isTwoWay = edge.isTwoWay || (edge.kind === "table" && isOfCell);
    const words = isTwoWay ? `${edge.kind}, both ways` : edge.kind;
    return { ...edge, isTwoWay, lines: [words, ...(rpo && isOfCell ? [rpo] : [])], isOutside };
  });
  return [...copies, ...ways(component, regions)];
}

/** Every direction once; what goes both ways in one. */
function joined(edges: readonly Edge[]): readonly Omit<Link, "lines" | "isOutside">[] {
  const found: Omit<Link, "lines" | "isOutside">[] = [];
  for (const { kind, from, to } of edges) {
    const same = found.findIndex((one) => one.kind === kind && one.from === from && one.to === to);
    const reverse = found.findIndex(
      (one) => one.kind === kind && one.from === to && one.to === from,
    );
    if (same >= 0) continue;
    const there = found[reverse];
    if (there) found[reverse] = { ...there, isTwoWay: true };
    else found.push({ kind, ...(from && { from }), ...(to && { to }), isTwoWay: false });
  }
  return found;
}

/** What ties both Regions without carrying a copy. */
function ways({ resource }: Component, [from, to]: readonly [string, string]): readonly Link[] {
  const shared = { from, to, isTwoWay: true, isOutside: false };
  switch (resource.type) {
    case "aws-dr:network:RegionPeering":
      return [{ kind: "peering", ...shared, lines: ["peered"] }];
    case "aws-dr:watching:CellWatch":
      return [{ kind: "watch", ...shared, lines: ["each watches the other"] }];
    default:
      return [];
  }
}
