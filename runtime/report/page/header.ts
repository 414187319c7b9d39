import { drsQuotas } from "../../limits.js";
import type { RehearsalDocument } from "../../rehearsal/document.js";
import { escapeMarkup } from "../markup.js";
import {
  alarmsInWords,
  callsInAll,
  callsPerServer,
  counted,
  duration,
  faultsInWords,
  invariantsInWords,
  type Mood,
  moodOf,
  outcomeInWords,
  outcomeLabel,
  ratio,
  thousands,
} from "../wording.js";
import { gauge } from "./parts.js";

/** The outcome in words, the four numbers that matter, and what the observer saw broken. */
export function renderHeader(document: RehearsalDocument): string {
  return [
    '<header class="top">',
    `<p class="over">Rehearsal of a ${document.kind} of <b>${escapeMarkup(document.plan)}</b> in <b>${escapeMarkup(document.environment)}</b></p>`,
    pill(document),
    `<h1>${escapeMarkup(unbroken(outcomeInWords(document)))}</h1>`,
    `<p class="lead">${escapeMarkup(lead(document))}</p>`,
    "</header>",
    '<dl class="tiles">',
    serversTile(document),
    makespanTile(document),
    jobsTile(document),
    callsTile(document),
    "</dl>",
  ].join("\n");
}

const signs: Readonly<Record<Mood, string>> = {
  good: "M3.5 8.5l3 3 6-7",
  warning: "M8 3v6M8 12.4v.2",
  bad: "M4 4l8 8M12 4l-8 8",
};

function pill(document: RehearsalDocument): string {
  const mood = moodOf(document);
  const broken = document.brokenInvariants.length > 0 ? ", with broken invariants" : "";
  const sign = `<svg viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"><path d="${signs[mood]}"/></svg>`;
  return `<div class="pill ${mood}">${sign}${outcomeLabel(document)}${broken}</div>`;
}

function lead(document: RehearsalDocument): string {
  const { lanes, waves, cause, kind, servers } = document;
  const accounts = new Set(lanes.map(({ account }) => account)).size;
  const why = cause === undefined ? "" : `Cause: ${cause} `;
  const where = `${counted(waves.length, "wave")} over ${counted(lanes.length, "lane")} in ${counted(accounts, "account")}.`;
  const after =
    kind === "drill" && servers.terminated > 0
      ? ` Afterwards ${counted(servers.terminated, "drill instance was", "drill instances were")} terminated.`
      : "";
  const faults = faultsInWords(document);
  const wrong = faults === undefined ? "" : ` ${faults}`;
  const alarms = alarmsInWords(document);
  const watched = alarms === undefined ? "" : ` ${alarms}`;
  return `${why}${where}${after}${wrong}${watched} ${invariantsInWords(document)}`;
}

/** Keeps a number and its unit on one line. */
function unbroken(text: string): string {
  return text.replace(/(\d) (h|min|s)\b/g, "$1\u00a0$2");
}

function tile(label: string, value: string, picture: string, note: string): string {
  return `<div class="tile"><dt>${label}</dt><dd><div class="value">${value}</div>${picture}<div class="note">${note}</div></dd></div>`;
}

function serversTile({ servers }: RehearsalDocument): string {
  const { total, launched, failed, skipped } = servers;
  const words = `${thousands(launched)} launched, ${thousands(failed)} failed, ${thousands(skipped)} skipped`;
  const share = (count: number) => (total > 0 ? count / total : 0);
  const bars = [
    { share: share(launched), tone: "fill" },
    { share: share(failed), tone: "fill-bad" },
    { share: share(skipped), tone: "fill-quiet" },
  ];
  const value =
    launched === total
      ? thousands(total)
      : `${thousands(launched)}<small>of ${thousands(total)}</small>`;
  return tile("Servers launched", value, gauge(bars, words), words);
}

function makespanTile(document: RehearsalDocument): string {
  const { makespanSeconds, lowerBoundSeconds, rtoMinutes } = document;
  const rtoSeconds = rtoMinutes === undefined ? undefined : rtoMinutes * 60;
  const whole = Math.max(1, makespanSeconds, lowerBoundSeconds, rtoSeconds ?? 0);
  const isLate = rtoSeconds !== undefined && makespanSeconds > rtoSeconds;
  const bars = [{ share: makespanSeconds / whole, tone: isLate ? "fill-bad" : "fill" }];
  const stops = [lowerBoundSeconds, ...(rtoSeconds === undefined ? [] : [rtoSeconds])];
  const objective =
    rtoSeconds === undefined
      ? ""
      : `<br>${isLate ? "Misses" : "Meets"} the objective of ${duration(rtoSeconds)}`;
  const note = `No faster than ${duration(lowerBoundSeconds)} is possible${objective}`;
  const words = `Recovered after ${duration(makespanSeconds)}; lower bound ${duration(lowerBoundSeconds)}${rtoSeconds === undefined ? "" : `; objective ${duration(rtoSeconds)}`}`;
  return tile(
    "Time to recover",
    duration(makespanSeconds),
    gauge(
      bars,
      words,
      stops.map((seconds) => seconds / whole),
    ),
    note,
  );
}

function jobsTile({ jobs, lanes }: RehearsalDocument): string {
  const quota = drsQuotas.concurrentJobs.value;
  const peak = Math.max(0, ...lanes.map(({ peakJobs }) => peakJobs));
  const words = `At most ${counted(peak, "job")} at once in a lane, quota ${quota}`;
  return tile(
    "Launch jobs",
    thousands(jobs),
    gauge([{ share: peak / quota, tone: "fill" }], words),
    words,
  );
}

function callsTile(document: RehearsalDocument): string {
  const each = callsPerServer(document);
  const all = callsInAll(document);
  const changing =
    (document.calls.StartRecovery ?? 0) + (document.calls.TerminateRecoveryInstances ?? 0);
  const changingShare = all > 0 ? changing / all : 0;
  const parts = [
    { share: changingShare, tone: "fill" },
    { share: all > 0 ? 1 - changingShare : 0, tone: "fill-quiet" },
  ];
  const words = `${counted(all, "call")} to DRS, ${thousands(changing)} of them changing something; ${counted(document.conflicts, "conflict")}`;
  return tile(
    "Calls a server",
    each === undefined ? "none" : ratio(each),
    gauge(parts, words),
    words,
  );
}
