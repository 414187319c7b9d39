import { escapeMarkup } from "../markup.js";
import { schemeRules } from "../timeline/palette.js";
import type {
  Box,
  Edge,
  Frame,
  Glyph,
  Meter,
  Point,
  Rectangle,
  Sample,
  Scene,
  Text,
} from "./scene.js";
import { diagramStyle } from "./style.js";

const gapBetweenScenes = 20;

/** Scenes one below the other as a picture of its own: carries its styles and its ground, in light and in dark. */
export function drawScenes(scenes: readonly Scene[]): string {
  const width = Math.max(...scenes.map((scene) => scene.width));
  const height = scenes.reduce((sum, scene) => sum + scene.height + gapBetweenScenes, 0);
  const title = scenes.map((scene) => scene.title).join("; ");
  const description = scenes.map((scene) => scene.description).join(" ");
  let top = 0;
  const drawn = scenes.map((scene) => {
    const at = top;
    top += scene.height + gapBetweenScenes;
    return drawScene(scene, at, width);
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="dg" viewBox="0 0 ${number(width)} ${number(height - gapBetweenScenes)}" width="${number(width)}" height="${number(height - gapBetweenScenes)}" role="img" aria-labelledby="dg-title dg-desc">`,
    `<title id="dg-title">${escapeMarkup(title)}</title>`,
    `<desc id="dg-desc">${escapeMarkup(description)}</desc>`,
    `<style>\n${schemeRules(".dg")}\n${diagramStyle}\n</style>`,
    ...drawn,
    "</svg>\n",
  ].join("\n");
}

function drawScene(scene: Scene, top: number, width: number): string {
  const ground = { x: 0.5, y: 0.5, width: width - 1, height: scene.height - 1 };
  return [
    `<g transform="translate(0 ${number(top)})" role="group" aria-label="${escapeMarkup(scene.title)}">`,
    `<rect class="ground" ${placeOf(ground)} rx="12"/>`,
    ...scene.frames.map(drawFrame),
    ...scene.edges.map(drawEdge),
    ...scene.boxes.map(drawBox),
    ...scene.texts.map(drawText),
    ...scene.edges.flatMap(({ texts }) => texts.map(drawText)),
    ...scene.samples.map(drawSample),
    "</g>",
  ].join("\n");
}

function drawFrame({ kind, ...place }: Frame): string {
  return `<rect class="frame-${kind}" ${placeOf(place)} rx="${kind === "zone" ? 10 : 8}"/>`;
}

function drawBox({ tone, title, texts, meters, glyph, ...place }: Box): string {
  const isBad = texts.some(({ isAlert }) => isAlert);
  const looks = tone === "region" ? "head" : `${tone}${isBad ? " bad" : ""}`;
  const hasStripe = tone !== "region" && tone !== "outside";
  const stripe = { ...place, width: 4 };
  return [
    `<g class="${looks}"><title>${escapeMarkup(title)}</title>`,
    `<rect class="box ${looks}" ${placeOf(place)} rx="4"/>`,
    ...(hasStripe ? [`<rect class="stripe" ${placeOf(stripe)} rx="2"/>`] : []),
    ...texts.map(drawText),
    ...meters.map(drawMeter),
    ...(glyph === undefined ? [] : [drawGlyph(glyph, place)]),
    "</g>",
  ].join("\n");
}

/** Signs of 26 by 16 pixels. */
const glyphPaths: Readonly<Record<Glyph, string>> = {
  lines: "M0 14L6 8L12 11L18 3L26 6",
  bars: "M2 16V9M9 16V4M16 16V7M23 16V1",
  gauge: "M2 15A11 11 0 0 1 24 15M13 15L19 7",
  number: "M9 1L7 15M18 1L16 15M4 5H23M3 11H22",
  table: "M0 2H26M0 8H26M0 14H26M9 2V14",
  alarm: "M13 1L23 15H3ZM13 6V10M13 12V13",
  text: "M0 2H26M0 8H20M0 14H23",
};

function drawGlyph(glyph: Glyph, { x, y, width, height }: Rectangle): string {
  const top = y + Math.min(9, (height - 16) / 2);
  const at = `translate(${number(x + width - 38)} ${number(top)})`;
  return `<path class="glyph" transform="${at}" d="${glyphPaths[glyph]}"/>`;
}

function drawMeter({ share, markShares, ...place }: Meter): string {
  const marks = markShares
    .filter((mark) => mark > 0 && mark < 1)
    .map((mark) => {
      const x = number(place.x + place.width * mark);
      return `<line class="meter-mark" x1="${x}" x2="${x}" y1="${number(place.y - 2)}" y2="${number(place.y + place.height + 2)}"/>`;
    });
  const filled = { ...place, width: place.width * Math.min(1, Math.max(0, share)) };
  return [
    `<rect class="meter" ${placeOf(place)} rx="3"/>`,
    `<rect class="meter-share" ${placeOf(filled)} rx="3"/>`,
    ...marks,
  ].join("");
}

function drawEdge({ style, isTwoWay, points, title }: Edge): string {
  const path = points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${number(x)} ${number(y)}`);
  const arrows = [arrowAt(points.at(-2), points.at(-1))];
  if (isTwoWay) arrows.push(arrowAt(points[1], points[0]));
  return `<g class="${style}"><title>${escapeMarkup(title)}</title><path class="edge" d="${path.join("")}"/>${arrows.join("")}</g>`;
}

/** An arrow's head that ends at a point, seen from another one. */
function arrowAt(from: Point | undefined, to: Point | undefined): string {
  if (from === undefined || to === undefined) return "";
  const [x, y] = to;
  const angle = Math.atan2(y - from[1], x - from[0]);
  const corner = (turn: number) => {
    const [length, at] = [8, angle + Math.PI + turn];
    return `${number(x + length * Math.cos(at))} ${number(y + length * Math.sin(at))}`;
  };
  return `<path class="arrow" d="M${number(x)} ${number(y)}L${corner(0.42)}L${corner(-0.42)}Z"/>`;
}

function drawText({ x, y, text, style, anchor = "start", isAlert = false }: Text): string {
  const aligned = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
  const looks = isAlert ? `${style} alert` : style;
  return `<text class="${looks}" x="${number(x)}" y="${number(y)}"${aligned}>${escapeMarkup(text)}</text>`;
}

function drawSample({ x, y, looks, text }: Sample): string {
  const width = 26;
  if (looks === "meter") {
    const meter = { x, y: y - 3, width, height: 6, share: 0.4, markShares: [0.7] };
    return `<g class="compute">${drawMeter(meter)}</g>${drawText(text)}`;
  }
  const points: readonly Point[] = [
    [x, y],
    [x + width, y],
  ];
  const edge = { from: "", to: "", style: looks, isTwoWay: false, points, texts: [] };
  return drawEdge({ ...edge, title: text.text }) + drawText(text);
}

function placeOf({ x, y, width, height }: Rectangle): string {
  return `x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"`;
}

/** A coordinate with two decimals at most, never a negative zero. */
function number(value: number): number {
  return Math.round(value * 100) / 100 || 0;
}
