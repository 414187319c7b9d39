import type { Command, Runbook, Section, Step, Table } from "./model.js";
import {
  bestEffort,
  boundInWords,
  captionOf,
  planeInWords,
  settingLines,
  settingsInWords,
} from "./wording.js";
import { shellLine } from "./words.js";

/** A runbook as Markdown, to be read in a repository or a wiki, with boxes to tick. */
export function renderMarkdown({ environment, sections }: Runbook): string {
  const contents = sections.map(({ title }) => `- [${plain(title)}](#${anchorOf(title)})`);
  const parts = [
    `# Runbook of ${plain(environment)}`,
    contents.join("\n"),
    ...sections.map(section),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** The anchor that GitHub and most wikis give a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .replaceAll(" ", "-");
}

function section(one: Section): string {
  const settings = settingLines(one);
  return [
    `## ${plain(one.title)}`,
    ...one.about.map(plain),
    ...never(one),
    ...one.tables.map(table),
    ...(settings.length > 0
      ? [`Set first:\n\n${list(settingsInWords(one))}`, shell(settings)]
      : []),
    ...one.steps.map(step),
  ].join("\n\n");
}

function never({ never: rules = [] }: Section): readonly string[] {
  return rules.length > 0 ? [`**Never:**\n\n${list(rules)}`] : [];
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${plain(item)}`).join("\n");
}

function table({ heading, columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  const body = [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
  return `### ${plain(heading)}\n\n${body}`;
}

function step(one: Step, index: number): string {
  const { title, why, plane, commands, checks, takesAtMost, back, isBestEffort } = one;
  const facts = [
    ...(takesAtMost === undefined ? [] : [`- Takes at most: ${plain(boundInWords(takesAtMost))}`]),
    `- Needs: ${planeInWords(plane)}`,
    ...(isBestEffort ? [`- Best effort: ${bestEffort}`] : []),
    `- Way back: ${plain(back)}`,
  ];
  return [
    `### ${index + 1}. ${plain(title)}`,
    plain(why),
    ...commands.map(command),
    ...(checks.length > 0 ? [checks.map((check) => `- [ ] ${plain(check)}`).join("\n")] : []),
    facts.join("\n"),
  ].join("\n\n");
}

function command(one: Command): string {
  const caption = captionOf(one);
  return `${caption === "" ? "" : `${plain(caption)}\n\n`}${shell([shellLine(one.argv)])}`;
}

/** A fence longer than any run of backticks in what it holds. */
function shell(lines: readonly string[]): string {
  const text = lines.join("\n");
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}sh\n${text}\n${fence}`;
}

/**
 * Text of the outputs is no markup: nothing in it may begin a tag, a link or a picture. Words set as
 * code stay as they are, for there a backslash would be one.
 */
function plain(text: string): string {
  return text
    .split(/(`[\w .,:/=-]+`)/)
    .map((part, index) => (index % 2 === 0 ? escaped(part) : part))
    .join("");
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/[[\]*_\\]/g, "\\$&");
}

function cell(text: string): string {
  return plain(text).replaceAll("|", "\\|");
}
