import type { StoreCopy } from "../core/cells/copies.js";
import type { MechanismName } from "../core/cells/mechanisms.js";
import { type CellPromise, daysOfYear, type JudgedCell } from "../core/cells/objectives.js";
import { liesIn } from "../core/cells/residency.js";
import { type JudgedLine, verdictWords } from "./verdicts.js";
import { duration, thousands } from "./wording.js";

/** What a cell promises beside RTO and RPO, each where it was declared. */
export function furtherLines(judged: JudgedCell, promise: CellPromise): readonly JudgedLine[] {
  return [
    ...dataAtRiskLines(judged, promise),
    ...availabilityLine(judged, promise),
    ...consistencyLines(promise),
    ...latencyLine(promise),
    ...retentionLines(promise),
    ...residencyLine(promise),
  ];
}

const secondsOfYear = 365 * 24 * 60 * 60;

/** How much of what may be lost in a year one failover takes that keeps its RTO. */
function availabilityLine(
  { rto, rtoVerdict }: JudgedCell,
  { availabilityPercent }: CellPromise,
): readonly JudgedLine[] {
  if (availabilityPercent === undefined) return [];
  const allowedSeconds = ((100 - availabilityPercent) / 100) * secondsOfYear;
  const share = Math.ceil((rto.objectiveSeconds / allowedSeconds) * 100);
  const isKept = rtoVerdict !== "not-met" && rto.objectiveSeconds <= allowedSeconds;
  const ifKept = rtoVerdict === "unjudged" ? "cannot be judged" : "met as a rule";
  return [
    {
      what: "availability",
      promised: `${availabilityPercent} %, so ${duration(allowedSeconds)} a year`,
      given: `${duration(rto.objectiveSeconds)} a failover`,
      verdict: isKept ? ifKept : "not met",
      why: `one failover that keeps its RTO takes ${thousands(share)} % of it; what fails within a Region is not counted`,
    },
  ];
}

/** What another Region reads of a store whose writes do not wait for it. */
const notStrong: Partial<Readonly<Record<MechanismName, string>>> = {
  "aurora-global-database": "one Region writes, and the other reads a copy that follows",
  "rds-cross-region-replica": "one Region writes, and the other reads a copy that follows",
  "elasticache-global-datastore": "one Region writes, and the other reads a copy that follows",
  "dynamodb-backup-copy": "the other Region has none before it is restored",
  "dynamodb-global-table": "both Regions write, and the last writer wins",
  "s3-replication-time-control": "an object is copied after it was written",
};

const strong: MechanismName = "dynamodb-strong-global-table";

function consistencyLines({ consistency, stores }: CellPromise): readonly JudgedLine[] {
  if (consistency === undefined) return [];
  return stores.flatMap(({ name, mechanism }): readonly JudgedLine[] => {
    const line = { what: `consistency of ${name}`, promised: "strong in both Regions" };
    if (mechanism === strong) {
      const why = `${mechanism}: a write is answered once another Region has it too`;
      return [{ ...line, given: "strong in both Regions", verdict: "met", why }];
    }
    const why = notStrong[mechanism as MechanismName];
    if (why === undefined) return [];
    return [
      { ...line, given: "in one Region only", verdict: "not met", why: `${mechanism}: ${why}` },
    ];
  });
}

/** Kinds of copies of which one Region alone takes writes. */
const singleWriters: readonly string[] = [
  "aurora-global-database",
  "rds-cross-region-replica",
  "elasticache-global-datastore",
] satisfies readonly MechanismName[];

/**
 * What the way between the Regions takes of a transaction. The rest of it only a measurement tells, so
 * that a latency is refused here or left open, never granted.
 */
