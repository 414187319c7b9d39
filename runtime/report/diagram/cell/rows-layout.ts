import { cardBox } from "../card.js";
import type { Box, Edge, Text } from "../scene.js";
import { linesOf, typography } from "../typography.js";
import { columns, frame } from "./frame.js";
import { layOutLinks, linksHeight } from "./links-layout.js";
import { type Card, groups, type Row, type TwoRegions } from "./model.js";
import { capacityInWords, othersInWords } from "./wording.js";

/** What was placed below the heads of the Regions. */
interface PlacedRows {
  readonly headers: readonly Box[];
  readonly boxes: readonly Box[];
  readonly edges: readonly Edge[];
  readonly texts: readonly Text[];
  readonly bottom: number;
}

/** The rows of all groups, one below the other, with the name of each group at its left. */
export function layOutRows(picture: TwoRegions, top: number): PlacedRows {
  const headers = picture.regions.map((region, index) => headerOf(region, index, top));
  const boxes: Box[] = [];
  const edges: Edge[] = [];
  const texts: Text[] = [];
  let y = Math.max(top, ...headers.map((box) => box.y + box.height)) - frame.groupGap / 2;
  for (const group of groups) {
    const rows = picture.rows.filter((row) => row.group === group);
    if (rows.length === 0) continue;
    y += frame.groupGap;
    texts.push({ x: frame.margin + frame.padding, y: y + 19, text: group, style: "group" });
    for (const [index, row] of rows.entries()) {
      if (index > 0) y += frame.rowGap;
      const placed = layOutRow(picture, row, y);
      boxes.push(...placed.boxes);
      edges.push(...placed.edges);
      y = placed.bottom;
    }
  }
  return { headers, boxes, edges, texts, bottom: y };
}

/** A Region's name, and at the other end what it is to the cell. */
function headerOf({ name, role }: TwoRegions["regions"][number], index: number, top: number): Box {
  const [x, y, width] = [cardLeft(index), top, columns.cardWidth];
  const texts: readonly Text[] = [
    { x, y: y + 26, text: name, style: "region" },
    { x: x + width, y: y + 26, text: role, style: "fact", anchor: "end" },
  ];
  const shared = { tone: "region", title: `${name}: ${role}`, texts, meters: [] } as const;
  return { key: `region ${name}`, x, y, width, height: frame.regionHeader, ...shared };
}

/** What is registered in each Region and has no card. */
export function layOutOthers({ regions, others }: TwoRegions, top: number) {
  const { linePixels } = typography.note;
  const texts = regions.flatMap(({ name }, index): readonly Text[] => {
    const words = othersInWords(others[name] ?? {});
    const lines = words === undefined ? [] : linesOf(words, "note", columns.cardWidth);
    return lines.map((text, line) => {
      const y = top + 24 + line * linePixels;
      return { x: cardLeft(index), y, text, style: "note" };
    });
  });
  return { texts, bottom: Math.max(top, ...texts.map(({ y }) => y + 4)) };
}

function layOutRow({ regions }: TwoRegions, row: Row, top: number) {
  const cards = regions.map(({ name }, index) => {
    const card = row.cards[name];
    return (
      card && cardOf(row, card, name, { x: cardLeft(index), y: top, width: columns.cardWidth })
    );
  });
  const heights = cards.map((card) => card?.height ?? 0);
  const names = regions.map(({ name }) => name);
  const height = Math.max(linksHeight(row), ...heights);
  const stretched = cards.map((card) => card && { ...card, height });
  const links = layOutLinks(row, { names, cards: stretched, top, height });
  const boxes = [...stretched.filter((card) => card !== undefined), ...links.boxes];
  return { boxes, edges: links.edges, bottom: top + height };
}

function cardOf(
  { key, group }: Row,
  { title, facts, capacity, resources }: Card,
  region: string,
  at: Parameters<typeof cardBox>[1],
): Box {
  const gauges = capacity && [
    {
      words: capacityInWords(capacity),
      share: capacity.resting / Math.max(1, capacity.failover),
      markShares: [capacity.normal / Math.max(1, capacity.failover)],
    },
  ];
  const words = { key: `${key} ${region}`, tone: group, title, facts, resources };
  return cardBox({ ...words, ...(gauges && { gauges }) }, at);
}

function cardLeft(index: number): number {
  return (index === 0 ? columns.left : columns.right) + frame.padding;
}
