import type { CampaignDocument, FailedCase } from "../rehearsal/campaign/document.js";
import { oneLine, type Paint, paint } from "./terminal-table.js";
import { counted, thousands } from "./wording.js";

/** A campaign as a terminal shows it: what was rehearsed, what was injected, and what failed. */
export function renderCampaign(
  document: CampaignDocument,
  { color }: { readonly color: boolean },
): string {
  const colours = paint(color);
  const lines = [headline(document, colours), "", ...counts(document)];
  for (const failure of document.failures) lines.push("", ...failureLines(failure, colours));
  return `${lines.join("\n")}\n`;
}

function headline(
  { environment, runs, firstSeed, failures }: CampaignDocument,
  colours: Paint,
): string {
  const seeds = runs === 1 ? `seed ${firstSeed}` : `seeds ${firstSeed} to ${firstSeed + runs - 1}`;
  const what = `${counted(runs, "rehearsal")} of ${oneLine(environment)} (${seeds})`;
  if (failures.length === 0) return colours.green(`✓ ${what} broke no rule.`);
  return colours.red(`✗ ${thousands(failures.length)} of ${what} failed.`);
}

function counts(document: CampaignDocument): readonly string[] {
  const { servers, calls, outcomes, faults, neverInjected, wallSeconds, runs } = document;
  const rows: readonly (readonly [string, string])[] = [
    ["servers", thousands(servers)],
    ["calls to emulated AWS", thousands(calls)],
    ["ended as", listed(outcomes)],
    ["faults injected", listed(faults)],
    ["faults that never fell", neverInjected.join(", ") || "none"],
    [
      "took",
      `${wallSeconds.toFixed(1)} s, ${thousands(Math.round((wallSeconds / Math.max(1, runs)) * 1000))} ms each`,
    ],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}   ${oneLine(value)}`);
}

function listed(byName: Readonly<Record<string, number>>): string {
  const parts = Object.entries(byName).map(([name, count]) => `${name} ${thousands(count)}`);
  return parts.join(", ") || "none";
}

function failureLines(
  { seed, plan, reasons, command, smaller }: FailedCase,
  colours: Paint,
): readonly string[] {
  const lines = [
    colours.red(`seed ${seed}, plan ${oneLine(plan)}`),
    ...reasons.map((reason) => `  ${oneLine(reason)}`),
    `  again:    ${oneLine(command)}`,
  ];
  if (!smaller) return lines;
  const { servers, waves, tries, isSmallest } = smaller;
  const faults = counted(smaller.case.faults.faults.length, "fault");
  const found = isSmallest ? "nothing smaller fails" : "there may be a smaller one";
  const size = `${counted(servers, "server")}, ${counted(waves, "wave")}, ${faults}`;
  return [
    ...lines,
    `  smaller:  ${oneLine(smaller.command)}`,
    colours.dim(`            ${size}; ${found} (${counted(tries, "try", "tries")})`),
  ];
}
