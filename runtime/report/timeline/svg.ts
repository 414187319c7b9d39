import { drsQuotas } from "../../limits.js";
import type { BrokenInvariant, JobTrace, RehearsalDocument } from "../../rehearsal/document.js";
import { escapeMarkup } from "../markup.js";
import { clockTime, counted, duration, outcomeInWords, thousands } from "../wording.js";
import { frame } from "./frame.js";
import {
  layOutTimeline,
  type PlacedJob,
  type PlacedLane,
  type PlacedServer,
  stripCeiling,
  type TimelineLayout,
} from "./layout.js";
import type { Mark } from "./marks.js";
import { schemeRules, waveColour } from "./palette.js";
import { timelineStyle } from "./style.js";

/** The timeline as a picture of its own: carries its styles and its ground, in light and in dark. */
export function renderTimelineSvg(document: RehearsalDocument): string {
  const layout = layOutTimeline(document);
  const pad = 16;
  const width = layout.width + 2 * pad;
  const height = layout.height + 2 * pad;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="tl" viewBox="${-pad} ${-pad} ${width} ${height}" width="${width}" height="${number(height)}" role="img" aria-labelledby="tl-title tl-desc">`,
    `<style>\n${schemeRules(".tl")}\n${timelineStyle}\n</style>`,
    `<rect x="${-pad}" y="${-pad}" width="${width}" height="${number(height)}" rx="12" style="fill:var(--surface);stroke:var(--line)"/>`,
    body(document, layout),
    "</svg>\n",
  ].join("\n");
}

/** The timeline for a page that brings {@link timelineStyle} and the palette itself. */
export function renderTimelineForPage(document: RehearsalDocument): string {
  const layout = layOutTimeline(document);
  return [
    `<svg class="tl" viewBox="0 0 ${layout.width} ${number(layout.height)}" role="img" aria-labelledby="tl-title tl-desc">`,
    body(document, layout),
    "</svg>",
  ].join("\n");
}

function body(document: RehearsalDocument, layout: TimelineLayout): string {
  const ceiling = stripCeiling(layout.lanes);
  const lanes = layout.lanes.map((lane) =>
    renderLane(lane, layout, ceiling, document.brokenInvariants),
  );
  return [
    `<title id="tl-title">${escapeMarkup(`Timeline of the plan ${document.plan}`)}</title>`,
    `<desc id="tl-desc">${escapeMarkup(`${outcomeInWords(document)}, in ${counted(layout.lanes.length, "lane")}. Each row is a lane, each bar a job, each fine line a server from its start to its launch.`)}</desc>`,
    '<defs><pattern id="tl-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" style="fill:var(--sunken)"/><line x1="0" y1="0" x2="0" y2="6" style="stroke:var(--quiet);stroke-width:2.4"/></pattern></defs>',
    axis(layout),
    ...lanes,
    ...layout.marks.map((mark) => renderMark(mark, layout)),
    ...layout.lanes.flatMap((lane) => lane.jobs.map(jobLabel)),
  ].join("\n");
}

function axis({ tickSeconds, x, top, height }: TimelineLayout): string {
  const bottom = height - frame.bottom;
  return tickSeconds
    .map((seconds) => {
      const at = number(x(seconds));
      const text = clockTime(seconds);
      return (
        `<line class="grid" x1="${at}" x2="${at}" y1="${number(top)}" y2="${number(bottom)}"/>` +
        `<text class="tick" x="${at}" y="${number(top - 9)}">${text}</text>` +
        `<text class="tick" x="${at}" y="${number(bottom + 18)}">${text}</text>`
      );
    })
    .join("\n");
}

function renderLane(
  lane: PlacedLane,
  layout: TimelineLayout,
  ceiling: number,
  broken: readonly BrokenInvariant[],
): string {
  const top = number(lane.top);
  const label = `${lane.account} in ${lane.region}: ${thousands(lane.launched)} of ${counted(lane.servers, "server")} launched`;
  return [
    `<g role="group" aria-label="${escapeMarkup(label)}">`,
    `<line class="lane-line" x1="0" x2="${frame.width}" y1="${top}" y2="${top}"/>`,
    `<text class="lane-name" x="0" y="${number(lane.top + 27)}">${escapeMarkup(lane.region)}</text>`,
    `<text x="0" y="${number(lane.top + 43)}">${escapeMarkup(lane.account)}</text>`,
    `<text class="small" x="0" y="${number(lane.top + 58)}">${thousands(lane.launched)} of ${thousands(lane.servers)} launched</text>`,
    ...lane.jobs.map((job) => renderJob(job, layout.serverHeight)),
    renderStrip(lane, layout, ceiling),
    ...broken
      .filter((each) => each.lane === lane.key)
      .map((each) => brokenMark(each, lane, layout)),
    "</g>",
  ].join("\n");
}

function renderJob(job: PlacedJob, serverHeight: number): string {
  const { trace, waveIndex } = job;
  const radius = number(Math.min(4, job.height / 4));
  const box = `x="${number(job.x)}" y="${number(job.y)}" width="${number(job.width)}" height="${number(job.height)}" rx="${radius}"`;
  const isOurs = trace.startedBy === "us";
  const launchClass = isOurs ? "job-held" : "stranger";
  const rect = `<rect class="${trace.kind === "terminate" ? "terminate" : launchClass}" ${box}><title>${escapeMarkup(jobTitle(trace))}</title></rect>`;
  const thickness = number(Math.max(0.35, serverHeight - Math.min(3, serverHeight * 0.3)));
  const servers = job.servers.map((server) => renderServer(server, serverHeight)).join("\n");
  const wave = waveIndex === undefined ? "" : ` class="w${waveColour(waveIndex)}"`;
  return `<g${wave}>${rect}${servers ? `\n<g stroke-width="${thickness}">\n${servers}\n</g>` : ""}</g>`;
}

const verbs = {
  launch: "launch",
  terminate: "clean-up",
  convert: "conversion",
  network: "network",
} as const;

/** What a job was, in one sentence. */
function jobTitle(job: JobTrace): string {
  const subject = job.wave === undefined ? "" : ` for wave ${job.wave}`;
  const owner = job.startedBy === "us" ? "our" : "a stranger's";
  const verb = verbs[job.kind];
  const span = `${clockTime(job.startedAtSeconds)} to ${clockTime(job.endedAtSeconds)}`;
  return `${job.jobId}: ${owner} ${verb} job${subject}, ${counted(job.servers, "server")}, ${span} (${duration(job.endedAtSeconds - job.startedAtSeconds)})`;
}

function renderServer(server: PlacedServer, serverHeight: number): string {
  const { trace, y } = server;
  const x1 = number(server.x1);
  const x2 = number(Math.max(server.x1 + 0.5, server.x2));
  const title = `<title>${escapeMarkup(serverTitle(server))}</title>`;
  const at = number(y);
  const isFailed = trace.outcome === "failed";
  const line = `<line class="server${isFailed ? " failed" : ""}" x1="${x1}" x2="${x2}" y1="${at}" y2="${at}">${title}</line>`;
  return isFailed ? line + cross(server.x2, y, Math.max(2.2, Math.min(4, serverHeight / 3))) : line;
}

function serverTitle({ trace }: PlacedServer): string {
  const { server, wave, outcome, reason, startedAtSeconds, launchedAtSeconds } = trace;
  const time =
    startedAtSeconds === undefined || launchedAtSeconds === undefined
      ? ""
      : ` at ${clockTime(launchedAtSeconds)} after ${duration(launchedAtSeconds - startedAtSeconds)}`;
  return `${server} (${wave}) ${outcome}${time}${reason === undefined ? "" : `: ${reason}`}`;
}

/** Marks a failed server by its shape too, for those who cannot see its colour. */
function cross(x: number, y: number, size: number): string {
  const [left, right] = [number(x - size), number(x + size)];
  const [upper, lower] = [number(y - size), number(y + size)];
  return `<path class="cross" d="M${left} ${upper}L${right} ${lower}M${left} ${lower}L${right} ${upper}"/>`;
}

/** The job's wave and size on the job itself, where it is large enough to carry them. */
function jobLabel(job: PlacedJob): string {
  const text = jobWords(job).find((words) => tagWidth(words) <= job.width - 6);
  if (text === undefined || job.height < 9) return "";
  const height = Math.min(17, job.height - 2);
  const y = job.y + Math.min(4, (job.height - height) / 2);
  const size = height < 14 ? ' style="font-size:9px"' : "";
  return (
    `<g aria-hidden="true" pointer-events="none"><rect class="tag" x="${number(job.x + 4)}" y="${number(y)}" width="${number(tagWidth(text))}" height="${number(height)}" rx="3"/>` +
    `<text class="tag-text" x="${number(job.x + 9)}" y="${number(y + height * 0.73)}"${size}>${escapeMarkup(text)}</text></g>`
  );
}

/** The label of a job, from the longest to the shortest wording. */
function jobWords({ trace, waveIndex }: PlacedJob): readonly string[] {
  const size = thousands(trace.servers);
  if (trace.kind === "terminate") return [`clean-up · ${size}`, "clean-up", size];
  if (trace.startedBy === "stranger") return [`stranger · ${size}`, "stranger", size];
  if (trace.wave === undefined) return [size];
  const place = waveIndex === undefined ? [] : [`${waveIndex + 1}`];
  return [`${trace.wave} · ${size}`, trace.wave, ...place];
}

function tagWidth(text: string): number {
  return text.length * 6.3 + 10;
}

function renderStrip(lane: PlacedLane, layout: TimelineLayout, ceiling: number): string {
  const { top, height } = lane.strip;
  const { x } = layout;
  const bottom = top + height;
  const yOf = (servers: number) => number(bottom - (servers / ceiling) * height);
  const peak = Math.max(0, ...lane.inFlight.map(({ servers }) => servers));
  const quota = drsQuotas.serversInAllJobs.value;
  const [left, right] = [number(frame.left), number(frame.width - frame.right)];
  const title = `In flight: at most ${counted(peak, "server")} in jobs at once; the quota of the lane is ${thousands(quota)}`;
  const steps = lane.inFlight
    .map(({ atSeconds, servers }) => `H${number(x(atSeconds))}V${yOf(servers)}`)
    .join("");
  const edge = `M${left} ${yOf(0)}${steps}`;
  return [
    `<g><title>${escapeMarkup(title)}</title>`,
    `<rect class="strip" x="${left}" y="${number(top)}" width="${number(right - left)}" height="${height}" rx="3"/>`,
    `<path class="in-flight" d="${edge}V${yOf(0)}H${left}Z"/>`,
    `<path class="in-flight-edge" d="${edge}"/>`,
    `<line class="quota" x1="${left}" x2="${right}" y1="${yOf(quota)}" y2="${yOf(quota)}"/>`,
    `<text class="small" x="0" y="${number(top + 12)}">in flight</text>`,
    `<text class="small" x="0" y="${number(top + 25)}">peak ${thousands(peak)} of ${thousands(quota)}</text>`,
    "</g>",
  ].join("\n");
}

function renderMark(mark: Mark, { height, top }: TimelineLayout): string {
  const { kind, flag, label, waveIndex } = mark;
  const y = flag.row * frame.flagRow;
  const at = number(mark.x);
  const lineClass = { gate: "gate", recovered: "end", objective: "objective" }[kind];
  const flagClass = kind === "gate" ? "gate-flag" : "strip";
  return [
    `<g class="w${waveColour(waveIndex ?? 0)}"><title>${escapeMarkup(label)}</title>`,
    `<line class="${lineClass}" x1="${at}" x2="${at}" y1="${number(y + 17)}" y2="${number(top - 22)}"/>`,
    `<line class="${lineClass}" x1="${at}" x2="${at}" y1="${number(top - 4)}" y2="${number(height - frame.bottom + 4)}"/>`,
    `<rect class="${flagClass}" x="${number(flag.x)}" y="${number(y)}" width="${number(flag.width)}" height="17" rx="3"/>`,
    `<text class="gate-text" x="${number(flag.x + 7)}" y="${number(y + 12.5)}">${escapeMarkup(label)}</text></g>`,
  ].join("\n");
}

function brokenMark(broken: BrokenInvariant, lane: PlacedLane, { x }: TimelineLayout): string {
  const at = x(broken.atSeconds);
  const y = lane.top + 2;
  const words = `Broken at ${clockTime(broken.atSeconds)}: ${broken.invariant}. ${broken.what}`;
  return `<path class="broken" d="M${number(at - 6)} ${number(y)}H${number(at + 6)}L${number(at)} ${number(y + 10)}Z"><title>${escapeMarkup(words)}</title></path>`;
}

/** A coordinate with two decimals at most. */
function number(value: number): number {
  return Math.round(value * 100) / 100;
}
