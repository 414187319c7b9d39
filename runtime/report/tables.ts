import { drsQuotas } from "../limits.js";
import type { RehearsalDocument, ServerTrace } from "../rehearsal/document.js";
import {
  oneLine,
  type Paint,
  paint,
  type TerminalCell,
  terminalTable,
  toned,
} from "./terminal-table.js";
import {
  alarmsInWords,
  callsInAll,
  callsPerServer,
  clockTime,
  counted,
  duration,
  faultsInWords,
  grantsInWords,
  holdInWords,
  invariantsInWords,
  moodOf,
  outcomeInWords,
  ratio,
  thousands,
} from "./wording.js";

/** Servers of one reason that are named before the rest is only counted. */
const namedServers = 5;

/** A rehearsal for the terminal: the outcome in words, then lanes, waves, and what went amiss. */
export function renderTables(
  document: RehearsalDocument,
  { color }: { readonly color: boolean },
): string {
  const colours = paint(color);
  const sections = [
    headline(document, colours),
    wavesSection(document, colours),
    lanesSection(document, colours),
    heldBackSection(document, colours),
    serversSection(document, colours),
    brokenSection(document, colours),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function headline(document: RehearsalDocument, colours: Paint): string {
  const mood = moodOf(document);
  const sign = { good: "✓", warning: "!", bad: "✗" }[mood];
  const title = toned(colours.bold(`${sign} ${outcomeInWords(document)}.`), mood, colours);
  const cause = document.cause === undefined ? [] : [`  Cause: ${oneLine(document.cause)}`];
  const faults = faultsInWords(document);
  const alarms = alarmsInWords(document);
  const told = [
    times(document),
    effort(document),
    grantsInWords(document),
    ...(alarms === undefined ? [] : [oneLine(alarms)]),
    ...(faults === undefined ? [] : [oneLine(faults)]),
  ];
  return [title, ...cause, ...told.map((line) => `  ${line}`)].join("\n");
}

function times({ lowerBoundSeconds, rtoMinutes, makespanSeconds }: RehearsalDocument): string {
  const bound = `No faster than ${duration(lowerBoundSeconds)} is possible`;
  if (rtoMinutes === undefined) return `${bound}.`;
  const verdict = makespanSeconds <= rtoMinutes * 60 ? "is met" : "is MISSED";
  return `${bound}; the objective of ${duration(rtoMinutes * 60)} ${verdict}.`;
}

function effort(document: RehearsalDocument): string {
  const each = callsPerServer(document);
  const perServer = each === undefined ? "" : ` (${ratio(each)} a server)`;
  return `${counted(document.jobs, "launch job")}, ${counted(callsInAll(document), "call")} to DRS${perServer}, ${counted(document.conflicts, "conflict")}. ${invariantsInWords(document)}`;
}

function section(heading: string, body: string, { bold }: Paint): string {
  return `${bold(heading)}\n${body}`;
}

function wavesSection({ waves }: RehearsalDocument, colours: Paint): string {
  if (waves.length === 0) return "";
  const rows = waves.map((wave): readonly TerminalCell[] => [
    wave.wave,
    wave.dependsOn.join(", ") || { text: "nothing", tone: "quiet" },
    thousands(wave.servers),
    thousands(wave.launched),
    noticed(wave.failed, "bad"),
    noticed(wave.skipped, "warning"),
    moment(wave.startedAtSeconds),
    moment(wave.endedAtSeconds),
  ]);
  const columns = [
    { heading: "Wave" },
    { heading: "Waits for" },
    { heading: "Servers", isNumber: true },
    { heading: "Launched", isNumber: true },
    { heading: "Failed", isNumber: true },
    { heading: "Skipped", isNumber: true },
    { heading: "First start", isNumber: true },
    { heading: "Last launch", isNumber: true },
  ];
  return section("Waves", terminalTable(columns, rows, colours), colours);
}

function moment(seconds: number | undefined): TerminalCell {
  return seconds === undefined ? { text: "–", tone: "quiet" } : clockTime(seconds);
}

function noticed(count: number, tone: "bad" | "warning"): TerminalCell {
  return { text: thousands(count), tone: count === 0 ? "quiet" : tone };
}

function lanesSection({ lanes }: RehearsalDocument, colours: Paint): string {
  if (lanes.length === 0) return "";
  const { concurrentJobs, serversInAllJobs } = drsQuotas;
  const rows = lanes.map((lane) => [
    `${lane.account}/${lane.region}`,
    thousands(lane.servers),
    thousands(lane.launched),
    `${thousands(lane.peakJobs)} of ${concurrentJobs.value}`,
    `${thousands(lane.peakServersInFlight)} of ${serversInAllJobs.value}`,
  ]);
  const columns = [
    { heading: "Lane" },
    { heading: "Servers", isNumber: true },
    { heading: "Launched", isNumber: true },
    { heading: "Jobs at once", isNumber: true },
    { heading: "Servers in jobs at once", isNumber: true },
  ];
  return section("Lanes", terminalTable(columns, rows, colours), colours);
}

function heldBackSection({ heldBack }: RehearsalDocument, colours: Paint): string {
  const rows = Object.entries(heldBack)
    .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
    .map(([kind, count]) => [thousands(count), holdInWords(kind)]);
  if (rows.length === 0) return "";
  const columns = [{ heading: "Servers", isNumber: true }, { heading: "Reason" }];
  return section("Held back", terminalTable(columns, rows, colours), colours);
}

function serversSection({ serverTraces }: RehearsalDocument, colours: Paint): string {
  const groups = new Map<string, ServerTrace[]>();
  for (const trace of serverTraces.filter(({ outcome }) => outcome !== "launched")) {
    const key = JSON.stringify([trace.outcome, trace.reason]);
    groups.set(key, [...(groups.get(key) ?? []), trace]);
  }
  if (groups.size === 0) return "";
  const lines = [...groups.values()].flatMap((servers) => groupLines(servers, colours));
  return section("Not launched", lines.join("\n"), colours);
}

function groupLines(servers: readonly ServerTrace[], colours: Paint): readonly string[] {
  const { outcome = "", reason = "no reason given" } = servers[0] ?? {};
  const named = servers.slice(0, namedServers).map(({ server }) => oneLine(server));
  const rest = servers.length - named.length;
  const more = rest > 0 ? ` and ${thousands(rest)} more` : "";
  const heading = `${counted(servers.length, "server")} ${outcome}`;
  const tone = outcome === "failed" ? "bad" : "warning";
  return [
    `  ${toned(heading, tone, colours)}: ${oneLine(reason)}`,
    `    ${colours.dim(`${named.join(", ")}${more}`)}`,
  ];
}

function brokenSection({ brokenInvariants }: RehearsalDocument, colours: Paint): string {
  if (brokenInvariants.length === 0) return "";
  const lines = brokenInvariants.map(({ invariant, lane, atSeconds, what }) => {
    const where = lane === undefined ? "" : ` in ${oneLine(lane)}`;
    return `  ${colours.red("✗")} ${oneLine(invariant)}: at ${clockTime(atSeconds)}${where}, ${oneLine(what)}`;
  });
  return section(colours.red("Broken invariants"), lines.join("\n"), colours);
}
