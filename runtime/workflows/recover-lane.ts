import { cadence, turnsPerExecution } from "../limits.js";
import type { Catcher, StateMachineDefinition } from "./asl.js";
import { retryLane, retryRecording, retryTransientButTimeout } from "./retries.js";
import { callTask, caughtCause, tokenTask } from "./tasks.js";
import { longestWaitSeconds } from "./time-outs.js";

/** What {@link recoverLaneDefinition} needs to know. */
export interface RecoverLaneArgs {
  readonly executionFunctionArn: string;
}

const ofLane = { executionId: "{% $executionId %}", lane: "{% $lane %}" };

const toLost: Catcher = {
  ErrorEquals: ["States.ALL"],
  Assign: { cause: caughtCause },
  Output: {},
  Next: "LaneLost",
};

/**
 * A turn counts one, each repeated attempt and each pause counts one more. None of these writes
 * more than nine events, so the hand-over comes long before the 25,000 events of an execution.
 */
const countTurn = "{% $turns + 1 + $states.context.State.RetryCount %}";

/**
 * The machine that drives one lane: a turn, a sleep of as long as the turn said, the next turn.
 * Input: `{ executionId, lane, part }`. Before its history is full it hands the lane on to
 * execution `part + 1` of itself. The end of a lane is told by the function, not by this machine.
 */
export function recoverLaneDefinition(args: RecoverLaneArgs): StateMachineDefinition {
  const functionArn = args.executionFunctionArn;
  const catchLost = [toLost];
  return {
    Comment: "Drives one lane: turn, wait, turn",
    QueryLanguage: "JSONata",
    StartAt: "Begin",
    States: {
      Begin: {
        Type: "Pass",
        Assign: {
          executionId: "{% $states.input.executionId %}",
          lane: "{% $states.input.lane %}",
          part: "{% $states.input.part %}",
          turns: 0,
        },
        Output: {},
        Next: "Advance",
      },
      Advance: callTask({
        functionArn,
        request: { operation: "advance", ...ofLane },
        assign: { answer: "{% $states.result.Payload %}", turns: countTurn },
        catch: catchLost,
        leads: { Next: "WhatNext" },
      }),
      WhatNext: {
        Type: "Choice",
        Choices: [
          { Condition: '{% $answer.next = "ended" %}', Next: "Ended" },
          { Condition: `{% $turns >= ${turnsPerExecution} %}`, Next: "HandOver" },
          { Condition: '{% $answer.next = "wait" %}', Next: "Wait" },
          { Condition: '{% $answer.next = "pause" %}', Next: "Hold" },
        ],
        Assign: { cause: '{% "advance answered " & $string($answer) %}' },
        Default: "LaneLost",
      },
      Wait: {
        Type: "Wait",
        Seconds: `{% $min([$ceil($answer.seconds), ${longestWaitSeconds}]) %}`,
        Next: "Advance",
      },
      Hold: tokenTask({
        functionArn,
        request: { operation: "hold-lane", ...ofLane },
        timeoutSeconds: cadence.pausedLookSeconds,
        assign: { turns: countTurn },
        retry: [retryTransientButTimeout, retryLane],
        catch: [
          {
            ErrorEquals: ["States.Timeout"],
            Assign: { turns: countTurn },
            Output: {},
            Next: "Advance",
          },
          {
            ErrorEquals: ["States.ALL"],
            Assign: { turns: countTurn },
            Output: {},
            Next: "LookLater",
          },
        ],
        leads: { Next: "Advance" },
      }),
      // No token could be left to wake the lane: it looks by itself.
      LookLater: { Type: "Wait", Seconds: longestWaitSeconds, Next: "Advance" },
      HandOver: callTask({
        functionArn,
        request: { operation: "hand-over", ...ofLane, part: "{% $part %}" },
        catch: catchLost,
        leads: { Next: "Ended" },
      }),
      Ended: { Type: "Succeed" },
      LaneLost: callTask({
        functionArn,
        request: { operation: "lane-lost", ...ofLane, cause: "{% $cause %}" },
        retry: [retryRecording],
        catch: [{ ErrorEquals: ["States.ALL"], Output: {}, Next: "Lost" }],
        leads: { Next: "Lost" },
      }),
      Lost: { Type: "Fail", Error: "lane-lost", Cause: "{% $cause %}" },
    },
  };
}
