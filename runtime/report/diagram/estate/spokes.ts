import { drsQuotas } from "../../../limits.js";
import { counted, thousands } from "../../wording.js";
import { cardBox } from "../card.js";
import { columns, frame } from "../cell/frame.js";
import type { Box, Edge, Point, Scene } from "../scene.js";
import type { Component } from "../tree.js";

const cardsInRow = 4;
const gap = { columns: 18, rows: 34, bus: 17 } as const;

/** The spokes of a hub, and how full their lanes are declared. */
export function layOutSpokes(hub: Component, spokes: readonly Component[]): Scene {
  const { margin } = frame;
  const title = `Spokes of ${hub.contract.text("environment") ?? "an environment"}`;
  const root = hubBox(hub, margin + 46);
  const placed = placeSpokes(spokes, root.y + root.height + gap.rows);
  const edges = placed.map(({ box, busY }) => branch(root, box, busY));
  const bottom = Math.max(...placed.map(({ box }) => box.y + box.height));
  const subtitle = `${counted(spokes.length, "account")}; a bar is a lane's quota, its marks where it warns`;
  return {
    title,
    description: `${title}: ${placed.map(({ box }) => box.title).join(". ")}.`,
    width: columns.width,
    height: bottom + margin,
    frames: [],
    texts: [
      { x: margin, y: margin + 16, text: title, style: "heading" },
      { x: margin, y: margin + 36, text: subtitle, style: "fact" },
    ],
    boxes: [root, ...placed.map(({ box }) => box)],
    edges,
    samples: [],
  };
}

function hubBox({ resource, contract }: Component, y: number): Box {
  const place = [contract.text("account"), contract.text("homeRegion")].join(" in ");
  const facts = [place, "takes a role to look and a role to recover in each"];
  const x = columns.width / 2 - frame.turnWidth / 2;
  const words = { key: resource.urn, tone: "traffic", title: "hub", facts } as const;
  return cardBox(words, { x, y, width: frame.turnWidth });
}

function placeSpokes(spokes: readonly Component[], top: number) {
  const { margin } = frame;
  const inner = columns.width - 2 * margin;
  const width = (inner - (cardsInRow - 1) * gap.columns) / cardsInRow;
  const placed: { readonly box: Box; readonly busY: number }[] = [];
  let y = top;
  for (let first = 0; first < spokes.length; first += cardsInRow) {
    const row = spokes.slice(first, first + cardsInRow);
    const boxes = row.map((spoke, index) => {
      const x = margin + index * (width + gap.columns);
      return spokeBox(spoke, { x, y, width });
    });
    placed.push(...boxes.map((box) => ({ box, busY: y - gap.bus })));
    y = Math.max(...boxes.map((box) => box.y + box.height)) + gap.rows;
  }
  return placed;
}

function spokeBox(
  { resource, contract, below }: Component,
  at: { readonly x: number; readonly y: number; readonly width: number },
): Box {
  const quota = drsQuotas.replicatingServers.value;
  const marks = ["warnAtServers", "criticalAtServers"].map(
    (name) => (contract.number(name) ?? quota) / quota,
  );
  const gauges = contract.records("lanes").map((lane) => {
    const servers = lane.number("declaredServers");
    const held =
      servers === undefined ? "servers not declared" : `${thousands(servers)} of ${quota}`;
    const words = `${lane.text("region") ?? "a Region"}: ${held}`;
    return { words, share: (servers ?? 0) / quota, markShares: marks };
  });
  const title = contract.text("accountName") ?? resource.name;
  const facts = [contract.text("account") ?? "account not known yet"];
  const resources = { [resource.type]: 1, "resources below it": below.length };
  return cardBox({ key: resource.urn, tone: "compute", title, facts, gauges, resources }, at);
}

/** From the hub down to the bus of a row, along it, and down into a spoke; lower rows are reached at the left. */
function branch(root: Box, box: Box, busY: number): Edge {
  const middle = root.x + root.width / 2;
  const x = box.x + box.width / 2;
  const firstBusY = root.y + root.height + gap.rows - gap.bus;
  const side = frame.margin / 2;
  const around: readonly Point[] =
    busY > firstBusY
      ? [
          [side, firstBusY],
          [side, busY],
        ]
      : [];
  const points: readonly Point[] = [
    [middle, root.y + root.height],
    [middle, firstBusY],
    ...around,
    [x, busY],
    [x, box.y],
  ];
  const shared = { style: "turns", isTwoWay: false, points, texts: [] } as const;
  return { from: root.key, to: box.key, ...shared, title: `hub to ${box.title}` };
}
