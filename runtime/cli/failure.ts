/** What the shell is told: done, refused or failed, wrong use. */
export const exitCodes = { done: 0, refused: 1, wrongUse: 2 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A reason of the user's own making for which a command ends. Shown without a stack trace. */
export class CommandFailure extends Error {
  readonly exitCode: ExitCode;
  /** What is wrong, one by one: text, or records that `--json` passes on as they are. */
  readonly problems: readonly unknown[];
  /** How the problems read for people; their JSON where absent. */
  readonly details: string;

  constructor(
    exitCode: ExitCode,
    message: string,
    more: { readonly problems?: readonly unknown[]; readonly details?: string } = {},
  ) {
    super(message);
    this.name = "CommandFailure";
    this.exitCode = exitCode;
    this.problems = more.problems ?? [];
    this.details = more.details ?? this.problems.map(String).join("\n");
  }
}

/** The document that `--json` prints when there is nothing else to print. */
export function failureDocument(error: unknown): { error: string; problems: readonly unknown[] } {
  return {
    error: messageOf(error),
    problems: error instanceof CommandFailure ? error.problems : [],
  };
}

/** What a person is told about an error: no stack trace unless `withTrace`. */
export function failureText(error: unknown, withTrace: boolean): string {
  const details = error instanceof CommandFailure && error.details !== "" ? [error.details] : [];
  const trace = withTrace && error instanceof Error ? [error.stack ?? "", ...causesOf(error)] : [];
  return `${[`aws-dr: ${messageOf(error)}`, ...details, ...trace].join("\n")}\n`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function causesOf(error: Error): readonly string[] {
  const { cause } = error;
  if (cause === undefined) return [];
  if (!(cause instanceof Error)) return [`Caused by: ${String(cause)}`];
  return [`Caused by: ${cause.stack ?? cause.message}`, ...causesOf(cause)];
}