function latencyLine(promise: CellPromise): readonly JudgedLine[] {
  const { latencyMs, roundTripMs } = promise;
  if (latencyMs === undefined) return [];
  const line = { what: "latency", promised: `less than ${latencyMs} ms a transaction` };
  const waiting = waitingWrites(promise).map(({ name }) => name);
  if (waiting.length === 0) {
    const why = "no write waits for the other Region; all else must be measured";
    return [{ ...line, given: "0 ms between Regions", verdict: "cannot be judged", why }];
  }
  const stores = waiting.join(", ");
  if (roundTripMs === undefined) {
    const why = `writes to ${stores} wait for the other Region, and roundTripMs is not given`;
    return [{ ...line, given: "–", verdict: "cannot be judged", why }];
  }
  const given = `${roundTripMs} ms for each write that waits`;
  const fitting = Math.ceil(latencyMs / roundTripMs) - 1;
  const why = `writes to ${stores} wait for the other Region, each a round trip as assumed in the file`;
  return fitting < 1
    ? [{ ...line, given, verdict: "not met", why: `${why}; not one fits` }]
    : [
        {
          ...line,
          given,
          verdict: "cannot be judged",
          why: `${why}; ${fitting} in a transaction may fit, ${fitting + 1} do not; all else must be measured`,
        },
      ];
}

/** Stores whose writes wait for the other Region while both serve. */
function waitingWrites({ stores, traffic }: CellPromise): readonly StoreCopy[] {
  const isServedByBoth = traffic?.routing === "latency";
  return stores.filter(
    ({ mechanism }) =>
      mechanism === strong || (isServedByBoth && singleWriters.includes(mechanism)),
  );
}

function retentionLines({ retentionYears, stores }: CellPromise): readonly JudgedLine[] {
  if (retentionYears === undefined) return [];
  const promised = `${retentionYears} years`;
  const neededDays = Math.ceil(retentionYears * daysOfYear);
  const kept = stores.flatMap(({ name, mechanism, keptDays }): readonly JudgedLine[] =>
    keptDays === undefined
      ? []
      : [
          {
            what: `retention in ${name}`,
            promised,
            given: `${thousands(keptDays)} days`,
            verdict: keptDays >= neededDays ? "met" : "not met",
            why: `${mechanism}: kept in both Regions; ${promised} are ${thousands(neededDays)} days`,
          },
        ],
  );
  if (kept.length > 0) return kept;
  const why = "no bucket and no backup of the cell says how long it keeps what it holds";
  return [{ what: "retention", promised, given: "–", verdict: "not met", why }];
}

function residencyLine({ residency, regions }: CellPromise): readonly JudgedLine[] {
  if (residency === undefined || regions === undefined) return [];
  const both = [regions.primary, regions.recovery];
  const isKept = both.every((region) => liesIn(residency, region));
  return [
    {
      what: "residency",
      promised: residency,
      given: both.join(", "),
      verdict: isKept ? "met" : "not met",
      why: "where the cell's two Regions lie; dr-data-within-residency refuses a copy anywhere else",
    },
  ];
}

/** What databases lose at the RPO, and at what their copies give, of the transactions that were declared. */
function dataAtRiskLines({ stores }: JudgedCell, promise: CellPromise): readonly JudgedLine[] {
  const { transactions, rpoSeconds } = promise;
  if (transactions === undefined) return [];
  const { perMinute, kilobytes } = transactions;
  const why = `${thousands(perMinute)} transactions a minute of ${kilobytes} KB, for as long as the RPO`;
  const lost = (seconds: number) => megabytes((perMinute * kilobytes * seconds) / 60_000);
  return stores
    .filter(({ mechanism }) => databases.includes(mechanism))
    .map(({ name, rpoSeconds: given, verdict }) => ({
      what: `data at risk in ${name}`,
      promised: lost(rpoSeconds),
      given: given === undefined ? "–" : lost(given),
      verdict: verdictWords[verdict],
      why,
    }));
}

const databases: readonly string[] = [
  "aurora-global-database",
  "rds-cross-region-replica",
] satisfies readonly MechanismName[];

function megabytes(value: number): string {
  return `${value.toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
}
