import type { TextStyle, Tone } from "./scene.js";
import { typography } from "./typography.js";

/** Place of each tone's colour in the palette. */
const colours: Readonly<Record<Exclude<Tone, "region" | "outside">, number>> = {
  traffic: 0,
  network: 5,
  compute: 3,
  data: 1,
  watching: 2,
};

const inks: Readonly<Record<TextStyle, string>> = {
  heading: "ink",
  region: "ink",
  name: "ink",
  fact: "ink-soft",
  note: "ink-faint",
  group: "ink-soft",
};

/** Rules of the diagram's classes; they read the palette's custom properties. */
export const diagramStyle = [
  ".dg text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',sans-serif}",
  ...(Object.keys(inks) as TextStyle[]).map(textRule),
  ".dg .alert{fill:var(--bad)}",
  ".dg .ground{fill:var(--surface);stroke:var(--line)}",
  ".dg .frame-zone{fill:none;stroke:var(--quiet);stroke-dasharray:5 4}",
  ".dg .frame-region{fill:var(--sunken);stroke:var(--line)}",
  ".dg .box{fill:var(--surface);stroke:var(--line)}",
  ".dg .box.head{fill:none;stroke:none}",
  ".dg .box.outside{stroke:var(--quiet);stroke-dasharray:4 3}",
  ".dg .box.outside.bad{stroke:var(--bad);fill:var(--bad-soft)}",
  ...Object.entries(colours).map(([tone, index]) => `.dg .${tone}{--c:var(--wave-${index})}`),
  ".dg .stripe{fill:var(--c)}",
  ".dg .glyph{fill:none;stroke:var(--c);stroke-width:1.5;stroke-opacity:.7}",
  ".dg .meter{fill:var(--line)}",
  ".dg .meter-share{fill:var(--c)}",
  ".dg .meter-mark{stroke:var(--ink);stroke-width:1.5}",
  ".dg .edge{fill:none;stroke-width:1.6;stroke:var(--k)}",
  ".dg .arrow{fill:var(--k)}",
  `.dg .turns{--k:var(--wave-${colours.traffic})}`,
  `.dg .copy{--k:var(--wave-${colours.data})}`,
  ".dg .leaves{--k:var(--bad)}",
  ".dg .tie{--k:var(--quiet)}",
  `.dg .watches{--k:var(--wave-${colours.watching})}`,
  ".dg .watches .edge{stroke-dasharray:2 4;stroke-linecap:round}",
  ".dg .leaves .edge{stroke-width:2.2}",
].join("\n");

function textRule(style: TextStyle): string {
  const { sizePixels, isBold } = typography[style];
  const weight = isBold ? ";font-weight:600" : "";
  const spaced = style === "group" ? ";text-transform:capitalize" : "";
  return `.dg .${style}{font-size:${sizePixels}px;fill:var(--${inks[style]})${weight}${spaced}}`;
}
