import {
  type DnsFailover,
  failoverSteps,
  flagCheck,
  rtoBudget,
  type TurnsBy,
  turnSeconds,
} from "../../runtime/core/cells/rto.js";
import { unhealthyMinutes } from "../../runtime/limits.js";
import { code, markdownTable } from "./markdown.js";

/** Settings that people ask about: [interval, threshold, TTL], in seconds, and what turns traffic. */
const settings: readonly (readonly [number, number, number, TurnsBy])[] = [
  [30, 3, 60, "health"],
  [10, 3, 60, "health"],
  [10, 2, 30, "health"],
  [10, 1, 30, "health"],
  [flagCheck.requestIntervalSeconds, flagCheck.failureThreshold, 60, "standby-takes-over"],
  [0, 0, 60, "routing-control"],
];

/** How long clients wait for the new answer, by the settings of a name. */
export function turnsTable(): string {
  const rows = settings.map(([requestIntervalSeconds, failureThreshold, ttlSeconds, turnsBy]) => {
    const dns: DnsFailover = { requestIntervalSeconds, failureThreshold, ttlSeconds };
    const isAsked = turnsBy !== "routing-control";
    return [
      code(turnsBy),
      isAsked ? `${requestIntervalSeconds} s` : "–",
      isAsked ? String(failureThreshold) : "–",
      `${ttlSeconds} s`,
      `${turnSeconds(turnsBy, dns)} s`,
    ];
  });
  return markdownTable(
    ["turned by", "interval", "failures in a row", "TTL", "new answer after"],
    rows,
  );
}

/** An application that promises 15 minutes, and what its machines leave of them. */
const exercise = {
  objectiveSeconds: 900,
  durations: {
    dns: { requestIntervalSeconds: 30, failureThreshold: 3, ttlSeconds: 60 },
    turnsBy: "routing-control",
    detectionSeconds: unhealthyMinutes.default * 60,
    promotions: [{ name: "database", seconds: 300 }],
    scaleSeconds: 300,
    verifySeconds: 120,
  },
} as const;

/** The critical path of that application's failover, and what it leaves for a decision. */
export function budgetTable(): string {
  const { objectiveSeconds, durations } = exercise;
  const steps = failoverSteps(durations);
  const { criticalPath, machineSeconds, decisionSeconds } = rtoBudget(objectiveSeconds, steps);
  const critical = new Set(criticalPath.map(({ name }) => name));
  const rows = steps.map(({ name, seconds, dependsOn }) => [
    name,
    `${seconds} s`,
    dependsOn.join(", "),
    critical.has(name) ? "yes" : "beside it",
  ]);
  return markdownTable(
    ["step", "at most", "waits for", "on the critical path"],
    [
      ...rows,
      ["machines, together", `${machineSeconds} s`, "", ""],
      ["left for a decision", `${decisionSeconds} s`, `of ${objectiveSeconds} s`, ""],
    ],
  );
}
