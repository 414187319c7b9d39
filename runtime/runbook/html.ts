import { escapeMarkup } from "../report/markup.js";
import { table as tableMarkup } from "../report/page/parts.js";
import { htmlPage } from "../report/page/shell.js";
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

/**
 * A runbook as one HTML page that needs nothing else, neither network nor scripts. Follows the
 * reader's light or dark scheme, prints on white; a click on a command selects all of it.
 */
export function renderHtml({ environment, sections }: Runbook): string {
  const title = `Runbook of ${environment}`;
  return htmlPage(title, runbookStyle, [
    "<main>",
    `<header class="top"><h1>${escapeMarkup(title)}</h1></header>`,
    `<nav><ol>${sections.map(entry).join("")}</ol></nav>`,
    ...sections.map(section),
    "</main>",
  ]);
}

const runbookStyle = `
nav{margin:18px 0 22px}
nav ol{margin:0;padding-left:22px}
nav a{color:var(--accent)}
.card table{min-width:0}
.card td,.card th{overflow-wrap:anywhere}
.never{margin:8px 0 12px;padding:8px 14px;border-left:3px solid var(--warning);background:var(--warning-soft)}
.never ul{margin:4px 0;padding-left:18px}
.steps{margin:0;padding:0;list-style:none;counter-reset:step}
.steps>li{margin:0 0 12px;padding:14px 0 4px;border-top:1px solid var(--line);counter-increment:step;break-inside:avoid}
.steps h3{margin:0 0 4px}
.steps h3::before{content:counter(step) ". "}
.caption{margin:8px 0 0;color:var(--ink-soft);font-size:13.5px}
.card pre{margin:4px 0 10px;background:var(--sunken);white-space:pre-wrap;overflow-wrap:anywhere;font-size:13px;user-select:all}
.checks{margin:6px 0 10px;padding:0;list-style:none}
.checks label{display:flex;gap:9px;align-items:baseline;padding:2px 0}
dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:2px 14px;margin:0 0 8px;font-size:14px}
dl.facts dt{color:var(--ink-soft)}
dl.facts dd{margin:0}
.plane{padding:0 8px;border-radius:999px;background:var(--good-soft);color:var(--good);font-size:13px}
.plane.control-plane{background:var(--warning-soft);color:var(--warning)}
.plane.none{background:var(--sunken);color:var(--ink-soft)}
@media print{nav{break-after:page}.card{break-inside:auto}.card pre{border-color:#999}}
`.trim();

function entry({ id, title }: Section): string {
  return `<li><a href="#${escapeMarkup(id)}">${escapeMarkup(title)}</a></li>`;
}

function section(one: Section): string {
  const settings = settingLines(one);
  const content = [
    ...one.about.map((text) => `<p>${inline(text)}</p>`),
    ...never(one),
    ...one.tables.map(table),
    ...(settings.length > 0 ? [setFirst(one), shell(settings)] : []),
    ...(one.steps.length > 0
      ? [`<ol class="steps">\n${one.steps.map(step).join("\n")}\n</ol>`]
      : []),
  ].join("\n");
  return `<section class="card" id="${escapeMarkup(one.id)}">\n<h2>${escapeMarkup(one.title)}</h2>\n${content}\n</section>`;
}

function setFirst(one: Section): string {
  const items = settingsInWords(one).map((text) => `<li>${inline(text)}</li>`);
  return `<p class="caption">Set first</p>\n<ul class="caption">${items.join("")}</ul>`;
}

function never({ never: rules = [] }: Section): readonly string[] {
  if (rules.length === 0) return [];
  const items = rules.map((rule) => `<li>${inline(rule)}</li>`).join("");
  return [`<div class="never"><strong>Never</strong><ul>${items}</ul></div>`];
}

function table({ heading, columns, rows }: Table): string {
  const named = columns.map((column) => ({ heading: column }));
  return `<h3>${escapeMarkup(heading)}</h3>\n${tableMarkup(named, rows)}`;
}

function step({
  title,
  why,
  plane,
  commands,
  checks,
  takesAtMost,
  back,
  isBestEffort,
}: Step): string {
  const boxes = checks.map(
    (check) => `<li><label><input type="checkbox"><span>${inline(check)}</span></label></li>`,
  );
  const facts = [
    ...(takesAtMost === undefined
      ? []
      : [fact("Takes at most", escapeMarkup(boundInWords(takesAtMost)))]),
    fact("Needs", `<span class="plane ${plane}">${planeInWords(plane)}</span>`),
    ...(isBestEffort ? [fact("Best effort", bestEffort)] : []),
    fact("Way back", inline(back)),
  ];
  return [
    `<li><h3>${escapeMarkup(title)}</h3>`,
    `<p>${inline(why)}</p>`,
    ...commands.map(command),
    ...(boxes.length > 0 ? [`<ul class="checks">${boxes.join("")}</ul>`] : []),
    `<dl class="facts">${facts.join("")}</dl></li>`,
  ].join("\n");
}

/** Text with what stands between backticks set as code. */
function inline(text: string): string {
  return text
    .split("`")
    .map((part, index) =>
      index % 2 === 0 ? escapeMarkup(part) : `<code class="mono">${escapeMarkup(part)}</code>`,
    )
    .join("");
}

function fact(name: string, markup: string): string {
  return `<dt>${name}</dt><dd>${markup}</dd>`;
}

function command(one: Command): string {
  const caption = captionOf(one);
  const above = caption === "" ? "" : `<p class="caption">${escapeMarkup(caption)}</p>\n`;
  return `${above}${shell([shellLine(one.argv)])}`;
}

function shell(lines: readonly string[]): string {
  return `<pre><code>${escapeMarkup(lines.join("\n"))}</code></pre>`;
}
