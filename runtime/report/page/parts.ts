import { escapeMarkup } from "../markup.js";

/** A part of a gauge: its share of the whole, 0 to 1, and its class. */
export interface GaugePart {
  readonly share: number;
  readonly tone: string;
}

/** A flat bar of parts side by side, with upright stops where a bound lies. */
export function gauge(
  parts: readonly GaugePart[],
  words: string,
  stops: readonly number[] = [],
): string {
  let left = 0;
  const bars = parts.map(({ share, tone }) => {
    const width = percent(share);
    const bar =
      width > 0
        ? `<rect class="${tone}" x="${left}%" width="${width}%" height="100%" rx="2"/>`
        : "";
    left += width;
    return bar;
  });
  const lines = stops.map((stop) => {
    const at = Math.min(99.6, Math.max(0.4, percent(stop)));
    return `<line class="stop" x1="${at}%" x2="${at}%" y1="-3" y2="13"/>`;
  });
  return `<svg class="gauge" role="img" aria-label="${escapeMarkup(words)}"><title>${escapeMarkup(words)}</title><rect class="rail" width="100%" height="100%" rx="2"/>${bars.join("")}${lines.join("")}</svg>`;
}

function percent(share: number): number {
  const bounded = Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0));
  return Math.round(bounded * 10_000) / 100;
}

/** A column of a table: its heading, and whether it holds numbers. */
export interface Column {
  readonly heading: string;
  readonly isNumber?: boolean;
}

/** A cell: text that is escaped, or markup that is already safe; the first of a row is its heading. */
export type Cell = string | { readonly markup: string; readonly tone?: string };

export function table(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const numeric = (index: number) => (columns[index]?.isNumber ? "n" : "");
  const head = columns
    .map(
      ({ heading }, index) =>
        `<th scope="col"${classes(numeric(index))}>${escapeMarkup(heading)}</th>`,
    )
    .join("");
  const body = rows.map((row) => {
    const cells = row.map((cell, index) => {
      const isText = typeof cell === "string";
      const content = isText ? escapeMarkup(cell) : cell.markup;
      const tone = isText ? "" : (cell.tone ?? "");
      if (index === 0) return `<th scope="row">${content}</th>`;
      return `<td${classes(numeric(index), tone)}>${content}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>\n${body.join("\n")}\n</tbody></table></div>`;
}

function classes(...names: readonly string[]): string {
  const given = names.filter((name) => name !== "");
  return given.length > 0 ? ` class="${given.join(" ")}"` : "";
}

/** A section with a heading. */
export function card(heading: string, content: string, tone = ""): string {
  return `<section class="card${tone === "" ? "" : ` ${tone}`}">\n<h2>${escapeMarkup(heading)}</h2>\n${content}\n</section>`;
}
