import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type DnsFailover,
  dnsFailoverSeconds,
  failoverSteps,
  isNoticed,
  type RtoStep,
  rtoBudget,
  turnSeconds,
} from "../../../runtime/core/cells/rto.js";

const dns: DnsFailover = { requestIntervalSeconds: 10, failureThreshold: 3, ttlSeconds: 60 };
const exercise = {
  dns,
  turnsBy: "routing-control" as const,
  detectionSeconds: 90,
  promotions: [{ name: "ledger", seconds: 300 }],
  scaleSeconds: 300,
  verifySeconds: 120,
};

describe("DNS failover", () => {
  it.each([
    [30, 3, 60, 150],
    [10, 3, 60, 90],
    [10, 2, 30, 50],
    [10, 1, 30, 40],
  ])(
    "with checks every %i s, %i failures and a TTL of %i s takes %i s",
    (interval, threshold, ttl, seconds) => {
      const asked = {
        requestIntervalSeconds: interval,
        failureThreshold: threshold,
        ttlSeconds: ttl,
      };
      expect(dnsFailoverSeconds(asked)).toBe(seconds);
    },
  );
});

describe("traffic that somebody turns", () => {
  it("is there after the TTL with a routing control, whatever its health checks are", () => {
    expect(turnSeconds("routing-control", dns)).toBe(60);
  });

  it("is there ten seconds later where the standby takes over", () => {
    expect(turnSeconds("standby-takes-over", dns)).toBe(70);
    const steps = failoverSteps({ ...exercise, turnsBy: "standby-takes-over" });
    expect(rtoBudget(900, steps).machineSeconds).toBe(580);
  });

  it("waits for its detection where health turns it", () => {
    expect(turnSeconds("health", dns)).toBe(dnsFailoverSeconds(dns));
  });
});

describe("the budget of a failover", () => {
  it("leaves 330 of 900 s to a person when detection takes 90 s, data and compute 300 s, DNS 60 s and a test 120 s", () => {
    const budget = rtoBudget(900, failoverSteps(exercise));
    expect(budget.machineSeconds).toBe(570);
    expect(budget.decisionSeconds).toBe(330);
    expect(budget.criticalPath.map(({ name }) => name)).toEqual([
      "alarm",
      "promote ledger",
      "turn traffic",
      "verify",
    ]);
  });

  it("counts the alarm that asks a person, never Route 53's checks, where an operator turns traffic", () => {
    const slowest = { ...dns, requestIntervalSeconds: 30, failureThreshold: 10 };
    const steps = failoverSteps({ ...exercise, dns: slowest, detectionSeconds: 180 });
    expect(rtoBudget(900, steps).machineSeconds).toBe(180 + 300 + 60 + 120);
    expect(steps.map(({ name }) => name)).not.toContain("health checks");
  });

  it("does not wait for DNS after the data where health checks turn traffic by themselves", () => {
    const steps = failoverSteps({ ...exercise, turnsBy: "health" });
    expect(rtoBudget(900, steps).machineSeconds).toBe(90 + 300 + 120);
  });

  it("waits for the alarm before people promote, even where health has turned traffic long before", () => {
    const steps = failoverSteps({ ...exercise, turnsBy: "health", detectionSeconds: 180 });
    const { criticalPath, machineSeconds } = rtoBudget(900, steps);
    expect(machineSeconds).toBe(180 + 300 + 120);
    expect(criticalPath.map(({ name }) => name)).toEqual(["alarm", "promote ledger", "verify"]);
    expect(steps.find(({ name }) => name === "turn traffic")?.dependsOn).toEqual(["health checks"]);
  });

  it("begins with people where no alarm asks them", () => {
    const steps = failoverSteps({ ...exercise, detectionSeconds: undefined });
    expect(rtoBudget(900, steps).machineSeconds).toBe(300 + 60 + 120);
  });

  it("is below zero where the objective cannot be met", () => {
    expect(rtoBudget(300, failoverSteps(exercise)).decisionSeconds).toBe(-270);
  });

  it.each([
    ["a circle", [step("a", 1, ["b"]), step("b", 1, ["a"])]],
    ["a step that is not given", [step("a", 1, ["b"])]],
  ])("refuses %s", (_, steps) => {
    expect(() => rtoBudget(60, steps)).toThrow(/^steps must wait only for steps that are given/);
  });

  it("is the longest of all chains, for any steps that wait for earlier ones", () => {
    fc.assert(
      fc.property(earlierSteps, (steps) => {
        const { criticalPath, machineSeconds } = rtoBudget(0, steps);
        expect(machineSeconds).toBe(Math.max(0, ...allChains(steps).map(sum)));
        expect(sum(criticalPath)).toBe(machineSeconds);
      }),
    );
  });
});

describe("a failure is noticed", () => {
  const { promotions } = exercise;

  it.each([
    [
      "by an alarm that asks an operator",
      { turnsBy: "routing-control", detectionSeconds: 180, promotions },
      true,
    ],
    [
      "by nobody where an operator is not asked",
      { turnsBy: "routing-control", promotions: [] },
      false,
    ],
    [
      "by health, which turns traffic where nothing is promoted",
      { turnsBy: "health", promotions: [] },
      true,
    ],
    [
      "by nobody who would promote where health turns traffic alone",
      { turnsBy: "health", promotions },
      false,
    ],
  ] as const)("%s", (_title, durations, isSo) => {
    expect(isNoticed(durations)).toBe(isSo);
  });
});

const earlierSteps = fc
  .array(fc.record({ seconds: fc.nat(1_000), waitsFor: fc.array(fc.nat(7), { maxLength: 3 }) }), {
    maxLength: 8,
  })
  .map((drawn) =>
    drawn.map(({ seconds, waitsFor }, index) => {
      const earlier = [...new Set(waitsFor)].filter((other) => other < index);
      return step(
        `s${index}`,
        seconds,
        earlier.map((other) => `s${other}`),
      );
    }),
  );

function step(name: string, seconds: number, dependsOn: readonly string[]): RtoStep {
  return { name, seconds, dependsOn };
}

function sum(steps: readonly RtoStep[]): number {
  return steps.reduce((total, { seconds }) => total + seconds, 0);
}

function allChains(steps: readonly RtoStep[]): readonly (readonly RtoStep[])[] {
  const endingWith = (last: RtoStep): (readonly RtoStep[])[] => {
    const chains = steps
      .filter(({ name }) => last.dependsOn.includes(name))
      .flatMap((previous) => endingWith(previous).map((chain) => [...chain, last]));
    return [[last], ...chains];
  };
  return steps.flatMap(endingWith);
}
