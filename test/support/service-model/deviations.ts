import type { Violation } from "./violation.js";

/** A call whose messages are judged. */
export interface Judged {
  readonly operation: string;
  /** Whether the request fits the model's input. */
  readonly isSound: boolean;
  /** Whether the request asks for a further page. */
  readonly isNextPage: boolean;
}

/** What an emulated service may do against its published model, because AWS does, or must. */
export interface Deviation {
  readonly name: string;
  /** Where it was seen, or what it follows from. */
  readonly source: string;
  covers(violation: Violation, call: Judged): boolean;
}

const capture = "launches captured in aws-samples/drs-tools, sample_result.json (December 2022)";

/** Operations that name resources and declare no error for one that does not exist. */
const withoutNotFound: ReadonlySet<string> = new Set([
  "DeleteRecoveryInstance",
  "StartFailbackLaunch",
  "StartRecovery",
  "StartSourceNetworkRecovery",
  "TerminateRecoveryInstances",
]);

/** Every known deviation. What is not listed here fails the test that meets it. */
export const deviations: readonly Deviation[] = [
  {
    name: "launch-end",
    source: `${capture}: job logs hold LAUNCH_END, which the model does not list`,
    covers: ({ rule, shape, value }) =>
      rule === "enum" && shape === "JobLogEvent" && value === "LAUNCH_END",
  },
  {
    name: "utc-offset",
    source: `${capture}: timestamps end in +00:00, where the model's pattern wants Z`,
    covers: ({ rule, shape, value }) =>
      rule === "pattern" &&
      shape === "ISO8601DatetimeString" &&
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/.test(String(value)),
  },
  {
    name: "denied-by-iam",
    source: "IAM decides before the service does, whatever the operation declares",
    covers: ({ rule, value }) => rule === "undeclared-error" && value === "AccessDeniedException",
  },
  {
    name: "unreadable-request",
    source: "inferred: a request against the input's own shape has no other error in the model",
    covers: ({ rule, value }, { isSound }) =>
      rule === "undeclared-error" && value === "ValidationException" && !isSound,
  },
  {
    name: "unknown-page",
    source: "inferred: the operation pages, and declares no error for a token that nobody issued",
    covers: ({ rule, value }, { operation, isNextPage }) =>
      rule === "undeclared-error" &&
      value === "ValidationException" &&
      isNextPage &&
      operation === "DescribeRecoveryInstances",
  },
  {
    name: "unknown-resource",
    source: "unknown: these operations declare nothing for it; a switch chooses among the errors",
    covers: ({ rule, value }, { operation }) =>
      rule === "undeclared-error" &&
      withoutNotFound.has(operation) &&
      (value === "ResourceNotFoundException" || value === "ValidationException"),
  },
  {
    name: "launch-action-quota",
    source: "unknown: PutLaunchAction declares no error for its quota; a switch chooses one",
    covers: ({ rule, value }, { operation }) =>
      rule === "undeclared-error" &&
      operation === "PutLaunchAction" &&
      value === "ServiceQuotaExceededException",
  },
  {
    name: "execution-timed-out",
    source: "user guide, monitoring an execution: TIMED_OUT, which the model has of steps alone",
    covers: ({ rule, shape, value }) =>
      rule === "enum" && shape === "RecoveryPlanExecutionStatus" && value === "TIMED_OUT",
  },
];
