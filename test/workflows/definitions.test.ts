import validate from "asl-validator";
import { describe, expect, it } from "vitest";
import { machineProblems } from "../../policies/state-machine-problems.js";
import { readDefinition } from "../../runtime/rehearsal/states-language/index.js";
import type { Template } from "../../runtime/workflows/asl.js";
import {
  recoverLaneDefinition,
  recoverPlanDefinition,
  type State,
  type StateMachineDefinition,
} from "../../runtime/workflows/index.js";

const executionFunctionArn = "arn:aws:lambda:eu-central-1:111111111111:function:dr-shop-execution";

const definitions: readonly (readonly [string, StateMachineDefinition])[] = [
  ["a plan of one lane", recoverPlanDefinition({ executionFunctionArn, laneCount: 1 })],
  ["a plan of 41 lanes", recoverPlanDefinition({ executionFunctionArn, laneCount: 41 })],
  ["a lane", recoverLaneDefinition({ executionFunctionArn })],
];

/** All states by name, those inside of Maps too. */
function statesOf(
  block: Pick<StateMachineDefinition, "States">,
): readonly (readonly [string, State])[] {
  return Object.entries(block.States).flatMap(([name, state]) => [
    [name, state] as const,
    ...(state.Type === "Map" ? statesOf(state.ItemProcessor) : []),
  ]);
}

/** Texts in a template that are expressions. */
function expressionsIn(template: Template): readonly string[] {
  return [...JSON.stringify(template).matchAll(/\{% (.*?) %\}/g)].map(([, source = ""]) =>
    JSON.parse(`"${source}"`),
  );
}

/** What Tasks may be given: what the machine was started with, a lane, a cause cut to 2,000 characters. */
const boundedExpressions: ReadonlySet<string> = new Set([
  "$executionId",
  "$lane",
  "$part",
  "$cause",
  "$states.input.executionId",
  "$states.input.lane",
  "$states.input.cause",
  "$states.context.Task.Token",
]);

const boundedOutputs: ReadonlySet<string> = new Set([
  "$states.input.executionId",
  "$states.input.lane",
  "$states.result.Payload.outcome",
  '$substring($states.errorOutput.Error & ": " & $states.errorOutput.Cause, 0, 2000)',
]);

describe.each(definitions)("the definition of %s", (_, definition) => {
  const tasks = statesOf(definition).flatMap(([name, state]) =>
    state.Type === "Task" ? [{ name, state }] : [],
  );

  it("is valid to a validator that is not ours", async () => {
    const verdict = await validate(JSON.parse(JSON.stringify(definition)));
    expect(verdict).toMatchObject({ isValid: true, errors: [] });
  });

  it("bounds every wait, repeats what passes, and rests in every loop", () => {
    expect(machineProblems(JSON.parse(JSON.stringify(definition)))).toEqual([]);
  });

  it("runs in the rehearsal", () => {
    expect(() => readDefinition(JSON.stringify(definition))).not.toThrow();
  });

  it("calls the execution function alone", () => {
    expect(new Set(tasks.map(({ state }) => state.Arguments.FunctionName))).toEqual(
      new Set([executionFunctionArn]),
    );
  });

  it("catches, at each task, whatever is left after its retries", () => {
    const uncaught = tasks.filter(
      ({ state }) => !state.Catch.some(({ ErrorEquals }) => ErrorEquals.includes("States.ALL")),
    );
    expect(uncaught.map(({ name }) => name)).toEqual([]);
  });

  it("repeats each task under full jitter when Lambda is throttled", () => {
    const errors = ["Lambda.TooManyRequestsException", "States.ALL"];
    const once = tasks.filter(
      ({ state }) =>
        !state.Retry.some(
          ({ ErrorEquals, JitterStrategy }) =>
            JitterStrategy === "FULL" && errors.some((error) => ErrorEquals.includes(error)),
        ),
    );
    expect(once.map(({ name }) => name)).toEqual([]);
  });

  it("hands names and ids to its function, and nothing that grows with the servers", () => {
    const given = tasks.flatMap(({ state }) => expressionsIn(state.Arguments.Payload));
    expect(given.filter((expression) => !boundedExpressions.has(expression))).toEqual([]);
  });

  it("keeps its state small: outputs are empty or a lane's name, and answers go to variables", () => {
    const outputs = statesOf(definition).flatMap(([, state]) =>
      "Output" in state ? expressionsIn(state.Output ?? {}) : [],
    );
    expect(outputs.filter((expression) => !boundedOutputs.has(expression))).toEqual([]);
  });

  it("is far smaller than the 1 MB that Step Functions takes", () => {
    expect(JSON.stringify(definition).length).toBeLessThan(20_000);
  });
});
