import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type DnsFailover,
  dnsFailoverSeconds,
  failoverSteps,
  type RtoStep,
  rtoBudget,
  turnSeconds,
} from "../../../runtime/core/cells/rto.js";

const everyMinute: DnsFailover = {
  requestIntervalSeconds: 10,
  failureThreshold: 9,
  ttlSeconds: 60,
};
const exercise = {
  dns: everyMinute,
  turnsBy: "routing-control" as const,
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
      const dns = {
        requestIntervalSeconds: interval,
        failureThreshold: threshold,
        ttlSeconds: ttl,
      };
      expect(dnsFailoverSeconds(dns)).toBe(seconds);
    },
  );
});

describe("traffic that somebody turns", () => {
  const dns = { requestIntervalSeconds: 30, failureThreshold: 3, ttlSeconds: 60 };

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
      "detect",
      "promote ledger",
      "turn traffic",
      "verify",
    ]);
  });

  it("does not wait for DNS after the data where health checks turn traffic by themselves", () => {
    const steps = failoverSteps({ ...exercise, turnsBy: "health" });
    expect(rtoBudget(900, steps).machineSeconds).toBe(90 + 300 + 120);
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
