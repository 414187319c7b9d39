import type { Edge, Frame, Scene, Text } from "../scene.js";
import { linesOf, typography } from "../typography.js";
import { columns, frame } from "./frame.js";
import { legendOf } from "./legend.js";
import type { TwoRegions } from "./model.js";
import { layOutOthers, layOutRows } from "./rows-layout.js";
import { layOutTurns, turnEdges } from "./turns-layout.js";
import { descriptionOf } from "./wording.js";

/** Where everything of a pair of Regions stands. Pure geometry and words: no colour. */
export function layOutRegions(picture: TwoRegions): Scene {
  const { margin, padding } = frame;
  const turns = layOutTurns(picture, margin + 50);
  const regionTop = turns.bottom + padding;
  const rows = layOutRows(picture, regionTop);
  const others = layOutOthers(picture, rows.bottom);
  const regionBottom = others.bottom + padding;
  const ground = groundTexts(picture, regionBottom);
  const zoneBottom = ground.bottom + padding;
  const edges: readonly Edge[] = [...turnEdges(picture, turns.boxes, rows.headers), ...rows.edges];
  const legend = legendOf({ edges, boxes: rows.boxes }, zoneBottom + 28);
  return {
    title: picture.title,
    description: descriptionOf(picture),
    width: columns.width,
    height: legend.bottom + margin,
    frames: [
      zoneFrame(turns.bottom, zoneBottom),
      ...picture.regions.map((_, index) => regionFrame(index, regionTop, regionBottom)),
    ],
    texts: [...heading(picture), ...ground.texts, ...rows.texts, ...others.texts],
    boxes: [...turns.boxes, ...rows.headers, ...rows.boxes],
    edges,
    samples: legend.samples,
  };
}

function heading({ title, subtitle }: TwoRegions): readonly Text[] {
  const { margin } = frame;
  return [
    { x: margin, y: margin + 16, text: title, style: "heading" },
    { x: margin, y: margin + 36, text: subtitle, style: "fact" },
  ];
}

/** What holds both Regions, in words. */
function groundTexts({ ground }: TwoRegions, top: number) {
  const { margin, padding } = frame;
  const { linePixels } = typography.note;
  const lines = linesOf(ground, "note", columns.width - 2 * (margin + padding));
  const texts = lines.map((text, index): Text => {
    const y = top + 20 + index * linePixels;
    return { x: margin + padding, y, text, style: "note" };
  });
  return { texts, bottom: top + 8 + lines.length * linePixels };
}

function zoneFrame(top: number, bottom: number): Frame {
  const { margin } = frame;
  const width = columns.width - 2 * margin;
  return { kind: "zone", x: margin, y: top, width, height: bottom - top };
}

function regionFrame(index: number, top: number, bottom: number): Frame {
  const x = index === 0 ? columns.left : columns.right;
  return { kind: "region", x, y: top, width: frame.columnWidth, height: bottom - top };
}
