import type { Environment } from "../../environment/schema.js";
import { type Paint, paint, terminalTable, toned } from "../../report/terminal-table.js";
import { clockTime, counted, duration, thousands } from "../../report/wording.js";
import { type CellFit, cellFindings, cellFits } from "./cells.js";
import type { CheckFinding } from "./findings.js";
import { type LaneHeadroom, laneFindings, laneHeadrooms } from "./lanes.js";
import { type PlanFit, planFindings, planFits } from "./plans.js";

/** What `aws-dr check --json` prints for a file that loads. */
export interface CheckDocument {
  readonly schemaVersion: 1;
  readonly file: string;
  readonly environment: string;
  readonly isRefused: boolean;
  readonly lanes: readonly LaneHeadroom[];
  readonly plans: readonly PlanFit[];
  readonly cells: readonly CellFit[];
  readonly findings: readonly CheckFinding[];
}

/**
 * Weighs an environment against the quotas, its plans and cells against their objectives, and says
 * what its program's components refuse.
 */
export function checkEnvironment(
  environment: Environment,
  file: string,
  refusals: readonly string[],
): CheckDocument {
  const plans = planFits(environment);
  const findings = [
    ...laneFindings(environment),
    ...planFindings(plans),
    ...cellFindings(environment),
    ...refusals.map((message) => ({ level: "refused" as const, path: "cells", message })),
  ];
  return {
    schemaVersion: 1,
    file,
    environment: environment.name,
    isRefused: findings.some(({ level }) => level === "refused"),
    lanes: laneHeadrooms(environment),
    plans,
    cells: cellFits(environment),
    findings,
  };
}

/** The check for the terminal. */
export function renderCheck(
  document: CheckDocument,
  { color }: { readonly color: boolean },
): string {
  const colours = paint(color);
  const sections = [
    ...(document.lanes.length > 0
      ? [`${colours.bold("Lanes")}\n${lanesTable(document.lanes, colours)}`]
      : []),
    ...document.plans.map((plan) => planSection(plan, colours)),
    ...document.cells.map((cell) => cellSection(cell, colours)),
    ...(document.findings.length > 0 ? [findingsSection(document.findings, colours)] : []),
    verdict(document, colours),
  ];
  return `${sections.join("\n\n")}\n`;
}

function lanesTable(lanes: readonly LaneHeadroom[], colours: Paint): string {
  const columns = [
    { heading: "Lane" },
    { heading: "Account" },
    { heading: "Declared", isNumber: true },
    { heading: "Quota", isNumber: true },
    { heading: "Room", isNumber: true },
    { heading: "" },
  ];
  const words = {
    ok: { text: "ok", tone: "quiet" },
    warning: { text: "at warning threshold", tone: "warning" },
    critical: { text: "at critical threshold", tone: "warning" },
    "over-quota": { text: "over quota", tone: "bad" },
  } as const;
  const rows = lanes.map((lane) => [
    lane.lane,
    lane.accountName,
    thousands(lane.declaredServers),
    thousands(lane.quotaServers),
    lane.roomServers.toString(),
    words[lane.level],
  ]);
  return terminalTable(columns, rows, colours);
}

function planSection(plan: PlanFit, colours: Paint): string {
  const { predictedSeconds, rtoMinutes, lowerBoundSeconds } = plan;
  const isInTime = predictedSeconds !== undefined && predictedSeconds <= rtoMinutes * 60;
  const time =
    predictedSeconds === undefined ? "never ends" : `takes ${duration(predictedSeconds)}`;
  const verdictOfPlan = `${time}, objective ${duration(rtoMinutes * 60)}`;
  const heading = `${colours.bold(`Plan ${plan.plan}`)}: predicted recovery of ${counted(plan.servers, "server")} ${toned(verdictOfPlan, isInTime ? "good" : "bad", colours)}`;
  const bound = `  No faster than ${duration(lowerBoundSeconds)} is possible. ${counted(plan.jobs, "job")} in ${counted(plan.lanes.length, "lane")}.`;
  return [heading, bound, wavesTable(plan, colours), planLanesTable(plan, colours)].join("\n");
}

function wavesTable({ waves }: PlanFit, colours: Paint): string {
  const columns = [
    { heading: "Wave" },
    { heading: "Servers", isNumber: true },
    { heading: "Lanes", isNumber: true },
    { heading: "Rounds", isNumber: true },
    { heading: "Opens", isNumber: true },
    { heading: "Done", isNumber: true },
  ];
  const rows = waves.map((wave) => [
    wave.wave,
    thousands(wave.servers),
    thousands(wave.lanes),
    thousands(wave.rounds),
    wave.openedAtSeconds === undefined ? "–" : clockTime(wave.openedAtSeconds),
    wave.endedAtSeconds === undefined ? "–" : clockTime(wave.endedAtSeconds),
  ]);
  return terminalTable(columns, rows, colours);
}

function planLanesTable({ lanes }: PlanFit, colours: Paint): string {
  const columns = [
    { heading: "Lane" },
    { heading: "Servers", isNumber: true },
    { heading: "Jobs", isNumber: true },
    { heading: "Jobs at once", isNumber: true },
    { heading: "Servers in jobs at once", isNumber: true },
  ];
  const rows = lanes.map((lane) => [
    lane.lane,
    thousands(lane.servers),
    thousands(lane.jobs),
    `${lane.peakJobs} of ${lane.roomJobs}`,
    `${lane.peakServersInFlight} of ${lane.roomServers}`,
  ]);
  return terminalTable(columns, rows, colours);
}

function cellSection({ cell, strategy, objectives }: CellFit, colours: Paint): string {
  const columns = ["Objective", "Promised", "Given", "", "Why"].map((heading) => ({ heading }));
  const tones = {
    met: "good",
    "met as a rule": "quiet",
    "not met": "bad",
    "nobody says": "warning",
    "cannot be judged": "warning",
  } as const;
  const rows = objectives.map(({ what, promised, given, verdict: text, why }) => [
    what,
    promised,
    given,
    { text, tone: tones[text] },
    why,
  ]);
  return `${colours.bold(`Cell ${cell}`)}: ${strategy}\n${terminalTable(columns, rows, colours)}`;
}

function findingsSection(findings: readonly CheckFinding[], colours: Paint): string {
  const lines = findings
    .toSorted((a, b) => Number(b.level === "refused") - Number(a.level === "refused"))
    .map(({ level, message }) => {
      const tone = level === "refused" ? "bad" : "warning";
      return `  ${toned(level === "refused" ? "refused" : "advice ", tone, colours)}  ${message}`;
    });
  return `${colours.bold("Findings")}\n${lines.join("\n")}`;
}

function verdict({ environment, findings }: CheckDocument, colours: Paint): string {
  const refused = findings.filter(({ level }) => level === "refused").length;
  if (refused > 0) {
    return toned(`✗ ${environment} is refused for ${counted(refused, "reason")}.`, "bad", colours);
  }
  const advice = findings.length > 0 ? `, with ${counted(findings.length, "piece")} of advice` : "";
  return toned(`✓ ${environment} holds${advice}.`, "good", colours);
}
