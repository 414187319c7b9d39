import { cardBox } from "../card.js";
import type { Box, Edge, EdgeStyle, Point, Text } from "../scene.js";
import { linesOf, typography, widthOf } from "../typography.js";
import { columns, frame } from "./frame.js";
import type { Link, Row } from "./model.js";
import { linkInWords, unknownRegion } from "./wording.js";

/** Between a link and its words, two links, and below the last one, pixels. */
const gap = { words: 5, links: 12 } as const;

const lineHeight = 8;

/** Where a row stands, and its cards from left to right. */
interface Between {
  readonly names: readonly string[];
  readonly cards: readonly (Box | undefined)[];
  readonly top: number;
  readonly height: number;
}

/** How much room the links of a row need. */
export function linksHeight({ cards, links }: Row): number {
  return links.reduce((sum, link) => sum + linkHeight(link, cards) + gap.links, 0);
}

/** The links of a row in the gutter between its cards, one below the other. */
export function layOutLinks(row: Row, between: Between) {
  const boxes: Box[] = [];
  const edges: Edge[] = [];
  const height = linksHeight(row);
  let top = between.top + (between.height - height + gap.links) / 2;
  for (const [index, link] of row.links.entries()) {
    const placed = layOutLink({ row, link, index }, between, top);
    boxes.push(...placed.boxes);
    edges.push(...placed.edges);
    top += linkHeight(link, row.cards) + gap.links;
  }
  return { boxes, edges };
}

interface Linked {
  readonly row: Row;
  readonly link: Link;
  readonly index: number;
}

function layOutLink({ row, link, index }: Linked, between: Between, top: number) {
  const words = wordsOf(link);
  const { linePixels } = typography.note;
  const texts = words.map((text, line): Text => {
    const y = top + (line + 0.8) * linePixels;
    const { isOutside: isAlert } = link;
    return { x: columns.middle, y, text, style: "note", anchor: "middle", isAlert };
  });
  const y = top + words.length * linePixels + gap.words;
  const { isTwoWay } = link;
  const shared = { style: styleOf(link), isTwoWay, texts, title: linkInWords(row, link) };
  const from = cardIn(between, link.from);
  const to = cardIn(between, link.to);
  if (from && to) return { boxes: [], edges: [{ ...edgeBetween(from, to, y), ...shared }] };
  const chip = chipOf(link, row.cards, { key: `${row.key} link ${index}`, y });
  const near = from ?? to;
  if (near === undefined) return { boxes: [chip], edges: [] };
  const [start, end] = from ? [from, chip] : [chip, near];
  return { boxes: [chip], edges: [{ ...edgeBetween(start, end, y + chip.height / 2), ...shared }] };
}

function cardIn({ names, cards }: Between, region: string | undefined): Box | undefined {
  return region === undefined ? undefined : cards[names.indexOf(region)];
}

function edgeBetween(from: Box, to: Box, y: number): Pick<Edge, "from" | "to" | "points"> {
  const isRightward = from.x < to.x;
  const points: readonly Point[] = [
    [isRightward ? from.x + from.width : from.x, y],
    [isRightward ? to.x : to.x + to.width, y],
  ];
  return { from: from.key, to: to.key, points };
}

/** What a link goes to that has no card, in the gutter: a Region, or both where it touches no card. */
function chipOf(
  link: Link,
  cards: Row["cards"],
  { key, y }: { readonly key: string; readonly y: number },
): Box {
  const { isOutside: isAlert } = link;
  const title = strangers(link, cards).join(" → ");
  const width = Math.min(frame.gutter - 40, widthOf(title, "name") + 29);
  const words = { key, tone: "outside", title, facts: [], isAlert } as const;
  return cardBox(words, { x: columns.middle - width / 2, y, width });
}

/** The ends of a link in which its row has no card. */
function strangers({ from, to }: Link, cards: Row["cards"]): readonly string[] {
  return [from, to]
    .filter((region) => region === undefined || cards[region] === undefined)
    .map((region) => region ?? unknownRegion);
}

function wordsOf({ lines }: Link): readonly string[] {
  return lines.flatMap((line) => linesOf(line, "note", frame.gutter - 24));
}

function linkHeight(link: Link, cards: Row["cards"]): number {
  const words = wordsOf(link).length * typography.note.linePixels + gap.words;
  if (strangers(link, cards).length === 0) return words + lineHeight;
  return words + chipOf(link, cards, { key: "", y: 0 }).height;
}

function styleOf({ kind, isOutside }: Link): EdgeStyle {
  if (isOutside) return "leaves";
  if (kind === "peering") return "tie";
  return kind === "watch" ? "watches" : "copy";
}
