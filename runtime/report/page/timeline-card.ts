import type { RehearsalDocument } from "../../rehearsal/document.js";
import { escapeMarkup } from "../markup.js";
import { waveColour } from "../timeline/palette.js";
import { renderTimelineForPage } from "../timeline/svg.js";
import { card } from "./parts.js";

/** The timeline with its legend. */
export function renderTimelineCard(document: RehearsalDocument): string {
  const entries = [...waveEntries(document), ...jobEntries(document)];
  const legend = `<ul class="legend" aria-label="Legend">\n${entries.join("\n")}\n</ul>`;
  const picture = `<div class="scroll" tabindex="0" role="region" aria-label="Timeline">\n${renderTimelineForPage(document)}\n</div>`;
  return card("Timeline", `${legend}\n${picture}`);
}

function waveEntries({ waves }: RehearsalDocument): readonly string[] {
  return waves.map(({ wave }, index) =>
    entry(
      `<g class="w${waveColour(index)}"><rect class="job-held" x=".5" y=".5" width="23" height="13" rx="3"/><g stroke-width="2"><line class="server" x1="1" x2="19" y1="4" y2="4"/><line class="server" x1="1" x2="14" y1="7" y2="7"/><line class="server" x1="1" x2="10" y1="10" y2="10"/></g></g>`,
      `Wave ${index + 1}: ${wave}`,
    ),
  );
}

function jobEntries(document: RehearsalDocument): readonly string[] {
  const { jobTraces, serverTraces, brokenInvariants } = document;
  const strangers = entry(
    '<rect class="stranger" x=".5" y=".5" width="23" height="13" rx="3"/>',
    "Somebody else's job",
  );
  const cleanUp = entry(
    '<rect class="terminate" x=".5" y=".5" width="23" height="13" rx="3"/>',
    "Clean-up",
  );
  const failed = entry(
    '<line class="server failed" stroke-width="2" x1="0" x2="18" y1="7" y2="7"/><path class="cross" d="M16 4L22 10M16 10L22 4"/>',
    "Failed server",
  );
  const broken = entry('<path class="broken" d="M6 2H18L12 12Z"/>', "Broken invariant");
  return [
    entry('<line class="gate" x1="12" x2="12" y1="0" y2="14"/>', "A gate opens"),
    ...(jobTraces.some(({ startedBy }) => startedBy === "stranger") ? [strangers] : []),
    ...(jobTraces.some(({ kind }) => kind === "terminate") ? [cleanUp] : []),
    ...(serverTraces.some(({ outcome }) => outcome === "failed") ? [failed] : []),
    ...(brokenInvariants.length > 0 ? [broken] : []),
    entry(
      '<rect class="strip" width="24" height="14"/><path class="in-flight" d="M2 14V5H15V14Z"/><line class="quota" x1="0" x2="24" y1="1" y2="1"/>',
      "Servers in jobs, under the lane's quota of 500",
    ),
  ];
}

function entry(picture: string, words: string): string {
  return `<li><svg class="tl" viewBox="0 0 24 14" aria-hidden="true">${picture}</svg>${escapeMarkup(words)}</li>`;
}
