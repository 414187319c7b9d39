import { type CostLine, estimate } from "../../runtime/core/cost/estimate.js";
import { type Price, timesPerMonth } from "../../runtime/core/cost/prices/price.js";
import { standing, used } from "../../runtime/core/cost/prices/services.js";
import type { CostedResource } from "../../runtime/core/cost/resources.js";
import { multiRegionExercise, pilotLight } from "./exercise-estates.js";
import { markdownTable } from "./markdown.js";

/** What services are for, in the words of the exercise. */
const kinds: Readonly<Record<string, string>> = {
  ECS: "compute",
  EKS: "compute",
  RDS: "database",
  ElastiCache: "cache",
  VPC: "network",
  "Load balancing": "network",
  "Transit Gateway": "network",
};

interface Sum {
  readonly atRest: number;
  readonly inFailover: number;
}

/** The scaling document's figures beside those of the table, at its own quantities. */
export function scalingTable(): string {
  const virginia = ({ dollars }: Price) => dollars.everywhere ?? dollars["us-east-1"] ?? 0;
  const millions = (price: Price, count: number) => (virginia(price) * count) / 1_000_000;
  const lambda = ([calls, seconds, gib]: readonly [number, number, number]) =>
    millions(used.invocations, calls) + millions(used.duration, calls * seconds * gib);
  const table = (items: { gib: number; reads: number; writes: number }) =>
    items.gib * virginia(used.storedRows) +
    millions(used.reads, items.reads) +
    millions(used.writes, items.writes);
  const replicating = standing.replicatingServer;
  const servers = 1_000 * virginia(replicating) * timesPerMonth(replicating);
  const row = (what: string, theirs: string, ours: number, of: string) => [
    what,
    theirs,
    dollars(ours),
    of,
  ];
  return markdownTable(
    ["what", "the document, a month", "here, a month", "of"],
    [
      row("query function", "0.50", lambda([1_000, 4, 0.25]), "1,000 calls of 4 s and 256 MB"),
      row("execution function", "0.20", lambda([100, 10, 0.5]), "100 calls of 10 s and 512 MB"),
      row("data management function", "0.40", lambda([500, 5, 0.5]), "500 calls of 5 s and 512 MB"),
      row(
        "table of protection groups",
        "0.50",
        table({ gib: 0.0005, reads: 30_000, writes: 10_000 }),
        "10,000 reads and 1,000 writes of 10 KB: 3 and 10 units each",
      ),
      row(
        "table of recovery plans",
        "0.40",
        table({ gib: 0.002, reads: 25_000, writes: 10_000 }),
        "5,000 reads and 500 writes of 20 KB: 5 and 20 units each",
      ),
      row(
        "replication of 1,000 servers",
        "4,167 to 8,333",
        servers,
        "the charge for each server alone, without disks, snapshots and replication servers",
      ),
    ],
  );
}

/** Figures of the exercise, by Region and kind; it gives none for caches. */
const exerciseDollars: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "us-east-1": { compute: 20_000, database: 15_000, network: 10_000, storage: 5_000 },
  "eu-west-1": { compute: 10_000, database: 10_000, network: 5_000, storage: 5_000 },
};

/** What the exercise says of everything else, none of which is due by time alone. */
const exerciseOthers: readonly (readonly [string, number, string])[] = [
  ["monitoring", 5_000, "three dollars a dashboard, ten cents an alarm; logs by use"],
  ["backup storage", 10_000, "by use"],
  ["testing", 5_000, "what a drill starts, by use"],
];

/** The exercise's estimate beside what its own assumptions cost at the prices of the table. */
export function exerciseTable(): string {
  const sums = sumsOf(multiRegionExercise);
  const rows = Object.entries(exerciseDollars).flatMap(([region, theirs]) => {
    const ours = sums.get(region) ?? new Map<string, Sum>();
    const all = [...new Set([...Object.keys(theirs), ...ours.keys()])];
    return all.map((kind) => {
      const { atRest, inFailover } = ours.get(kind) ?? {};
      const said = theirs[kind] === undefined ? "not in it" : dollars(theirs[kind]);
      return [
        region,
        kind,
        said,
        ours.has(kind) ? dollars(atRest ?? 0) : "by use",
        ours.has(kind) ? dollars(inFailover ?? 0) : "by use",
      ];
    });
  });
  const others = exerciseOthers.map(([kind, said, why]) => ["both", kind, dollars(said), why, ""]);
  const { dollarsPerMonth, dollarsPerMonthInFailover } = estimate(multiRegionExercise);
  const total = [
    "all",
    "",
    dollars(100_000),
    dollars(dollarsPerMonth),
    dollars(dollarsPerMonthInFailover),
  ];
  return markdownTable(
    ["Region", "what", "the exercise", "here, at rest", "here, in a failover"],
    [...rows, ...others, total],
  );
}

/** What a pilot light costs at rest, and once it burns. */
export function pilotLightTable(): string {
  const sums = sumsOf(pilotLight);
  const primary = sums.get("us-east-1") ?? new Map<string, Sum>();
  const recovery = sums.get("us-west-2") ?? new Map<string, Sum>();
  const rows = [...primary].map(([kind, { atRest }]) => [
    kind,
    dollars(atRest),
    dollars(recovery.get(kind)?.atRest ?? 0),
    dollars(recovery.get(kind)?.inFailover ?? 0),
  ]);
  const total = (of: ReadonlyMap<string, Sum>, which: keyof Sum) =>
    dollars([...of.values()].reduce((sum, part) => sum + part[which], 0));
  return markdownTable(
    ["what", "primary Region", "recovery Region, at rest", "recovery Region, in a failover"],
    [
      ...rows,
      ["all", total(primary, "atRest"), total(recovery, "atRest"), total(recovery, "inFailover")],
    ],
  );
}

/** Dollars by Region and kind. Fails where anything has no price: the tables leave nothing out. */
function sumsOf(
  resources: readonly CostedResource[],
): ReadonlyMap<string, ReadonlyMap<string, Sum>> {
  const { lines, unpriced } = estimate(resources);
  const missing = unpriced.filter(({ what }) => !what.startsWith("Transit Gateway"));
  if (missing.length > 0)
    throw new Error(`no price of ${missing.map(({ what }) => what).join(", ")}`);
  const sums = new Map<string, Map<string, Sum>>();
  for (const line of lines) {
    const ofRegion = sums.get(line.region ?? "") ?? new Map<string, Sum>();
    sums.set(
      line.region ?? "",
      ofRegion.set(kindOf(line), added(ofRegion.get(kindOf(line)), line)),
    );
  }
  return sums;
}

function added(before: Sum | undefined, line: CostLine): Sum {
  return {
    atRest: (before?.atRest ?? 0) + line.dollarsPerMonth,
    inFailover: (before?.inFailover ?? 0) + line.dollarsPerMonthInFailover,
  };
}

function kindOf({ service }: CostLine): string {
  return kinds[service] ?? service;
}

/** Whole dollars, and cents where there is nothing else. */
function dollars(value: number): string {
  const digits = value < 10 && value > 0 ? 2 : 0;
  return value.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
