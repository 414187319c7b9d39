import { drsQuotas } from "../../limits.js";
import type { RehearsalDocument, ServerTrace, WaveTrace } from "../../rehearsal/document.js";
import { escapeMarkup } from "../markup.js";
import { layOutTimeline } from "../timeline/layout.js";
import { waveColour } from "../timeline/palette.js";
import { clockTime, counted, duration, holdInWords, thousands } from "../wording.js";
import { grantsCard } from "./grants.js";
import { type Cell, card, gauge, table } from "./parts.js";

/** A group of servers up to this size is shown open. */
const openUpTo = 12;

/** Everything below the timeline: who did not launch, waves, lanes, holds, calls and rights. */
export function renderDetails(document: RehearsalDocument): string {
  return [
    serversCard(document),
    wavesCard(document),
    lanesCard(document),
    `<div class="pair">${heldBackCard(document)}${callsCard(document)}</div>`,
    grantsCard(document),
  ]
    .filter((section) => section !== "")
    .join("\n");
}

/** The rules of the engine that were seen broken; empty when none was. */
export function renderBroken({ brokenInvariants }: RehearsalDocument): string {
  if (brokenInvariants.length === 0) return "";
  const rows = brokenInvariants.map(({ invariant, lane, atSeconds, what }) => [
    invariant,
    lane ?? "all",
    clockTime(atSeconds),
    what,
  ]);
  const columns = [
    { heading: "Invariant" },
    { heading: "Lane" },
    { heading: "At", isNumber: true },
    { heading: "What was seen" },
  ];
  return card("Broken invariants", table(columns, rows), "alarm");
}

function wavesCard(document: RehearsalDocument): string {
  const columns = [
    { heading: "Wave" },
    { heading: "Waits for" },
    { heading: "Servers", isNumber: true },
    { heading: "Launched", isNumber: true },
    { heading: "Failed", isNumber: true },
    { heading: "Skipped", isNumber: true },
    { heading: "First start", isNumber: true },
    { heading: "Last launch", isNumber: true },
    { heading: "Took", isNumber: true },
  ];
  return card("Waves", table(columns, document.waves.map(waveRow)));
}

function waveRow(wave: WaveTrace, index: number): readonly Cell[] {
  const { startedAtSeconds, endedAtSeconds } = wave;
  const swatch = `<span class="swatch w${waveColour(index)}" aria-hidden="true"></span>`;
  const took =
    startedAtSeconds === undefined || endedAtSeconds === undefined
      ? "–"
      : duration(endedAtSeconds - startedAtSeconds);
  return [
    { markup: `${swatch}${index + 1}. ${escapeMarkup(wave.wave)}` },
    wave.dependsOn.length > 0 ? wave.dependsOn.join(", ") : "nothing",
    thousands(wave.servers),
    thousands(wave.launched),
    failures(wave.failed),
    { markup: thousands(wave.skipped), tone: wave.skipped === 0 ? "zero" : "" },
    startedAtSeconds === undefined ? "–" : clockTime(startedAtSeconds),
    endedAtSeconds === undefined ? "–" : clockTime(endedAtSeconds),
    took,
  ];
}

function failures(count: number): Cell {
  return { markup: thousands(count), tone: count === 0 ? "zero" : "some-bad" };
}

function lanesCard({ lanes }: RehearsalDocument): string {
  const { concurrentJobs, serversInAllJobs } = drsQuotas;
  const columns = [
    { heading: "Region" },
    { heading: "Account" },
    { heading: "Servers", isNumber: true },
    { heading: "Launched", isNumber: true },
    { heading: `Jobs at once, quota ${concurrentJobs.value}`, isNumber: true },
    { heading: `Servers in jobs at once, quota ${serversInAllJobs.value}`, isNumber: true },
  ];
  const rows = lanes.map(
    ({ region, account, servers, launched, peakJobs, peakServersInFlight }): readonly Cell[] => [
      region,
      account,
      thousands(servers),
      thousands(launched),
      peak(peakJobs, concurrentJobs.value),
      peak(peakServersInFlight, serversInAllJobs.value),
    ],
  );
  return card("Lanes", table(columns, rows));
}

