import { cardBox } from "../card.js";
import type { Box, Edge, Point, Text } from "../scene.js";
import { columns, frame } from "./frame.js";
import type { TwoRegions } from "./model.js";

/** Between two names above the Regions, and below the last, pixels. */
const gap = { between: 12, below: 40 } as const;

/** Lines of several names stand apart by so much in all, so that their words keep their room. */
const inwardMost = 36;

/** The names that clients ask for, above and between both Regions. */
export function layOutTurns({ turns }: TwoRegions, top: number) {
  const boxes: Box[] = [];
  let y = top;
  for (const { key, title, facts, resources } of turns) {
    const x = columns.middle - frame.turnWidth / 2;
    const words = { key, tone: "traffic", title, facts, resources } as const;
    const box = cardBox(words, { x, y, width: frame.turnWidth });
    boxes.push(box);
    y += box.height + gap.between;
  }
  return { boxes, bottom: turns.length === 0 ? top : y - gap.between + gap.below };
}

/** From each name down into both Regions. */
export function turnEdges(
  { turns, regions }: TwoRegions,
  boxes: readonly Box[],
  headers: readonly Box[],
): readonly Edge[] {
  return turns.flatMap((turn, order) =>
    regions.flatMap(({ name }, side) => {
      const [box, header] = [boxes[order], headers[side]];
      const way = turn.ways[name];
      if (box === undefined || header === undefined || way === undefined) return [];
      const inward = order * Math.min(18, inwardMost / turns.length);
      return [turnEdge({ box, header, inward, isLeft: side === 0 }, way, `${turn.title}: ${name}`)];
    }),
  );
}

interface Ends {
  readonly box: Box;
  readonly header: Box;
  /** How far the line stands from the middle of the Region, towards the other one. */
  readonly inward: number;
  readonly isLeft: boolean;
}

/** Sideways out of the name, then down into the Region; lower names nearer to the middle. */
function turnEdge({ box, header, inward, isLeft }: Ends, way: string, title: string): Edge {
  const outward = isLeft ? -1 : 1;
  const middle = header.x + header.width / 2;
  const x = middle - outward * inward;
  const y = box.y + box.height / 2;
  const start = isLeft ? box.x : box.x + box.width;
  const points: readonly Point[] = [
    [start, y],
    [x, y],
    [x, header.y],
  ];
  const text: Text = { x: (start + x) / 2, y: y - 6, text: way, style: "note", anchor: "middle" };
  const shared = { style: "turns", isTwoWay: false, points, texts: [text], title } as const;
  return { from: box.key, to: header.key, ...shared };
}
