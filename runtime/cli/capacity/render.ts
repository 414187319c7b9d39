import type { Filling } from "../../core/capacity/growth.js";
import type { CapacityStatus } from "../../core/capacity/status.js";
import { drsQuotas } from "../../limits.js";
import { type Paint, paint, terminalTable, toned } from "../../report/terminal-table.js";
import { counted, thousands } from "../../report/wording.js";
import type { CapacityDocument, LaneCapacity, LaneForecast } from "./document.js";

/** The capacity of an environment for the terminal. */
export function renderCapacity(
  document: CapacityDocument,
  { color }: { readonly color: boolean },
): string {
  const colours = paint(color);
  const sections = [
    document.lanes.length > 0
      ? `${colours.bold("Lanes")}\n${lanesTable(document, colours)}`
      : `${document.environment} declares no lanes: DRS replicates no servers of it.`,
    ...(document.growth ? [growthSection(document.growth, colours)] : []),
  ];
  return `${sections.join("\n\n")}\n`;
}

const tones = { OK: "good", WARNING: "warning", CRITICAL: "bad" } as const satisfies Record<
  CapacityStatus,
  string
>;

function lanesTable({ lanes, estate }: CapacityDocument, colours: Paint): string {
  const hasForecast = lanes.some(({ forecast }) => forecast !== undefined);
  const columns = [
    { heading: "Lane" },
    { heading: "Account" },
    { heading: "Declared", isNumber: true },
    { heading: "Quota", isNumber: true },
    { heading: "Used", isNumber: true },
    { heading: "Status" },
    ...(hasForecast ? [{ heading: "Full on" }] : []),
  ];
  const row = (lane: string, account: string, of: Omit<LaneCapacity, "lane" | "accountName">) => [
    lane,
    account,
    thousands(of.declaredServers),
    thousands(of.quotaServers),
    `${Math.round(of.utilisationPercent)} %`,
    { text: of.status, tone: tones[of.status] },
    ...(hasForecast ? [forecastInWords(of.forecast)] : []),
  ];
  const rows = lanes.map(({ lane, accountName, ...of }) => row(lane, accountName, of));
  return terminalTable(columns, [...rows, row("all lanes", "", estate)], colours);
}

function forecastInWords(forecast: LaneForecast | undefined): string {
  if (forecast === undefined) return "";
  if ("fullAt" in forecast) return forecast.fullAt.slice(0, 10);
  return { "too-few-samples": "too few samples", "not-growing": "not growing" }[forecast.none];
}

const fillings: Readonly<Record<Filling, string>> = {
  "below-warning": "below the warning",
  "to-warning": "to the warning",
  "to-quota": "to the quota",
};

function growthSection(
  { servers, options }: NonNullable<CapacityDocument["growth"]>,
  colours: Paint,
): string {
  const columns = [
    { heading: "Fill lanes" },
    { heading: "Servers a lane", isNumber: true },
    { heading: "Into lanes there are", isNumber: true },
    { heading: "New lanes", isNumber: true },
    { heading: "Lanes", isNumber: true },
    { heading: "Quota of all", isNumber: true },
  ];
  const rows = options.map((option) => [
    fillings[option.filling],
    thousands(option.serversPerLane),
    thousands(option.intoExistingLanes),
    thousands(option.newLanes),
    thousands(option.lanes),
    thousands(option.capacityServers),
  ]);
  const { name, value } = drsQuotas.replicatingServers;
  return [
    colours.bold(`Room for ${counted(servers, "more server")}`),
    terminalTable(columns, rows, colours),
    toned(
      `  A lane is an account in a Region. The quota of ${value} ("${name}") is not adjustable: AWS does not raise it.`,
      "quiet",
      colours,
    ),
  ].join("\n");
}
