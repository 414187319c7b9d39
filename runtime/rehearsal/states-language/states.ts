import { type Instant, secondsBetween } from "../../core/instant.js";
import { parseArn } from "../services/arns.js";
import type { EmulatedService } from "../services/service.js";
import { Activity } from "./activity.js";
import type { Definition } from "./definition.js";
import {
  type Engine,
  isoTime,
  type Machine,
  maxPayloadBytes,
  type StatesSettings,
} from "./engine.js";
import { Evaluator } from "./expressions.js";
import { rehearsalFailure, StateFailure } from "./failure.js";
import { History, type HistoryEvent } from "./history.js";
import { type Json, parseJson } from "./json.js";
import { readDefinition } from "./read-definition.js";
import { runStates } from "./run-states.js";
import { Scope } from "./scope.js";
import { statesService } from "./service-api.js";
import { type StatesError, statesError } from "./states-error.js";
import { TaskTokens } from "./task-tokens.js";
import { Variables } from "./variables.js";

/** A state machine as the program deploys it. */
export interface DeployedMachine {
  readonly arn: string;
  /** JSON text, or its value. */
  readonly definition: unknown;
  readonly roleArn: string;
}

export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "ABORTED";

/** An execution as far as it has come. Inputs and outputs are JSON text. */
export interface Execution {
  readonly arn: string;
  readonly machineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly input: string;
  readonly startedAt: Instant;
  readonly endedAt?: Instant;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly history: readonly HistoryEvent[];
}

/** What a start answers. Starting a running execution again, with the same input, answers the same. */
export interface Started {
  readonly executionArn: string;
  readonly startedAt: Instant;
}

/** Step Functions of a rehearsal: machines, their executions, and the API in front of them. */
export interface States {
  /** The API, for the gateway. */
  readonly service: EmulatedService;
  /** @throws {UnsupportedDefinition} naming every field of the definition that is not run here */
  createMachine(machine: DeployedMachine): void;
  /**
   * Starts an execution; the first states run once the clock turns.
   *
   * @throws {StatesError} `StateMachineDoesNotExist`, `InvalidName`, `InvalidExecutionInput`,
   *   `ValidationException` for an input above 256 KiB, or `ExecutionAlreadyExists` when the name was used in the last 90 days and the execution has
   *   ended or had another input
   */
  start(machineArn: string, name: string, input: string): Started;
  execution(arn: string): Execution | undefined;
  /** Executions in the order of their start, of one machine or of all. */
  executions(machineArn?: string): readonly Execution[];
  /** Ends a running execution as `ABORTED`; one that has ended stays as it is. @throws {StatesError} */
  stop(arn: string, error?: string, cause?: string): Instant;
}

/** A kept execution: what it shows, and what it needs to be stopped. */
interface Kept {
  shown: Execution;
  readonly scope: Scope;
  readonly history: History;
}

/** AWS: names are unique for 90 days per account, Region and machine. */
const nameReuseDays = 90;

const forbiddenInNames = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/u;

