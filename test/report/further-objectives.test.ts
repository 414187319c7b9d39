import { describe, expect, it } from "vitest";
import { type CellPromise, judgeCell } from "../../runtime/core/cells/objectives.js";
import { judgedLines } from "../../runtime/report/objectives.js";

const dns = { requestIntervalSeconds: 10, failureThreshold: 3, ttlSeconds: 60 };
const promise: CellPromise = {
  rtoMinutes: 15,
  rpoSeconds: 60,
  traffic: { turnsBy: "routing-control", routing: "latency", dns },
  detectionSeconds: 180,
  scaleSeconds: 300,
  verifySeconds: 120,
  stores: [
    {
      name: "ledger",
      mechanism: "aurora-global-database",
      onPartition: "block-commits",
      enforcedRpoSeconds: 60,
    },
  ],
};

/** What is said of the promises whose names begin so: `promised | given | verdict | why`. */
function said(what: string, more: Partial<CellPromise>): readonly string[] {
  const whole = { ...promise, ...more };
  return judgedLines(judgeCell(whole), whole)
    .filter((line) => line.what.startsWith(what))
    .map(({ promised, given, verdict, why }) => `${promised} | ${given} | ${verdict} | ${why}`);
}

describe("what is not promised", () => {
  it.each(["data at risk", "availability", "consistency", "latency", "retention", "residency"])(
    "has no line: %s",
    (what) => {
      expect(said(what, {})).toEqual([]);
    },
  );
});

describe("an availability", () => {
  it("of 99.99 % leaves 52 min 34 s a year, of which a failover of 15 min takes 29 %", () => {
    expect(said("availability", { availabilityPercent: 99.99 })).toEqual([
      "99.99 %, so 52 min 34 s a year | 15 min a failover | met as a rule | one failover that keeps its RTO takes 29 % of it; what fails within a Region is not counted",
    ]);
  });

  it.each([
    [99.999, {}, "not met"],
    [99.99, { rtoMinutes: 52 }, "met as a rule"],
    [99.99, { rtoMinutes: 53 }, "not met"],
    [99.99, { rtoMinutes: 10 }, "not met"],
    [99.99, { detectionSeconds: undefined }, "cannot be judged"],
  ])("of %d %% with %o is: %s", (availabilityPercent, more, verdict) => {
    expect(said("availability", { availabilityPercent, ...more })[0]).toContain(`| ${verdict} |`);
  });
});

describe("strong consistency", () => {
  it.each([
    ["aurora-global-database", "not met"],
    ["rds-cross-region-replica", "not met"],
    ["elasticache-global-datastore", "not met"],
    ["dynamodb-global-table", "not met"],
    ["s3-replication-time-control", "not met"],
    ["dynamodb-strong-global-table", "met"],
  ])("of %s is %s", (mechanism, verdict) => {
    const stores = [{ name: "one", mechanism }];
    const [line] = said("consistency of one", { consistency: "strong", stores });
    expect(line).toContain(`| ${verdict} | ${mechanism}: `);
  });

  it("is not asked of images", () => {
    const stores = [{ name: "images", mechanism: "ecr-replication" }];
    expect(said("consistency", { consistency: "strong", stores })).toEqual([]);
  });
});

describe("a latency", () => {
  const traffic = { turnsBy: "routing-control", routing: "failover", dns } as const;

  it.each([
    [161, 80, "cannot be judged", "2 in a transaction may fit, 3 do not"],
    [160, 80, "cannot be judged", "1 in a transaction may fit, 2 do not"],
    [81, 80, "cannot be judged", "1 in a transaction may fit, 2 do not"],
    [80, 80, "not met", "not one fits"],
    [79, 80, "not met", "not one fits"],
  ])("of %d ms over a round trip of %d ms is: %s, %s", (latencyMs, roundTripMs, verdict, why) => {
    const [line] = said("latency", { latencyMs, roundTripMs });
    expect(line).toContain(`| ${verdict} | writes to ledger wait for the other Region`);
    expect(line).toContain(why);
  });

  it("cannot be judged without a round trip", () => {
    expect(said("latency", { latencyMs: 100 })[0]).toContain(
      "| – | cannot be judged | writes to ledger wait for the other Region, and roundTripMs is not given",
    );
  });

  it("is not spent between Regions where one serves", () => {
    expect(said("latency", { latencyMs: 100, roundTripMs: 80, traffic })).toEqual([
      "less than 100 ms a transaction | 0 ms between Regions | cannot be judged | no write waits for the other Region; all else must be measured",
    ]);
  });

  it("is spent between Regions by a strongly consistent table wherever clients are served", () => {
    const stores = [{ name: "locks", mechanism: "dynamodb-strong-global-table" }];
    expect(said("latency", { latencyMs: 80, roundTripMs: 80, traffic, stores })[0]).toContain(
      "| not met | writes to locks wait",
    );
  });
});

describe("a retention of seven years", () => {
  it.each([
    [2_556, "not met"],
    [2_557, "met"],
    [2_558, "met"],
  ])("with %d days is %s", (keptDays, verdict) => {
    const stores = [{ name: "records", mechanism: "s3-replication-time-control", keptDays }];
    const [line] = said("retention in records", { retentionYears: 7, stores });
    expect(line).toContain(`| ${verdict} |`);
  });

  it("is not met where nothing says how long it keeps what it holds", () => {
    expect(said("retention", { retentionYears: 7 })).toEqual([
      "7 years | – | not met | no bucket and no backup of the cell says how long it keeps what it holds",
    ]);
  });
});

describe("a residency", () => {
  it.each([
    ["eu-central-1", "met"],
    ["us-east-1", "not met"],
  ])("in the EU with a copy in %s is %s", (recovery, verdict) => {
    const regions = { primary: "eu-west-1", recovery };
    expect(said("residency", { residency: "eu", regions })[0]).toContain(`| ${verdict} |`);
  });
});

describe("data at risk", () => {
  const transactions = { perMinute: 10_000, kilobytes: 5 };

  it("is 50 MB in a minute of 10,000 transactions of 5 KB", () => {
    expect(said("data at risk", { transactions })).toEqual([
      "50 MB | 50 MB | met | 10,000 transactions a minute of 5 KB, for as long as the RPO",
    ]);
  });

  it("is less where the copy is usually younger, and that is not promised", () => {
    const stores = [{ name: "ledger", mechanism: "aurora-global-database" }];
    expect(said("data at risk", { transactions, stores })[0]).toContain(
      "| 0.8 MB | met as a rule |",
    );
  });
});
