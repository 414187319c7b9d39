/** What a value breaks in its shape. */
export type Rule =
  | "unknown-member"
  | "required-member"
  | "type"
  | "enum"
  | "pattern"
  | "length"
  | "range"
  | "timestamp"
  | "union"
  | "status"
  | "undeclared-error"
  | "error-header"
  | "content-type"
  | "body"
  | "namespace"
  | "request-id"
  | "not-emulated";

/** One rule of a model that a request or a reply breaks, and where. */
export interface Violation {
  readonly rule: Rule;
  /** `items[0].jobID`; empty for the message as a whole. */
  readonly path: string;
  /** Of the value, or of the error. */
  readonly shape: string;
  readonly value: unknown;
  readonly expected: string;
}

/** A violation by a message as a whole, or by a part of it that no shape describes. */
export function onWhole(rule: Rule, path: string, value: unknown, expected: string): Violation {
  return { rule, path, shape: "", value, expected };
}

/** `job.status must be one of A, B, got "C" (enum of JobStatus).` */
export function told({ rule, path, shape, value, expected }: Violation): string {
  const of = shape === "" ? rule : `${rule} of ${shape}`;
  return `${path || "the message"} must ${expected}, got ${shown(value)} (${of}).`;
}

function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
