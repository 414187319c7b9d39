import { type Named, regionalNames } from "../named.js";

/** An account in a Region that takes part in the observation of an environment. */
export interface ObservedPlace {
  /** Name of the environment, as its hub has it. */
  readonly environment: string;
  readonly account: string;
  readonly region: string;
}

/** Names of what observes an environment in one account and Region. */
export interface ObservabilityNames {
  /** The log group of events and denied calls. */
  readonly events: Named;
  readonly eventsKey: Named;
  readonly drsRule: Named;
  readonly deniedRule: Named;
}

export function observabilityNames({
  environment,
  account,
  region,
}: ObservedPlace): ObservabilityNames {
  const named = regionalNames(region, account);
  const prefix = `dr-${environment}`;
  return {
    events: named("logs", "log-group:", eventsLogGroup(environment)),
    eventsKey: named("kms", "", `alias/${prefix}-events`),
    drsRule: named("events", "rule/", `${prefix}-drs-events`),
    deniedRule: named("events", "rule/", `${prefix}-denied-calls`),
  };
}

/** The log group of events has the same name in every account and Region. */
export function eventsLogGroup(environment: string): string {
  return `/aws/events/dr-${environment}`;
}
