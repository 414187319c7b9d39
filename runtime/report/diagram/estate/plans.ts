import { counted, duration } from "../../wording.js";
import { cardBox } from "../card.js";
import { columns, frame } from "../cell/frame.js";
import type { Fields } from "../fields.js";
import type { Box, Edge, Point, Scene } from "../scene.js";
import type { Component } from "../tree.js";

const wavesInLine = 5;
const gap = { columns: 44, waves: 14, lines: 30 } as const;
const widestPixels = 230;

/** The waves of a plan from left to right: each after those that it waits for. */
export function layOutPlan({ resource, contract }: Component): Scene {
  const { margin } = frame;
  const title = `Plan ${contract.text("plan") ?? resource.name}`;
  const boxes = placeWaves(contract.records("waves"), margin + 54);
  const edges = edgesBetween(contract.records("waves"), boxes);
  const bottom = Math.max(margin + 40, ...boxes.map((box) => box.y + box.height));
  return {
    title,
    description: `${title}, ${objectivesOf(contract)}: ${boxes.map((box) => box.title).join(". ")}.`,
    width: columns.width,
    height: bottom + margin,
    frames: [],
    texts: [
      { x: margin, y: margin + 16, text: title, style: "heading" },
      { x: margin, y: margin + 36, text: objectivesOf(contract), style: "fact" },
    ],
    boxes,
    edges,
    samples: [],
  };
}

function objectivesOf(contract: Fields): string {
  const objectives = contract.inner("objectives");
  const [rto, rpo] = [objectives.number("rtoMinutes"), objectives.number("rpoMinutes")];
  const drills = contract.records("drills").length;
  return [
    rto === undefined ? "no RTO" : `RTO ${duration(rto * 60)}`,
    rpo === undefined ? "no RPO" : `RPO ${duration(rpo * 60)}`,
    drills === 0 ? "no drill scheduled" : `${counted(drills, "drill")} scheduled`,
  ].join(", ");
}

function placeWaves(waves: readonly Fields[], top: number): readonly Box[] {
  const depths = depthsOf(waves);
  const deepest = Math.max(0, ...depths.values());
  const inLine = Math.min(wavesInLine, deepest + 1);
  const inner = columns.width - 2 * frame.margin;
  const width = Math.min(widestPixels, (inner - (inLine - 1) * gap.columns) / inLine);
  const boxes: Box[] = [];
  let lineTop = top;
  for (let first = 0; first <= deepest; first += inLine) {
    let lineBottom = lineTop;
    for (let depth = first; depth < first + inLine; depth += 1) {
      const x = frame.margin + (depth - first) * (width + gap.columns);
      let y = lineTop;
      for (const wave of waves.filter((one) => depths.get(nameOf(one)) === depth)) {
        const box = waveBox(wave, { x, y, width });
        boxes.push(box);
        y += box.height + gap.waves;
      }
      lineBottom = Math.max(lineBottom, y - gap.waves);
    }
    lineTop = lineBottom + gap.lines;
  }
  return boxes;
}

/** How many waves come before each, on the longest way to it. */
function depthsOf(waves: readonly Fields[]): ReadonlyMap<string, number> {
  const byName = new Map(waves.map((wave) => [nameOf(wave), wave]));
  const depths = new Map<string, number>();
  const depthOf = (name: string, on: readonly string[]): number => {
    const found = depths.get(name);
    if (found !== undefined) return found;
    const before = byName.get(name)?.texts("dependsOn") ?? [];
    const known = before.filter((one) => byName.has(one) && !on.includes(one));
    const depth = Math.max(0, ...known.map((one) => depthOf(one, [...on, name]) + 1));
    depths.set(name, depth);
    return depth;
  };
  for (const name of byName.keys()) depthOf(name, [name]);
  return depths;
}

function nameOf(wave: Fields): string {
  return wave.text("name") ?? "";
}

function waveBox(
  wave: Fields,
  at: { readonly x: number; readonly y: number; readonly width: number },
): Box {
  const expected = wave.inner("expectedServers");
  const servers = expected.names.reduce((sum, lane) => sum + (expected.number(lane) ?? 0), 0);
  const facts = [
    expected.names.length === 0
      ? "servers not told"
      : `${counted(servers, "server")} in ${counted(expected.names.length, "lane")}`,
    `of group ${wave.text("group") ?? "not known yet"}`,
  ];
  return cardBox({ key: nameOf(wave), tone: "data", title: nameOf(wave), facts }, at);
}

function edgesBetween(waves: readonly Fields[], boxes: readonly Box[]): readonly Edge[] {
  const boxOf = new Map(boxes.map((box) => [box.key, box]));
  return waves.flatMap((wave) =>
    wave.texts("dependsOn").flatMap((name) => {
      const [from, to] = [boxOf.get(name), boxOf.get(nameOf(wave))];
      return from && to ? [edgeTo(from, to)] : [];
    }),
  );
}

/** Straight to the right with one step, or around to the next line. */
function edgeTo(from: Box, to: Box): Edge {
  const [x1, y1] = [from.x + from.width, from.y + from.height / 2];
  const [x2, y2] = [to.x, to.y + to.height / 2];
  const out = x1 + gap.columns / 2;
  const turn = x2 - gap.columns / 2;
  const lineY = to.y - gap.lines / 2;
  const points: readonly Point[] =
    x2 > x1
      ? [
          [x1, y1],
          [turn, y1],
          [turn, y2],
          [x2, y2],
        ]
      : [
          [x1, y1],
          [Math.min(out, columns.width - 6), y1],
          [Math.min(out, columns.width - 6), lineY],
          [Math.max(turn, 6), lineY],
          [Math.max(turn, 6), y2],
          [x2, y2],
        ];
  const shared = { style: "copy", isTwoWay: false, points, texts: [] } as const;
  return { from: from.key, to: to.key, ...shared, title: `${from.key} before ${to.key}` };
}
