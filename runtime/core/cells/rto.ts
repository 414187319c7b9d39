/** How Route 53 notices that a Region is gone, and how long resolvers keep the old answer. */
export interface DnsFailover {
  /** Seconds between two requests of one checker: 10 or 30. */
  readonly requestIntervalSeconds: number;
  /** Requests in a row that must fail. */
  readonly failureThreshold: number;
  readonly ttlSeconds: number;
}

/**
 * What turns traffic to the other Region: `health`, Route 53 by itself once its checks fail;
 * `standby-takes-over`, an operator's flag in the standby Region, which an inverted check watches;
 * `routing-control`, an operator at one of five Regional endpoints.
 */
export type TurnsBy = "health" | "standby-takes-over" | "routing-control";

/**
 * How the flag of a standby that takes over is watched: as fast as Route 53 can. One answer is
 * enough, because more than 18 % of all checkers must see the flag, and none sees it by accident.
 */
export const flagCheck = { requestIntervalSeconds: 10, failureThreshold: 1 } as const;

/** A step of a failover and the longest it may take. */
export interface RtoStep {
  readonly name: string;
  readonly seconds: number;
  /** Names of the steps that must have ended. */
  readonly dependsOn: readonly string[];
}

/** What a failover takes at most, against what was promised. */
export interface RtoBudget {
  readonly objectiveSeconds: number;
  /** The steps that follow each other and together take longest, in their order. */
  readonly criticalPath: readonly RtoStep[];
  /** Seconds of the critical path: what machines take, before anybody has thought. */
  readonly machineSeconds: number;
  /** Seconds left for a person to decide in; below zero the objective cannot be met. */
  readonly decisionSeconds: number;
}

/** What a failover consists of, in seconds. */
export interface FailoverDurations {
  readonly dns: DnsFailover;
  /** Where an operator turns traffic, it is turned after data and compute are ready. */
  readonly turnsBy: TurnsBy;
  /**
   * Until an alarm of the surviving Region has asked a person, who promotes, scales, and turns what
   * health does not turn. Absent where no alarm asks anybody.
   */
  readonly detectionSeconds?: number | undefined;
  /** Each data store that must be promoted, all at once. */
  readonly promotions: readonly { readonly name: string; readonly seconds: number }[];
  readonly scaleSeconds: number;
  readonly verifySeconds: number;
}

/** Seconds until Route 53 calls an endpoint unhealthy. */
function unhealthySeconds({
  requestIntervalSeconds,
  failureThreshold,
}: Omit<DnsFailover, "ttlSeconds">): number {
  return requestIntervalSeconds * failureThreshold;
}

/**
 * Seconds from the turning of traffic until clients have the new answer: detection and TTL where
 * health turns it, the flag's own check and TTL where the standby takes over, and the TTL alone with
 * a routing control. What an operator needs until then is not in it.
 */
export function turnSeconds(turnsBy: TurnsBy, dns: DnsFailover): number {
  switch (turnsBy) {
    case "health":
      return dnsFailoverSeconds(dns);
    case "standby-takes-over":
      return unhealthySeconds(flagCheck) + dns.ttlSeconds;
    case "routing-control":
      return dns.ttlSeconds;
  }
}

/**
 * Seconds from the failure until clients have the new answer. A few seconds of propagation come on
 * top; AWS gives no figure.
 */
export function dnsFailoverSeconds(dns: DnsFailover): number {
  return unhealthySeconds(dns) + dns.ttlSeconds;
}

/**
 * The steps of a regional failover, each with what it waits for. Route 53's own checks start nothing
 * but the turn that they make: all else waits for the alarm that asks a person.
 */
export function failoverSteps(durations: FailoverDurations): readonly RtoStep[] {
  const { dns, turnsBy, scaleSeconds, verifySeconds } = durations;
  const isByHealth = turnsBy === "health";
  const noticed = noticing(durations);
  const starts = noticed.slice(-1).map(({ name }) => name);
  const promoted = durations.promotions.map(({ name, seconds }) => ({
    name: `promote ${name}`,
    seconds,
    dependsOn: starts,
  }));
  const ready = [...promoted.map(({ name }) => name), "scale"];
  return [
    ...noticed,
    ...promoted,
    { name: "scale", seconds: scaleSeconds, dependsOn: starts },
    {
      name: "turn traffic",
      seconds: isByHealth ? dns.ttlSeconds : turnSeconds(turnsBy, dns),
      dependsOn: isByHealth ? [healthChecks] : ready,
    },
    { name: "verify", seconds: verifySeconds, dependsOn: [...ready, "turn traffic"] },
  ];
}

/**
 * Whether the arithmetic knows when the failure is noticed. It does not where people must act and no
 * alarm asks them.
 */
export function isNoticed({
  turnsBy,
  detectionSeconds,
  promotions,
}: Pick<FailoverDurations, "turnsBy" | "detectionSeconds" | "promotions">): boolean {
  return detectionSeconds !== undefined || (turnsBy === "health" && promotions.length === 0);
}

const healthChecks = "health checks";

/** What tells of the failure; the last of them starts what must be promoted and scaled. */
function noticing({ dns, turnsBy, detectionSeconds }: FailoverDurations): readonly RtoStep[] {
  const ofHealth = { name: healthChecks, seconds: unhealthySeconds(dns), dependsOn: [] };
  return [
    ...(turnsBy === "health" ? [ofHealth] : []),
    ...(detectionSeconds === undefined
      ? []
      : [{ name: "alarm", seconds: detectionSeconds, dependsOn: [] }]),
  ];
}

/**
 * The longest chain of steps, and what it leaves of the objective for a decision.
 *
 * @throws when a step waits for one that is not given, or for itself in the end
 */
export function rtoBudget(objectiveSeconds: number, steps: readonly RtoStep[]): RtoBudget {
  const chains = longestChains(steps);
  const criticalPath = [...chains.values()].reduce<Chain>(
    (longest, chain) => (chain.seconds > longest.seconds ? chain : longest),
    { steps: [], seconds: 0 },
  );
  return {
    objectiveSeconds,
    criticalPath: criticalPath.steps,
    machineSeconds: criticalPath.seconds,
    decisionSeconds: objectiveSeconds - criticalPath.seconds,
  };
}

interface Chain {
  readonly steps: readonly RtoStep[];
  readonly seconds: number;
}

/** The longest chain that ends with each step. */
function longestChains(steps: readonly RtoStep[]): ReadonlyMap<string, Chain> {
  const chains = new Map<string, Chain>();
  let rest = [...steps];
  while (rest.length > 0) {
    const ready = rest.filter(({ dependsOn }) => dependsOn.every((name) => chains.has(name)));
    if (ready.length === 0) throw new Error(unordered(rest));
    for (const step of ready) {
      const before = step.dependsOn
        .map((name) => chains.get(name))
        .reduce(
          (longest, chain) => ((chain?.seconds ?? 0) > (longest?.seconds ?? -1) ? chain : longest),
          undefined,
        );
      chains.set(step.name, {
        steps: [...(before?.steps ?? []), step],
        seconds: (before?.seconds ?? 0) + step.seconds,
      });
    }
    rest = rest.filter(({ name }) => !chains.has(name));
  }
  return chains;
}

function unordered(steps: readonly RtoStep[]): string {
  const names = steps.map(({ name }) => `"${name}"`).join(", ");
  return `steps must wait only for steps that are given and end before them, got ${names}. Break the circle, or add what is missing.`;
}
