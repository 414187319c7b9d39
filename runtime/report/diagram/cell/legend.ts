import type { Box, Edge, EdgeStyle, Sample } from "../scene.js";
import { typography, widthOf } from "../typography.js";
import { columns, frame } from "./frame.js";

/** What stands in front of a sample's words, and between two samples, pixels. */
const room = { looks: 34, gap: 26, line: 20 } as const;

const edgeWords: Readonly<Record<EdgeStyle, string>> = {
  turns: "clients are led",
  copy: "data is copied",
  leaves: "data leaves the residency zone",
  tie: "a way without copies",
  watches: "watched from the other Region",
};

const styles: readonly EdgeStyle[] = ["turns", "copy", "leaves", "tie", "watches"];

/** What the looks of lines and bars mean: those that the picture has. */
export function legendOf(
  { edges, boxes }: { readonly edges: readonly Edge[]; readonly boxes: readonly Box[] },
  top: number,
) {
  const used = styles.filter((style) => edges.some((edge) => edge.style === style));
  const hasMeters = boxes.some(({ meters }) => meters.length > 0);
  const wanted: readonly { readonly looks: Sample["looks"]; readonly words: string }[] = [
    ...used.map((looks) => ({ looks, words: edgeWords[looks] })),
    ...(hasMeters
      ? [{ looks: "meter" as const, words: "running at rest, of what a failover asks for" }]
      : []),
  ];
  const samples: Sample[] = [];
  let x: number = frame.margin + frame.padding;
  let y = top;
  for (const { looks, words } of wanted) {
    const width = room.looks + widthOf(words, "note");
    if (x + width > columns.width - frame.margin) {
      x = frame.margin + frame.padding;
      y += room.line;
    }
    const text = { x: x + room.looks, y: y + 4, text: words, style: "note" } as const;
    samples.push({ x, y, looks, text });
    x += width + room.gap;
  }
  return { samples, bottom: samples.length === 0 ? top : y + typography.note.linePixels };
}
