import type { Violation } from "./violation.js";

/** A call whose messages are judged. */
export interface Judged {
  /** Its id in the model: `drs`, `STS`, `SFN`. */
  readonly service: string;
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

/** What any operation of a service may answer, by the id of the service; no operation declares it. */
const commonErrors: Readonly<Record<string, readonly string[]>> = {
  SFN: ["InternalFailure", "ThrottlingException"],
  SSM: ["ThrottlingException", "ValidationException"],
  STS: ["InternalFailure", "Throttling", "ValidationError"],
};

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
    covers: ({ rule, value }) =>
      rule === "undeclared-error" &&
      (value === "AccessDeniedException" || value === "AccessDenied"),
  },
  {
    name: "session-over",
    source: "credentials are looked at before the service sees a call: Common Error Types",
    covers: ({ rule, value }) =>
      rule === "undeclared-error" &&
      (value === "ExpiredToken" || value === "ExpiredTokenException"),
  },
  {
    name: "common-error-types",
    source: "API References of STS, Systems Manager and Step Functions, Common Error Types",
    covers: ({ rule, value }, { service }) =>
      rule === "undeclared-error" && (commonErrors[service] ?? []).includes(String(value)),
  },
  {
    name: "error-of-every-table-operation",
    source: "Amazon DynamoDB Developer Guide, error messages and codes: ValidationException",
    covers: ({ rule, value }, { service }) =>
      rule === "undeclared-error" && service === "DynamoDB" && value === "ValidationException",
  },
  {
    name: "publish-throttled",
    source: "inferred: other operations of SNS declare Throttled, with 429, and Publish nothing",
    covers: ({ rule, value }, { service }) =>
      rule === "undeclared-error" && service === "SNS" && value === "Throttled",
  },
  {
    name: "body-of-no-json",
    source: "inferred: services of JSON name a body that they cannot read so, and none declares it",
    covers: ({ rule, value }, { isSound }) =>
      rule === "undeclared-error" && value === "SerializationException" && !isSound,
  },
  {
    name: "namespace-of-ec2",
    source: "Amazon EC2 API Reference: replies have it with a slash, the model without",
    covers: ({ rule, value }, { service }) =>
      rule === "namespace" &&
      service === "EC2" &&
      value === "http://ec2.amazonaws.com/doc/2016-11-15/",
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
