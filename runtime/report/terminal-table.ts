import Table from "cli-table3";
import pc from "picocolors";

/** The colours of a terminal, or none of them. */
export type Paint = ReturnType<typeof pc.createColors>;

export function paint(color: boolean): Paint {
  return pc.createColors(color);
}

/** A column of a table in a terminal. */
export interface TerminalColumn {
  readonly heading: string;
  readonly isNumber?: boolean;
}

export type Tone = "good" | "warning" | "bad" | "quiet";

/** Text of a cell, with a tone where it should be noticed or overlooked. */
export type TerminalCell = string | { readonly text: string; readonly tone: Tone };

/** A table without lines: a quiet heading, numbers to the right, indented by two. */
export function terminalTable(
  columns: readonly TerminalColumn[],
  rows: readonly (readonly TerminalCell[])[],
  colours: Paint,
): string {
  const table = new Table({
    head: columns.map(({ heading }) => colours.dim(heading)),
    colAligns: columns.map(({ isNumber }) => (isNumber ? "right" : "left")),
    chars: noLines,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  table.push(...rows.map((row) => row.map((cell) => painted(cell, colours))));
  return table
    .toString()
    .split("\n")
    .map((line) => `  ${line.trimEnd()}`)
    .join("\n");
}

function painted(cell: TerminalCell, colours: Paint): string {
  return typeof cell === "string" ? oneLine(cell) : toned(oneLine(cell.text), cell.tone, colours);
}

export function toned(text: string, tone: Tone, colours: Paint): string {
  switch (tone) {
    case "good":
      return colours.green(text);
    case "warning":
      return colours.yellow(text);
    case "bad":
      return colours.red(text);
    case "quiet":
      return colours.dim(text);
  }
}

const noLines = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "   ",
};

/**
 * Text on one line and without control characters, so that what a file or a service says cannot
 * move the cursor of a terminal.
 */
export function oneLine(text: string): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x20 || (code >= 0x7f && code < 0xa0) ? " " : character;
  }).join("");
}
