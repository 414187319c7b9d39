/** A state that failed: what Retry and Catch match, and what an execution shows when nothing does. */
export class StateFailure extends Error {
  override readonly name = "StateFailure";
  /** The error's name, as an execution shows it: `States.Timeout`, `lane-throttled`. */
  readonly error: string;
  readonly reason: string;
  /** A second name under which Retry and Catch may mean it. */
  readonly alias: string | undefined;

  constructor(error: string, reason: string, alias?: string) {
    super(`${error}: ${reason}`);
    this.error = error;
    this.reason = reason;
    this.alias = alias;
  }
}

/** A failure of the rehearsal itself, which no definition may catch. */
export function rehearsalFailure(thrown: unknown): StateFailure {
  if (thrown instanceof StateFailure) return thrown;
  const what = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return new StateFailure("States.Runtime", `The rehearsal itself failed: ${what}`);
}

/** Errors that the wildcards do not mean. AWS: "Handling errors in Step Functions workflows". */
const beyondWildcards = new Set(["States.DataLimitExceeded", "States.Runtime"]);

/**
 * Whether one of the names of a Retry or Catch means a failure. `States.TaskFailed` means every
 * error but time-outs; `States.Runtime` cannot even be named.
 */
export function isMatched(errorEquals: readonly string[], { error, alias }: StateFailure): boolean {
  if (error === "States.Runtime") return false;
  return errorEquals.some((name) => {
    if (name === error || name === alias) return true;
    if (beyondWildcards.has(error)) return false;
    return name === "States.ALL" || (name === "States.TaskFailed" && error !== "States.Timeout");
  });
}
