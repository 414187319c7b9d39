import type { RegisteredResource } from "../../../rehearsal/program/registered.js";
import { counted } from "../../wording.js";
import { columns, frame } from "../cell/frame.js";
import { Fields } from "../fields.js";
import type { Box, Scene, Text } from "../scene.js";
import { linesOf, type typography as Typography, typography } from "../typography.js";
import { type Widget, widgetsOf } from "./widgets.js";

/** Columns of CloudWatch's grid. */
const gridColumns = 24;

/** Height of a row of the grid, and what is left free around a widget, pixels. */
const grid = { row: 27, gap: 8, side: 12, above: 8, glyph: 40 } as const;

const dashboardType = "aws:cloudwatch/dashboard:Dashboard";

/** The dashboards that a program registers, by the names that they have in CloudWatch. */
export function dashboardsOf(
  resources: readonly RegisteredResource[],
): ReadonlyMap<string, RegisteredResource> {
  const dashboards = resources.filter(({ type }) => type === dashboardType);
  return new Map(
    dashboards.map((one) => [new Fields(one.inputs).text("dashboardName") ?? one.name, one]),
  );
}

/** A dashboard as CloudWatch places its widgets, with what each of them shows. */
export function layOutDashboard(name: string, { inputs }: RegisteredResource): Scene {
  const { margin } = frame;
  const body = new Fields(inputs).text("dashboardBody");
  const widgets = widgetsOf(body ?? "{}");
  const boxes = widgets.map((widget, index) => widgetBox(widget, index, margin + 50));
  const bottom = Math.max(margin + 50, ...boxes.map((box) => box.y + box.height));
  const subtitle =
    body === undefined
      ? "CloudWatch dashboard, its body not known before the deployment"
      : `CloudWatch dashboard of ${counted(widgets.length, "widget")}`;
  return {
    title: name,
    description: `${name}, ${subtitle}: ${boxes.map((box) => box.title).join(". ")}.`,
    width: columns.width,
    height: bottom + margin,
    frames: [],
    texts: [
      { x: margin, y: margin + 16, text: name, style: "heading" },
      { x: margin, y: margin + 36, text: subtitle, style: "fact" },
    ],
    boxes,
    edges: [],
    samples: [],
  };
}

function widgetBox(widget: Widget, index: number, top: number): Box {
  const { place, title, glyph, facts } = widget;
  const column = (columns.width - 2 * frame.margin + grid.gap) / gridColumns;
  const box = {
    x: frame.margin + place.x * column,
    y: top + place.y * grid.row,
    width: place.width * column - grid.gap,
    height: place.height * grid.row - grid.gap,
  };
  const texts = fittingTexts({ title, facts }, box);
  const told = [title, ...facts].join("; ");
  const shared = { tone: "watching", glyph, texts, meters: [] } as const;
  return { key: `widget ${index}`, title: told, ...box, ...shared };
}

/** As many lines as the box holds; the last one counts what it does not. */
function fittingTexts(
  { title, facts }: Pick<Widget, "title" | "facts">,
  box: Pick<Box, "x" | "y" | "width" | "height">,
): readonly Text[] {
  const x = box.x + grid.side;
  const texts: Text[] = [];
  // A widget of one row holds its title alone.
  const above = Math.min(grid.above, (box.height - typography.name.sizePixels) / 2 - 1);
  let y = box.y + above;
  const write = (text: string, style: keyof typeof Typography) => {
    texts.push({ x, y: y + typography[style].sizePixels, text, style });
    y += typography[style].linePixels;
  };
  const inner = box.width - 2 * grid.side;
  for (const line of linesOf(title, "name", inner - grid.glyph)) write(line, "name");
  const bottom = box.y + box.height - above;
  for (const [index, fact] of facts.entries()) {
    const lines = linesOf(fact, "fact", inner);
    const isLast = index === facts.length - 1;
    const room = Math.floor((bottom - y) / typography.fact.linePixels);
    if (lines.length + (isLast ? 0 : 1) > room) {
      if (room > 0) write(`and ${facts.length - index} more`, "fact");
      break;
    }
    for (const line of lines) write(line, "fact");
  }
  return texts;
}
