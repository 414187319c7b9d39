import { functionArn } from "../support/states-bench.js";
import type { Case, Outcome } from "./machines.js";

/** A case in which the two interpreters differ, and why ours stays as it is. */
export interface KnownDifference {
  readonly name: string;
  /** What ours follows. */
  readonly why: string;
  readonly machine: Case;
  /** Error or output in each. */
  readonly ours: unknown;
  readonly moto: unknown;
}

function machine(
  states: Readonly<Record<string, object>>,
  functions: Readonly<Record<string, readonly Outcome[]>> = {},
  input: object = {},
): Case {
  const StartAt = Object.keys(states)[0];
  return { definition: { QueryLanguage: "JSONata", StartAt, States: states }, input, functions };
}

const call = {
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Arguments: { FunctionName: functionArn, Payload: { key: "f" } },
  TimeoutSeconds: 600,
};
const wait = {
  ...call,
  Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
  Arguments: {
    FunctionName: functionArn,
    Payload: { key: "f", token: "{% $states.context.Task.Token %}" },
  },
  HeartbeatSeconds: 60,
};
const caught = { Type: "Pass", Output: "caught", End: true };

function overOne(state: object, fields: object = { ProcessorConfig: { Mode: "INLINE" } }): object {
  const ItemProcessor = { StartAt: "I", States: { I: state }, ...fields };
  return { Type: "Map", Items: [1], ItemProcessor, End: true };
}

function catching(error: string): object {
  return { Catch: [{ ErrorEquals: [error], Next: "Caught" }], End: true };
}

const pages = "AWS: Handling errors in Step Functions workflows";

export const knownDifferences: readonly KnownDifference[] = [
  {
    name: "States.TaskFailed means errors of AWS's own names too, but time-outs",
    why: pages,
    machine: machine(
      { T: { ...call, Output: "{% $nobody %}", ...catching("States.TaskFailed") }, Caught: caught },
      { f: [{ value: 1 }] },
    ),
    ours: "caught",
    moto: "States.QueryEvaluationError",
  },
  {
    name: "a Task's Output that fails is caught by its Catch",
    why: "AWS: Transforming data with JSONata in Step Functions",
    machine: machine(
      { T: { ...call, Output: "{% $nobody %}", ...catching("States.ALL") }, Caught: caught },
      { f: [{ value: 1 }] },
    ),
    ours: "caught",
    moto: "States.QueryEvaluationError",
  },
  {
    name: "a missed heartbeat is caught by its own name",
    why: pages,
    machine: machine(
      { T: { ...wait, ...catching("States.HeartbeatTimeout") }, Caught: caught },
      { f: [{ silent: true }] },
    ),
    ours: "caught",
    moto: "States.Timeout",
  },
  {
    name: "a result above 256 KiB is not caught by States.ALL",
    why: pages,
    machine: machine(
      { T: { ...call, ...catching("States.ALL") }, Caught: caught },
      { f: [{ value: "x".repeat(300_000) }] },
    ),
    ours: "States.DataLimitExceeded",
    moto: "caught",
  },
  {
    name: "an item's error of AWS's own name is its Map's",
    why: pages,
    machine: machine(
      { M: overOne({ ...wait, End: true }) },
      {
        f: [{ silent: true }],
      },
    ),
    ours: "States.Timeout",
    moto: "States.Runtime",
  },
  {
    name: "an expression that throws is an error of the query",
    why: "AWS: Transforming data with JSONata in Step Functions",
    machine: machine({ P: { Type: "Pass", Output: "{% 1 + 'a' %}", End: true } }),
    ours: "States.QueryEvaluationError",
    moto: "States.Runtime",
  },
  {
    name: "variables may hold JSON as text",
    why: "they are values, not source text",
    machine: machine({
      P: { Type: "Pass", Assign: { said: "{% $string({ 'a': 1 }) %}" }, Next: "Q" },
      Q: { Type: "Pass", Output: "{% $parse($said) %}", End: true },
    }),
    ours: { a: 1 },
    moto: "States.Runtime",
  },
  {
    name: "a variable has its new value from the next state on",
    why: "AWS: Passing data between states with variables",
    machine: machine({
      P: { Type: "Pass", Assign: { x: "before" }, Next: "Q" },
      Q: { Type: "Pass", Assign: { x: "after" }, Output: "{% $x %}", End: true },
    }),
    ours: "before",
    moto: "after",
  },
  {
    name: "the Assign of a Choice is taken with its default alone",
    why: "Amazon States Language, Choice State",
    machine: machine({
      C: {
        Type: "Choice",
        Choices: [{ Condition: "{% true %}", Assign: { by: "rule" }, Next: "T" }],
        Assign: { by: "default" },
        Default: "T",
      },
      T: { Type: "Pass", Output: "{% $by %}", End: true },
    }),
    ours: "rule",
    moto: "default",
  },
  {
    name: "waits are whole seconds",
    why: "AWS: Wait workflow state",
    machine: machine({ W: { Type: "Wait", Seconds: "{% 1.5 %}", Output: "waited", End: true } }),
    ours: "States.QueryEvaluationError",
    moto: "waited",
  },
  {
    name: "a distributed Map counts the failures that it tolerates",
    why: "AWS: Tolerated failure threshold for Distributed Map state",
    machine: machine(
      {
        M: {
          ...overOne(
            { ...call, End: true },
            { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" } },
          ),
          ToleratedFailurePercentage: 50.5,
          Output: "tolerated",
        },
      },
      { f: [{ error: "broken" }] },
    ),
    ours: "States.ExceedToleratedFailureThreshold",
    moto: "tolerated",
  },
  {
    name: "an item that failed and is tolerated leaves its error in its place",
    why: "inferred: AWS documents the results of items that succeed",
    machine: machine(
      {
        M: {
          ...overOne(
            { ...call, Output: "{% $states.result.Payload %}", End: true },
            { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" } },
          ),
          Items: [1, 2],
          MaxConcurrency: 1,
          ToleratedFailurePercentage: 50.5,
        },
      },
      { f: [{ value: 1 }, { error: "broken" }] },
    ),
    ours: [1, { Error: "broken", Cause: '{"errorType":"broken","errorMessage":"told"}' }],
    moto: [1, null],
  },
  {
    name: "a moment that is none is an error of the query",
    why: "AWS: Transforming data with JSONata in Step Functions",
    machine: machine({
      W: { Type: "Wait", Timestamp: "{% 'soon' %}", Output: "waited", End: true },
    }),
    ours: "States.QueryEvaluationError",
    moto: "States.Runtime",
  },
];
