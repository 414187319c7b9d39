import { describe, expect, it } from "vitest";
import {
  readDefinition,
  UnsupportedDefinition,
} from "../../../runtime/rehearsal/states-language/index.js";

const task = {
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Arguments: { FunctionName: "arn", Payload: {} },
  TimeoutSeconds: 60,
  End: true,
};
const tokenTask = {
  ...task,
  Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
  Arguments: { FunctionName: "arn", Payload: { t: "{% $states.context.Task.Token %}" } },
};
const inner = { Type: "Pass", End: true };
const map = {
  Type: "Map",
  Items: "{% $states.input %}",
  ItemProcessor: {
    ProcessorConfig: { Mode: "INLINE" },
    StartAt: "I",
    States: { I: inner },
  },
  End: true,
};

function reading(states: Readonly<Record<string, object>>, fields: object = {}): () => unknown {
  const definition = { QueryLanguage: "JSONata", StartAt: "A", States: states, ...fields };
  return () => readDefinition(JSON.stringify(definition));
}

describe("reading a definition", () => {
  it.each([
    [
      "a state type that it does not run",
      { Type: "Parallel", Branches: [], End: true },
      /^States\.A\.Type must be a kind that the rehearsal runs/,
    ],
    [
      "a field that it does not know",
      { ...task, Credentials: {} },
      /^States\.A must have only fields that the rehearsal runs, got "Credentials"/,
    ],
    [
      "a field of JSONPath",
      { ...inner, ResultPath: "$.a" },
      /^States\.A must have only fields that the rehearsal runs, got "ResultPath"/,
    ],
    [
      "a resource that it does not call",
      { ...task, Resource: "arn:aws:states:::aws-sdk:drs:startRecovery" },
      /^States\.A\.Resource must be "arn:aws:states:::lambda:invoke" or .* got "arn:aws:states:::aws-sdk:drs:startRecovery"\.$/,
    ],
    [
      "a field of Retry",
      { ...task, Retry: [{ ErrorEquals: ["a"], Delay: 1 }] },
      /^States\.A\.Retry\[0\] must have only fields that the rehearsal runs, got "Delay"/,
    ],
    [
      "a jitter that it does not know",
      { ...task, Retry: [{ ErrorEquals: ["a"], JitterStrategy: "HALF" }] },
      /^States\.A\.Retry\[0\]\.JitterStrategy must be "FULL" or "NONE", got "HALF"\.$/,
    ],
    [
      "a task without a time-out",
      { ...task, TimeoutSeconds: undefined },
      /^States\.A\.TimeoutSeconds must be (number|int), got nothing\.$/,
    ],
    [
      "a reader of a distributed Map",
      { ...map, ItemReader: {} },
      /^States\.A must have only fields that the rehearsal runs, got "ItemReader"/,
    ],
    [
      "an express child",
      {
        ...map,
        ItemProcessor: {
          ...map.ItemProcessor,
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" },
        },
      },
      /^States\.A\.ItemProcessor\.ProcessorConfig\.ExecutionType must be "STANDARD", got "EXPRESS"\.$/,
    ],
    [
      "a next state that does not exist",
      { Type: "Pass", Next: "Z" },
      'States.A.Next must be a state beside it, got "Z".',
    ],
    [
      "both a next state and an end",
      { Type: "Pass", Next: "A", End: true },
      "States.A must have either Next or End, got both or none.",
    ],
    [
      "neither a next state nor an end",
      { Type: "Pass" },
      "States.A must have either Next or End, got both or none.",
    ],
    [
      "JSONata that does not parse",
      { ...inner, Output: { a: ["{% 1 + %}"] } },
      'States.A.Output.a[0] must be JSONata (Unexpected end of expression), got "{% 1 + %}".',
    ],
    [
      "an expression within other text",
      { ...inner, Output: "{% 1 %} and {%" },
      'States.A.Output must be a whole {% … %} or plain text, got "{% 1 %} and {%".',
    ],
    [
      "a heartbeat not below the time-out",
      { ...tokenTask, HeartbeatSeconds: 60 },
      "States.A.HeartbeatSeconds must be below TimeoutSeconds (60), got 60.",
    ],
    [
      "a wait for a token that nobody has",
      { ...tokenTask, Arguments: task.Arguments },
      /^States\.A\.Arguments must hand out \$states\.context\.Task\.Token .* got a wait for a token that nobody has\.$/,
    ],
    [
      "a token that nobody waits for",
      { ...task, Arguments: tokenTask.Arguments },
      /got a token that nobody waits for\.$/,
    ],
    [
      "States.ALL among others",
      { ...task, Catch: [{ ErrorEquals: ["a", "States.ALL"], Next: "A" }] },
      "States.A.Catch[0].ErrorEquals must have States.ALL alone and last.",
    ],
    [
      "States.ALL before others",
      { ...task, Retry: [{ ErrorEquals: ["States.ALL"] }, { ErrorEquals: ["a"] }] },
      "States.A.Retry[0].ErrorEquals must have States.ALL alone and last.",
    ],
    [
      "an error of AWS's that is never raised",
      { ...task, Retry: [{ ErrorEquals: ["States.TimedOut"] }] },
      'States.A.Retry[0].ErrorEquals must hold errors that the rehearsal raises, got "States.TimedOut".',
    ],
    [
      "a condition that is no expression",
      { Type: "Choice", Choices: [{ Condition: "true", Next: "A" }] },
      'States.A.Choices[0].Condition must be {% … %}, got "true".',
    ],
    [
      "a wait for nothing",
      { Type: "Wait", End: true },
      "States.A must have either Seconds or Timestamp, got both or none.",
    ],
    [
      "a wait of plain text",
      { Type: "Wait", Seconds: "10", End: true },
      'States.A.Seconds must be a number or {% … %}, got "10".',
    ],
    [
      "a moment without its zone",
      { Type: "Wait", Timestamp: "2026-01-24T02:00:00", End: true },
      'States.A.Timestamp must be a moment as 2026-01-24T02:00:00Z or {% … %}, got "2026-01-24T02:00:00".',
    ],
    [
      "items of plain text",
      { ...map, Items: "lanes" },
      'States.A.Items must be a list or {% … %}, got "lanes".',
    ],
    [
      "an end in failure without a name",
      { Type: "Fail", Cause: "because" },
      /^States\.A\.Error must be string, got nothing\.$/,
    ],
    [
      "tolerance of an inline Map",
      { ...map, ToleratedFailurePercentage: 5 },
      "States.A.ToleratedFailurePercentage must be absent from an inline Map, got 5.",
    ],
    [
      "a variable named states",
      { ...inner, Assign: { states: 1 } },
      'States must assign variables of letters, digits and _, got "states".',
    ],
  ])("refuses %s", (_, state, message) => {
    expect(reading({ A: state })).toThrow(UnsupportedDefinition);
    expect(reading({ A: state })).toThrow(message);
  });

  it("refuses JSONPath machines and fields of the machine that it does not know", () => {
    expect(reading({ A: inner }, { QueryLanguage: "JSONPath" })).toThrow(
      'QueryLanguage must be "JSONata", got "JSONPath".',
    );
    expect(reading({ A: inner }, { TimeoutSeconds: 5 })).toThrow(
      'definition must have only fields that the rehearsal runs, got "TimeoutSeconds".',
    );
  });

  it("refuses states that nothing leads to, and names used twice", () => {
    expect(reading({ A: inner, B: inner })).toThrow(
      "States.B must be reached from StartAt, got no way to it.",
    );
    const twice = {
      ...map,
      ItemProcessor: { ...map.ItemProcessor, StartAt: "A", States: { A: inner } },
    };
    expect(reading({ A: twice })).toThrow(
      "States.A.ItemProcessor.States.A must be a name used once, got it twice.",
    );
  });

  it("refuses states of more than 80 characters", () => {
    const long = "A".repeat(81);
    const read = reading({ A: { Type: "Pass", Next: long }, [long]: inner });
    expect(read).toThrow(`States.${long} must be a name of at most 80 characters, got 81.`);
  });

  it("refuses an item that assigns a variable of the states around its Map", () => {
    const assigning = {
      ...map,
      Assign: { x: 1 },
      ItemProcessor: {
        ...map.ItemProcessor,
        States: { I: { ...inner, Assign: { x: 2 } } },
      },
    };
    expect(reading({ A: assigning })).toThrow('must not assign "x"');
  });

  it("names all problems at once", () => {
    const both = { ...task, Next: "Z", Retry: [{ ErrorEquals: ["States.TimedOut"] }] };
    expect(reading({ A: both })).toThrow(
      /Next must be a state.*\n.*either Next or End.*\n.*States\.TimedOut/s,
    );
  });

  it("refuses what is no JSON", () => {
    expect(() => readDefinition("{")).toThrow("definition must be object, got nothing.");
  });
});
