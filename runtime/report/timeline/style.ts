import { waveColours } from "./palette.js";

/** Rules of the timeline's classes; they read the palette's custom properties. */
export const timelineStyle = [
  ".tl text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',sans-serif;fill:var(--ink-soft);font-size:11px}",
  ".tl .lane-name{fill:var(--ink);font-size:13px;font-weight:600}",
  ".tl .lane-line{stroke:var(--line);stroke-width:1}",
  ".tl .grid{stroke:var(--line-soft);stroke-width:1}",
  ".tl .tick{fill:var(--ink-faint);font-variant-numeric:tabular-nums;text-anchor:middle}",
  ".tl .job-held{stroke-width:1;fill-opacity:.13;stroke-opacity:.5}",
  ".tl .server{stroke:var(--quiet)}",
  ".tl .stranger{fill:url(#tl-hatch);stroke:var(--quiet);stroke-width:1}",
  ".tl .terminate{fill:var(--quiet);fill-opacity:.2;stroke:var(--quiet);stroke-opacity:.55}",
  ".tl .cross{stroke:var(--bad);stroke-width:1.6;stroke-linecap:round}",
  ".tl .tag{fill:var(--surface);fill-opacity:.92}",
  ".tl .tag-text{fill:var(--ink);font-size:11px;font-weight:600}",
  ".tl .gate{stroke:var(--ink-soft);stroke-width:1;stroke-dasharray:2 3}",
  ".tl .gate-flag{stroke-width:1}",
  ".tl .gate-text{fill:var(--ink);font-weight:600}",
  ".tl .end{stroke:var(--ink);stroke-width:1.5}",
  ".tl .objective{stroke:var(--bad);stroke-width:1.5;stroke-dasharray:6 3}",
  ".tl .strip{fill:var(--sunken)}",
  ".tl .quota{stroke:var(--quiet);stroke-width:1;stroke-dasharray:1 2}",
  ".tl .in-flight{fill:var(--quiet);fill-opacity:.4}",
  ".tl .in-flight-edge{fill:none;stroke:var(--ink-soft);stroke-width:1.2}",
  ".tl .small{font-size:10px;fill:var(--ink-faint);font-variant-numeric:tabular-nums}",
  ".tl .broken{fill:var(--bad)}",
  ...waveColours.map(
    (_, index) =>
      `.tl .w${index}{--c:var(--wave-${index})}.tl .w${index} .job-held{fill:var(--c);stroke:var(--c)}` +
      `.tl .w${index} .server{stroke:var(--c)}.tl .w${index} .gate-flag{stroke:var(--c);fill:var(--c);fill-opacity:.16}`,
  ),
  ".tl .server.failed{stroke:var(--bad);stroke-dasharray:3 2}",
].join("\n");
