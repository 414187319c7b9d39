import { counted, thousands } from "../../wording.js";
import type { Capacity, Link, Row, TwoRegions } from "./model.js";

/** A capacity in one line. */
export function capacityInWords({ unit, resting, normal, failover }: Capacity): string {
  const growth = resting === failover ? "" : `, ${thousands(failover)} on failover`;
  const usual = normal === resting ? "" : ` (normal ${thousands(normal)})`;
  return `${thousands(resting)} ${unit}${growth}${usual}`;
}

/** What is registered in a Region and not drawn; nothing where everything is. */
export function othersInWords(others: Readonly<Record<string, number>>): string | undefined {
  const counts = Object.entries(others);
  if (counts.length === 0) return undefined;
  const sum = counts.reduce((total, [, count]) => total + count, 0);
  const types = counts.map(([type, count]) => `${thousands(count)} × ${type}`);
  return `and ${thousands(sum)} more: ${types.join(", ")}`;
}

/** The whole picture in sentences, for those who cannot see it. */
export function descriptionOf({ ground, regions, turns, rows, others }: TwoRegions): string {
  const held = regions.map(({ name, role }) => {
    const titles = rows.flatMap(({ cards }) => cards[name]?.title ?? []);
    const rest = othersInWords(others[name] ?? {});
    const things = [...titles, ...(rest === undefined ? [] : [rest])].join(", ");
    return `${name} (${role}) holds ${counted(titles.length, "thing")}: ${things}.`;
  });
  const turned = turns.map(({ title, facts }) => `${title}: ${facts.join(", ")}.`);
  const linked = rows.flatMap((row) => row.links.map((link) => linkInWords(row, link)));
  return [`${ground}.`, ...turned, ...held, ...linked].join(" ");
}

/** A link as one sentence. */
export function linkInWords({ cards }: Pick<Row, "cards">, link: Link): string {
  const { from = unknownRegion, to = unknownRegion, isTwoWay, lines, isOutside } = link;
  const subject = Object.values(cards)[0]?.title ?? "";
  const way = isTwoWay ? `between ${from} and ${to}` : `from ${from} to ${to}`;
  const warning = isOutside ? ", outside of the zone" : "";
  return `${subject} ${way}: ${lines.join(", ")}${warning}.`;
}

/** How a Region is called that nobody knows before the deployment. */
export const unknownRegion = "a Region not known yet";
