/** A table of Markdown. Cells may hold inline Markdown; bars and line breaks are made harmless. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function cell(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").replaceAll("|", "\\|");
}

export function code(text: string | number): string {
  return `\`${text}\``;
}

const region =
  /^<!-- generated: ([a-z-]+(?: [A-Za-z-]+)?) -->\n(?:[\s\S]*?\n)??<!-- \/generated -->$/gm;
const opening = /^<!-- generated: /gm;

/**
 * Fills the marked regions of a page: `<!-- generated: <name> -->` to `<!-- /generated -->`, each on
 * a line of its own. Throws when a region is left open or nobody knows what belongs into it.
 */
export function fillRegions(page: string, contentOf: (name: string) => string): string {
  let filled = 0;
  const text = page.replace(region, (_whole, name: string) => {
    filled += 1;
    return `<!-- generated: ${name} -->\n${contentOf(name)}\n<!-- /generated -->`;
  });
  const opened = page.match(opening)?.length ?? 0;
  if (opened !== filled) {
    throw new Error(`every generated region must be closed, got ${opened - filled} open.`);
  }
  return text;
}
