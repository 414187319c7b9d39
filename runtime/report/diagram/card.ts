import { thousands } from "../wording.js";
import type { Box, Meter, Rectangle, Text, Tone } from "./scene.js";
import { linesOf, typography } from "./typography.js";

/** A bar in a card: what stands of what may stand, and marks in between. */
export interface Gauge {
  readonly share: number;
  readonly markShares: readonly number[];
}

/** What is written on a box. */
export interface CardText {
  readonly key: string;
  readonly tone: Tone;
  readonly title: string;
  readonly facts: readonly string[];
  /** Facts that have a bar below. */
  readonly gauges?: readonly (Gauge & { readonly words: string })[];
  readonly resources?: Readonly<Record<string, number>>;
  readonly isAlert?: boolean;
}

const padding = { side: 14, above: 8, below: 9, gauge: 6 } as const;
const gaugeHeight = 6;

/** A box at a place, its texts broken so that they fit its width; its height follows from them. */
export function cardBox(
  card: CardText,
  at: { readonly x: number; readonly y: number; readonly width: number },
): Box {
  const { key, tone, title, facts, gauges = [], isAlert = false } = card;
  const inner = at.width - 2 * padding.side;
  const x = at.x + padding.side;
  const texts: Text[] = [];
  const meters: Meter[] = [];
  let y = at.y + padding.above;
  const write = (text: string, style: "name" | "fact") => {
    for (const line of linesOf(text, style, inner)) {
      const { linePixels, sizePixels } = typography[style];
      texts.push({ x, y: y + sizePixels, text: line, style, ...(isAlert && { isAlert }) });
      y += linePixels;
    }
  };
  write(title, "name");
  for (const fact of facts) write(fact, "fact");
  for (const { words, share, markShares } of gauges) {
    write(words, "fact");
    meters.push({ x, y: y + 2, width: inner, height: gaugeHeight, share, markShares });
    y += gaugeHeight + padding.gauge;
  }
  const place: Rectangle = { ...at, height: y + padding.below - at.y };
  return { key, tone, title: hint(card), texts, meters, ...place };
}

/** Everything that a card says and stands for. */
function hint({ title, facts, gauges = [], resources = {} }: CardText): string {
  const counts = Object.entries(resources).map(([type, count]) => `${thousands(count)} ${type}`);
  const told = [title, ...facts, ...gauges.map(({ words }) => words)].join("; ");
  return counts.length === 0 ? told : `${told}. Registered: ${counts.join(", ")}`;
}
