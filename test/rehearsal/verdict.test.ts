import { describe, expect, it } from "vitest";
import { defectOf, type Evidence } from "../../runtime/rehearsal/verdict.js";
import { defaultStart } from "../../runtime/rehearsal/virtual-clock.js";

const noFaults = { isDisturbed: () => false, hasStopped: () => false, injected: () => ({}) };

const nothing: Evidence = { denials: [], invocations: [], executions: [], faults: noFaults };

const denial = {
  principal: "arn:aws:iam::1:role/a",
  action: "drs:StartRecovery",
  resource: "*",
  reason: "no policy allows it",
  at: defaultStart,
};

function thrown(errorType: string) {
  return {
    requestId: "1",
    functionName: "dr-x-execution",
    at: defaultStart,
    payload: { operation: "advance" },
    isCold: false,
    lines: [],
    error: { errorType, errorMessage: "it broke", trace: [] },
  };
}

describe("the verdict on a rehearsal", () => {
  it("finds nothing where all went well, or a lane could not be read for a while", () => {
    expect(defectOf(nothing)).toBeUndefined();
    expect(defectOf({ ...nothing, invocations: [thrown("lane-throttled")] })).toBeUndefined();
  });

  it("names what was denied, once, and how much else went wrong", () => {
    const text = "IAM denied drs:StartRecovery on * to arn:aws:iam::1:role/a: no policy allows it";
    expect(defectOf({ ...nothing, denials: [denial, denial] })).toBe(text);
    const more = { ...nothing, denials: [denial], invocations: [thrown("TypeError")] };
    expect(defectOf(more)).toBe(`${text} (and 1 more defect)`);
  });

  it("names the function and the operation that threw", () => {
    expect(defectOf({ ...nothing, invocations: [thrown("TypeError")] })).toBe(
      "function dr-x-execution (advance) threw TypeError: it broke",
    );
  });

  it("names the execution that failed", () => {
    const failed = {
      arn: "arn:aws:states:us-east-1:1:execution:m:x",
      machineArn: "arn:aws:states:us-east-1:1:stateMachine:m",
      name: "x",
      status: "FAILED",
      input: "{}",
      startedAt: defaultStart,
      error: "States.Runtime",
      cause: "no state",
      history: [],
    } as const;
    expect(defectOf({ ...nothing, executions: [failed] })).toBe(
      "state machine execution arn:aws:states:us-east-1:1:execution:m:x ended as FAILED: States.Runtime: no state",
    );
  });
});