/** Step Functions with no machines yet. */
export function createStates(settings: StatesSettings): States {
  const { timeline } = settings;
  const engine: Engine = {
    ...settings,
    activity: new Activity(timeline),
    evaluator: new Evaluator({ ...settings, clock: timeline }),
    tokens: new TaskTokens(settings.newId),
  };
  const machines = new Map<string, Machine & { readonly definition: Definition }>();
  const kept = new Map<string, Kept>();

  function createMachine({ arn, definition, roleArn }: DeployedMachine): void {
    const name = parseArn(arn)?.resource.replace(/^stateMachine:/, "") ?? arn;
    machines.set(arn, { arn, name, roleArn, definition: readDefinition(definition) });
  }

  function start(machineArn: string, name: string, input: string): Started {
    const machine = machines.get(machineArn);
    if (machine === undefined) throw noMachine(machineArn);
    if (name.length < 1 || name.length > 80 || forbiddenInNames.test(name)) {
      throw statesError("InvalidName", `Invalid Name: '${name}'`);
    }
    if (Buffer.byteLength(input, "utf8") > maxPayloadBytes) {
      const rule = `Member must have length less than or equal to ${maxPayloadBytes}`;
      throw statesError("ValidationException", `Value at 'input' failed to satisfy: ${rule}`);
    }
    const value = parseJson(input);
    if (value === undefined) {
      throw statesError(
        "InvalidExecutionInput",
        `Invalid State Machine Execution Input: '${input}'`,
      );
    }
    const arn = `${machineArn.replace(":stateMachine:", ":execution:")}:${name}`;
    const former = kept.get(arn)?.shown;
    if (former && isNameTaken(former, timeline.now())) {
      const isSame = former.status === "RUNNING" && former.input === input;
      if (isSame) return { executionArn: arn, startedAt: former.startedAt };
      throw statesError("ExecutionAlreadyExists", `Execution Already Exists: '${arn}'`);
    }
    const startedAt = timeline.now();
    const history = new History(() => timeline.now());
    const shown: Execution = {
      arn,
      machineArn,
      name,
      status: "RUNNING",
      input,
      startedAt,
      history: history.events,
    };
    const execution: Kept = { shown, scope: new Scope(), history };
    kept.set(arn, execution);
    engine.activity.begin();
    void run(machine, execution, value).finally(() => engine.activity.end());
    return { executionArn: arn, startedAt };
  }

  async function run(
    machine: Machine & { readonly definition: Definition },
    { shown, scope, history }: Kept,
    input: Json,
  ): Promise<void> {
    const execution = {
      Id: shown.arn,
      Input: input,
      Name: shown.name,
      RoleArn: machine.roleArn,
      StartTime: isoTime(shown.startedAt),
    };
    const branch = {
      machine,
      scope,
      history,
      variables: new Variables(),
      context: { Execution: execution },
    };
    try {
      history.add("ExecutionStarted");
      const output = await runStates(engine, branch, machine.definition, input);
      end(shown.arn, "SUCCEEDED", { output: JSON.stringify(output) });
    } catch (thrown) {
      end(shown.arn, "FAILED", { failure: rehearsalFailure(thrown) });
    }
  }

  /** Only the first end counts. */
  function end(
    arn: string,
    status: Exclude<ExecutionStatus, "RUNNING">,
    { output, failure }: { readonly output?: string; readonly failure?: StateFailure },
  ): void {
    const execution = kept.get(arn);
    if (execution?.shown.status !== "RUNNING") return;
    execution.history.end(eventOf[status], failure);
    execution.shown = {
      ...execution.shown,
      status,
      endedAt: timeline.now(),
      ...(output !== undefined && { output }),
      ...(failure && { error: failure.error, cause: failure.reason }),
    };
    execution.scope.close();
  }

  function stop(arn: string, error = "", cause = ""): Instant {
    const execution = kept.get(arn);
    if (execution === undefined) throw noExecution(arn);
    end(arn, "ABORTED", { failure: new StateFailure(error, cause) });
    return execution.shown.endedAt ?? timeline.now();
  }

  const states = {
    createMachine,
    start,
    stop,
    execution: (arn: string) => kept.get(arn)?.shown,
    executions: (machineArn?: string) =>
      [...kept.values()]
        .map(({ shown }) => shown)
        .filter((shown) => machineArn === undefined || shown.machineArn === machineArn),
  };
  const hasMachine = (arn: string): boolean => machines.has(arn);
  return { ...states, service: statesService(states, engine, hasMachine) };
}

const eventOf = {
  SUCCEEDED: "ExecutionSucceeded",
  FAILED: "ExecutionFailed",
  ABORTED: "ExecutionAborted",
} as const;

function isNameTaken({ endedAt }: Execution, now: Instant): boolean {
  return endedAt === undefined || secondsBetween(endedAt, now) < nameReuseDays * 86_400;
}

function noMachine(arn: string): StatesError {
  return statesError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
}

function noExecution(arn: string): StatesError {
  return statesError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
}
