import { maxInlineLanes } from "../limits.js";
import type { Catcher, MapState, StateMachineDefinition, States } from "./asl.js";
import {
  retryLane,
  retryRecording,
  retrySilence,
  retryTransientButTimeout,
  retryUnforeseen,
} from "./retries.js";
import { callTask, caughtCause, tokenTask } from "./tasks.js";
import { laneHeartbeatSeconds, lanePhaseTimeoutSeconds } from "./time-outs.js";

/** What {@link recoverPlanDefinition} needs to know. */
export interface RecoverPlanArgs {
  readonly executionFunctionArn: string;
  /** Lanes of the estate: decides between an inline and a distributed Map. */
  readonly laneCount: number;
}

type Phase = "recover" | "clean-up";

const executionId = "{% $executionId %}";
const ofItem = { executionId: "{% $states.input.executionId %}", lane: "{% $states.input.lane %}" };

const toFailure: Catcher = {
  ErrorEquals: ["States.ALL"],
  Assign: { cause: caughtCause },
  Output: {},
  Next: "RecordFailure",
};

/**
 * The machine that runs one plan: all lanes recover, then a drill is cleaned up, then the
 * execution is finished. Input: `{ executionId, begin: "recovery" | "clean-up" }`.
 *
 * A lane never fails the machine: what becomes of it is in the journal. What fails outside of
 * lanes is recorded by `fail`.
 */
export function recoverPlanDefinition(args: RecoverPlanArgs): StateMachineDefinition {
  const functionArn = args.executionFunctionArn;
  const catchFailure = [toFailure];
  return {
    Comment: "Recovers the lanes of a plan side by side, cleans up after a drill",
    QueryLanguage: "JSONata",
    StartAt: "Begin",
    States: {
      Begin: {
        Type: "Pass",
        Assign: {
          executionId: "{% $states.input.executionId %}",
          begin: "{% $states.input.begin %}",
        },
        Output: {},
        Next: "Prepare",
      },
      Prepare: callTask({
        functionArn,
        request: { operation: "prepare", executionId },
        assign: { lanes: "{% $states.result.Payload.lanes %}" },
        catch: catchFailure,
        leads: { Next: "WhereToBegin" },
      }),
      WhereToBegin: {
        Type: "Choice",
        Choices: [{ Condition: '{% $begin = "clean-up" %}', Next: "CleanUpLanes" }],
        Default: "RecoverLanes",
      },
      RecoverLanes: overLanes(args, "recover", catchFailure, "FinishRecovery"),
      FinishRecovery: callTask({
        functionArn,
        request: { operation: "finish-recovery", executionId },
        assign: { cleanUp: "{% $states.result.Payload.cleanUp %}" },
        catch: catchFailure,
        leads: { Next: "WhetherToCleanUp" },
      }),
      WhetherToCleanUp: {
        Type: "Choice",
        Choices: [{ Condition: "{% $cleanUp %}", Next: "CleanUpLanes" }],
        Default: "Finish",
      },
      // Whatever clean-up meets, the execution is finished: what is left over is in the journal.
      CleanUpLanes: overLanes(
        args,
        "clean-up",
        [{ ErrorEquals: ["States.ALL"], Output: {}, Next: "Finish" }],
        "Finish",
      ),
      Finish: callTask({
        functionArn,
        request: { operation: "finish", executionId },
        output: { outcome: "{% $states.result.Payload.outcome %}" },
        catch: catchFailure,
        leads: { Next: "Finished" },
      }),
      Finished: { Type: "Succeed" },
      RecordFailure: callTask({
        functionArn,
        request: { operation: "fail", executionId, cause: "{% $cause %}" },
        retry: [retryRecording],
        catch: [{ ErrorEquals: ["States.ALL"], Output: {}, Next: "Failed" }],
        leads: { Next: "Failed" },
      }),
      Failed: { Type: "Fail", Error: "execution-failed", Cause: "{% $cause %}" },
    },
  };
}

/**
 * All lanes at once: a gate waits for every lane, so a lane that queued behind another would wait
 * for itself.
 */
function overLanes(
  { executionFunctionArn, laneCount }: RecoverPlanArgs,
  phase: Phase,
  catchers: readonly Catcher[],
  next: string,
): MapState {
  const isInline = laneCount <= maxInlineLanes;
  return {
    Type: "Map",
    Items: "{% $lanes %}",
    ItemSelector: { executionId, lane: "{% $states.context.Map.Item.Value %}" },
    MaxConcurrency: isInline ? maxInlineLanes : laneCount,
    ...(!isInline && { ToleratedFailurePercentage: 100 }),
    ItemProcessor: {
      ProcessorConfig: isInline
        ? { Mode: "INLINE" }
        : { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      StartAt: namesOf(phase).lane,
      States: laneStates(executionFunctionArn, phase),
    },
    Output: {},
    Catch: catchers,
    Next: next,
  };
}

/** One lane in one phase: begun, awaited, and recorded as lost when it cannot be. Never fails. */
function laneStates(functionArn: string, phase: Phase): States {
  const names = namesOf(phase);
  return {
    [names.lane]: tokenTask({
      functionArn,
      request: { operation: "begin-lane", ...ofItem, phase },
      timeoutSeconds: lanePhaseTimeoutSeconds,
      heartbeatSeconds: laneHeartbeatSeconds,
      retry: [retrySilence, retryTransientButTimeout, retryLane, retryUnforeseen],
      catch: [
        {
          ErrorEquals: ["States.ALL"],
          Output: { ...ofItem, cause: caughtCause },
          Next: names.lost,
        },
      ],
      leads: { Next: names.ended },
    }),
    [names.lost]: callTask({
      functionArn,
      request: { operation: "lane-lost", ...ofItem, cause: "{% $states.input.cause %}" },
      retry: [retryRecording],
      catch: [{ ErrorEquals: ["States.ALL"], Output: {}, Next: names.ended }],
      leads: { Next: names.ended },
    }),
    [names.ended]: { Type: "Succeed" },
  };
}

/** State names are unique in a machine, inside Maps too. */
function namesOf(phase: Phase): { lane: string; lost: string; ended: string } {
  return phase === "recover"
    ? { lane: "RecoverLane", lost: "LaneLost", ended: "LaneEnded" }
    : { lane: "CleanUpLane", lost: "CleanUpLost", ended: "CleanUpEnded" };
}
