import type { Instant } from "../../core/instant.js";
import type { Timeline } from "../clock.js";
import type { Decision } from "../iam/index.js";
import type { NeededRight } from "../services/service.js";
import type { Activity } from "./activity.js";
import type { Evaluator, ExpressionView } from "./expressions.js";
import { StateFailure } from "./failure.js";
import type { History } from "./history.js";
import { type Json, type JsonObject, sizeBytes } from "./json.js";
import type { Scope } from "./scope.js";
import type { TaskTokens } from "./task-tokens.js";
import type { Variables } from "./variables.js";

/** What an invoked function came to, as Step Functions sees it. */
export type FunctionResult =
  | { readonly ok: true; readonly payload: unknown }
  /** `error` is the thrown error's name, or Lambda's own: `Sandbox.Timedout`, `Lambda.TooManyRequestsException`. */
  | { readonly ok: false; readonly error: string; readonly cause: string };

/** What the interpreter needs from the rehearsal around it. */
export interface StatesSettings {
  readonly timeline: Timeline;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly newId: () => string;
  /** Runs a function for a machine. The clock must stand still until its promise has settled. */
  readonly invokeFunction: (
    functionArn: string,
    payload: unknown,
    roleArn: string,
  ) => Promise<FunctionResult>;
  /** Whether a machine's role has rights. */
  readonly authorize: (roleArn: string, rights: readonly NeededRight[]) => Decision;
}

/** What all executions share. */
export interface Engine extends StatesSettings {
  readonly activity: Activity;
  readonly evaluator: Evaluator;
  readonly tokens: TaskTokens;
}

/** The machine of a branch. */
export interface Machine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
}

/** One line of states that run one after another: a machine's, or those of one Map item. */
export interface Branch {
  readonly machine: Machine;
  readonly scope: Scope;
  readonly history: History;
  readonly variables: Variables;
  /** The `Execution` part of the context, and `Map` inside of items. */
  readonly context: JsonObject;
}

/** One visit of a branch to a state. */
export interface Visit {
  readonly name: string;
  readonly input: Json;
  readonly enteredAt: Instant;
  /** Id of the event that told of the visit. */
  readonly enteredEvent: number;
  /** Attempts before this one. */
  readonly retryCount: number;
}

/** Payloads, inputs and outputs may have this many bytes. AWS: "Quotas", Step Functions Developer Guide. */
export const maxPayloadBytes = 262_144;

/** @throws {StateFailure} `States.DataLimitExceeded` when a payload is too large */
export function withinLimit(state: string, what: string, value: Json): Json {
  if (sizeBytes(value) <= maxPayloadBytes) return value;
  const reason = `The state/task '${state}' returned a ${what} with a size exceeding the maximum number of bytes service limit.`;
  throw new StateFailure("States.DataLimitExceeded", reason);
}

/** What expressions of a state see. `extra` holds `result` or `errorOutput` where there is one. */
export function viewOf(
  branch: Branch,
  visit: Visit,
  extra: JsonObject = {},
  context: JsonObject = {},
): ExpressionView {
  const state = {
    EnteredTime: isoTime(visit.enteredAt),
    Name: visit.name,
    RetryCount: visit.retryCount,
  };
  const { arn: Id, name: Name } = branch.machine;
  return {
    states: {
      input: visit.input,
      context: { ...branch.context, State: state, StateMachine: { Id, Name }, ...context },
      ...extra,
    },
    variables: branch.variables.visible(),
  };
}

/** Suspends a branch until the clock has come to a moment. */
export function sleepUntil(engine: Engine, branch: Branch, moment: Instant): Promise<void> {
  return engine.activity.suspend<void>(branch.scope, (resume) =>
    engine.timeline.at(moment, () => resume()),
  );
}

export function isoTime(moment: Instant): string {
  return new Date(moment).toISOString();
}
