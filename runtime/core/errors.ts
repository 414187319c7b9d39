/** What can go wrong at run time, by name. Step Functions sees the code as the error's name. */
export type DrErrorCode =
  | "invalid-request"
  | "not-found"
  | "stale-revision"
  | "managed-by-pulumi"
  | "in-use"
  | "plan-locked"
  | "ambiguous-selection"
  | "empty-selection"
  | "lane-denied"
  | "lane-throttled"
  | "lane-unreachable"
  | "configuration";

/** An error with a code that callers can act on. The message says what is still safe. */
export class DrError extends Error {
  readonly code: DrErrorCode;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(
    code: DrErrorCode,
    message: string,
    fields: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = code;
    this.code = code;
    this.fields = fields;
  }
}