function peak(value: number, quota: number): Cell {
  const tone = value > quota ? "fill-bad" : "fill";
  const words = `${thousands(value)} of ${thousands(quota)}`;
  return { markup: `${thousands(value)}${gauge([{ share: value / quota, tone }], words)}` };
}

function heldBackCard({ heldBack }: RehearsalDocument): string {
  const rows = counts(
    Object.fromEntries(Object.entries(heldBack).map(([kind, count]) => [holdInWords(kind), count])),
  );
  if (rows.length === 0) {
    return card("What was held back, and why", '<p class="soft">Nothing was held back.</p>');
  }
  const columns = [{ heading: "Reason" }, { heading: "Servers", isNumber: true }];
  return card("What was held back, and why", table(columns, rows));
}

function callsCard({ calls }: RehearsalDocument): string {
  const rows = counts(calls);
  if (rows.length === 0) {
    return card("Calls to DRS", '<p class="soft">DRS was not called.</p>');
  }
  return card(
    "Calls to DRS",
    table([{ heading: "Operation" }, { heading: "Calls", isNumber: true }], rows),
  );
}

function counts(record: Readonly<Record<string, number>>): readonly (readonly Cell[])[] {
  return Object.entries(record)
    .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
    .map(([what, count]) => [what, thousands(count)]);
}

/** Servers that failed or were skipped, and launched ones that no drawn job explains. */
function serversCard(document: RehearsalDocument): string {
  const drawn = new Set(
    layOutTimeline(document).lanes.flatMap(({ jobs }) =>
      jobs.flatMap(({ servers }) => servers.map(({ trace }) => trace)),
    ),
  );
  const told = document.serverTraces.filter(
    (trace) => trace.outcome !== "launched" || !drawn.has(trace),
  );
  if (told.length === 0) return "";
  const groups = new Map<string, ServerTrace[]>();
  for (const trace of told) {
    const key = JSON.stringify([trace.outcome, trace.reason ?? ""]);
    groups.set(key, [...(groups.get(key) ?? []), trace]);
  }
  const blocks = [...groups.values()]
    .sort((a, b) => rank(a) - rank(b) || b.length - a.length)
    .map(serverGroup);
  return card("Servers that did not launch in a job of ours", blocks.join("\n"));
}

function rank([first]: readonly ServerTrace[]): number {
  return ["failed", "skipped", "launched"].indexOf(first?.outcome ?? "launched");
}

function serverGroup(servers: readonly ServerTrace[]): string {
  const [first] = servers;
  const reason =
    first?.reason ??
    (first?.outcome === "launched" ? "in no job that was seen" : "no reason given");
  const heading = `${counted(servers.length, "server")} ${first?.outcome ?? ""}`;
  const columns = [
    { heading: "Server" },
    { heading: "Wave" },
    { heading: "Lane" },
    { heading: "Job" },
  ];
  const rows = servers.map(({ server, wave, lane, jobId }): readonly Cell[] => [
    { markup: `<span class="mono">${escapeMarkup(server)}</span>` },
    wave,
    lane,
    jobId ?? "none",
  ]);
  const open = servers.length <= openUpTo ? " open" : "";
  return `<details${open}><summary><b>${escapeMarkup(heading)}</b>: ${escapeMarkup(reason)}</summary>\n${table(columns, rows)}\n</details>`;
}

/** Where the numbers come from, and how to get them again. */
export function renderFooter(document: RehearsalDocument, command: string): string {
  return [
    "<footer>",
    `<p>Seed ${document.seed}. The rehearsal took ${duration(document.wallSeconds)} of real time; all other times are on a virtual clock. Launch times are the emulator's: AWS promises none. The same command gives the same report:</p>`,
    `<pre class="mono"><code>${escapeMarkup(command)}</code></pre>`,
    "</footer>",
  ].join("\n");
}
