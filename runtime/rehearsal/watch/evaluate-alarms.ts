import { before, type Instant, instant, plusSeconds, secondsBetween } from "../../core/instant.js";
import type { RegisteredResource } from "../program/registered.js";
import type { AlarmState } from "./alarm-state.js";
import { type CompositeRule, readRule } from "./composite-rule.js";
import type { Datapoints } from "./datapoints.js";
import { type ReadAlarm, readAlarm } from "./metric-alarm.js";

/** An alarm's way through a rehearsal. */
export interface AlarmTrace {
  readonly name: string;
  /** Its last state; absent where it cannot be evaluated here. */
  readonly state?: AlarmState;
  /** Its changes of state, seconds since the execution began. It begins without data. */
  readonly changes: readonly { readonly atSeconds: number; readonly state: AlarmState }[];
  /** Why it cannot be evaluated. */
  readonly problem?: string;
}

interface Composite {
  readonly name: string;
  readonly rule: CompositeRule;
}

const metricAlarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const compositeAlarm = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

/**
 * Evaluates the deployed alarms over what functions published from one moment to another. Alarms over
 * metrics of AWS are left out: nothing in a rehearsal publishes them. So are composites of such.
 */
export function evaluateAlarms(
  resources: readonly RegisteredResource[],
  data: Datapoints,
  since: Instant,
  until: Instant,
): readonly AlarmTrace[] {
  const { alarms, problems } = alarmsIn(resources);
  const names = new Set(alarms.map(({ name }) => name));
  const composites = compositesOver(resources, names);
  const states = new Map<string, AlarmState>();
  const changes = new Map<string, { atSeconds: number; state: AlarmState }[]>();
  const stateOf = (name: string): AlarmState => states.get(name) ?? "INSUFFICIENT_DATA";
  const enter = (name: string, state: AlarmState, at: Instant): void => {
    if (stateOf(name) === state) return;
    states.set(name, state);
    const told = changes.get(name) ?? [];
    changes.set(name, [...told, { atSeconds: secondsBetween(since, at), state }]);
  };

  for (const at of endsOfPeriods(alarms, since, until)) {
    for (const alarm of alarms.filter((one) => isEndOfPeriod(at, one))) {
      enter(alarm.name, alarm.evaluate(at, stateOf(alarm.name), since, data), at);
    }
    for (const { name, rule } of composites) enter(name, rule.holds(stateOf) ? "ALARM" : "OK", at);
  }
  const traces = [...alarms, ...composites].map(({ name }) => ({
    name,
    state: stateOf(name),
    changes: changes.get(name) ?? [],
  }));
  return [...traces, ...problems].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function alarmsIn(resources: readonly RegisteredResource[]) {
  const alarms: ReadAlarm[] = [];
  const problems: AlarmTrace[] = [];
  for (const { type, inputs, name } of resources) {
    if (type !== metricAlarm || isOfAws(inputs)) continue;
    try {
      alarms.push(readAlarm(inputs));
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      problems.push({ name: String(inputs.name ?? name), changes: [], problem });
    }
  }
  return { alarms, problems };
}

/** Whether an alarm looks at a metric that AWS itself publishes. */
function isOfAws({ namespace, metricQueries }: Readonly<Record<string, unknown>>): boolean {
  const queries: readonly unknown[] = Array.isArray(metricQueries) ? metricQueries : [];
  const namespaces = [namespace, ...queries.map((query) => Object(Object(query).metric).namespace)];
  return namespaces.some((one) => typeof one === "string" && one.startsWith("AWS/"));
}

/** Composites all of whose alarms are evaluated, those that others name first. */
function compositesOver(
  resources: readonly RegisteredResource[],
  names: ReadonlySet<string>,
): readonly Composite[] {
  const known = new Set(names);
  const found: Composite[] = [];
  let waiting = resources
    .filter(({ type }) => type === compositeAlarm)
    .flatMap(({ inputs }): readonly Composite[] => {
      const { alarmName, alarmRule } = inputs;
      if (typeof alarmName !== "string" || typeof alarmRule !== "string") return [];
      return [{ name: alarmName, rule: readRule(alarmRule) }];
    });
  for (;;) {
    const ready = waiting.filter(({ rule }) => rule.alarms.every((name) => known.has(name)));
    if (ready.length === 0) return found;
    for (const one of ready) known.add(one.name);
    found.push(...ready);
    waiting = waiting.filter((one) => !ready.includes(one));
  }
}

function endsOfPeriods(
  alarms: readonly ReadAlarm[],
  since: Instant,
  until: Instant,
): readonly Instant[] {
  const seconds = [...new Set(alarms.map(({ periodSeconds }) => periodSeconds))];
  const ends = new Set<Instant>();
  for (const one of seconds) {
    const milliseconds = one * 1000;
    let at = instant(Math.ceil((since + 1) / milliseconds) * milliseconds);
    while (!before(until, at)) {
      ends.add(at);
      at = plusSeconds(at, one);
    }
  }
  return [...ends].toSorted((a, b) => a - b);
}

function isEndOfPeriod(at: Instant, { periodSeconds }: ReadAlarm): boolean {
  return at % (periodSeconds * 1000) === 0;
}
