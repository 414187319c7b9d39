/** Errors that end an execution whatever its Catch says. AWS: `States.ALL` does not match them. */
const terminalErrors = new Set(["States.DataLimitExceeded", "States.Runtime"]);

/** A state that failed: what Retry and Catch match, and what an execution shows when nothing does. */
export class StateFailure extends Error {
  override readonly name = "StateFailure";
  /** The error's name, as a definition matches it: `States.Timeout`, `lane-throttled`. */
  readonly error: string;
  readonly reason: string;

  constructor(error: string, reason: string) {
    super(`${error}: ${reason}`);
    this.error = error;
    this.reason = reason;
  }
}

/** A failure of the rehearsal itself, which no definition may catch. */
export function rehearsalFailure(thrown: unknown): StateFailure {
  if (thrown instanceof StateFailure) return thrown;
  const what = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return new StateFailure("States.Runtime", `The rehearsal itself failed: ${what}`);
}

/**
 * Whether one of the names of a Retry or Catch means an error. `States.TaskFailed` means every
 * error but time-outs.
 */
export function isMatched(errorEquals: readonly string[], error: string): boolean {
  if (terminalErrors.has(error)) return false;
  return errorEquals.some((name) => {
    if (name === error || name === "States.ALL") return true;
    return name === "States.TaskFailed" && !isTimeout(error);
  });
}

function isTimeout(error: string): boolean {
  return error === "States.Timeout" || error === "States.HeartbeatTimeout";
}
