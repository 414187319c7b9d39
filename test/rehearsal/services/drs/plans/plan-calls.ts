import { expect } from "vitest";
import { account, type Bench, region, serverId } from "../../bench.js";
import { signedRequest } from "../../signed-request.js";

type Json = Readonly<Record<string, unknown>>;

export interface StepSeen {
  readonly recoveryPlanStepArn: string;
  readonly stepOrder: number;
  readonly stepName: string;
  readonly configuration: Json;
}

export interface ExecutionSeen {
  readonly recoveryPlanExecutionArn: string;
  readonly recoveryPlanArn: string;
  readonly mode: string;
  readonly status: string;
  readonly startedAt: string;
  readonly completedAt?: string;
  readonly errorDetail?: { readonly code: string; readonly message: string };
  readonly tags: Readonly<Record<string, string>>;
}

export interface ExecutionStepSeen {
  readonly recoveryPlanExecutionStepArn: string;
  readonly stepIndex: number;
  readonly stepName: string;
  readonly status: string;
  readonly attempt: number;
  readonly errorDetail?: { readonly code: string; readonly message: string };
  readonly configuration: {
    readonly executionServerStepConfiguration?: {
      readonly servers: readonly {
        readonly serverArn: string;
        readonly impactLevel: string;
        readonly jobID?: string;
      }[];
    };
    readonly waitStepConfiguration?: { readonly waitDurationMinutes: number };
  };
}

export interface Refused {
  readonly status: number;
  readonly code: string | null;
  readonly message: unknown;
}

export function serverArn(number: number): string {
  return `arn:aws:drs:${region}:${account}:source-server/${serverId(number)}`;
}

/** A server step of these servers; negative numbers are optional ones. */
export function servers(...numbers: readonly number[]): Json {
  const wanted = numbers.map((number) => ({
    serverArn: serverArn(Math.abs(number)),
    ...(number < 0 && { impactLevel: "OPTIONAL" }),
  }));
  return { serverStepConfiguration: { servers: wanted } };
}

export function minutes(waitDurationMinutes: number): Json {
  return { waitStepConfiguration: { waitDurationMinutes } };
}

/** The calls of recovery plans, which the SDK here does not know. */
export function planCalls(bench: Bench) {
  /** Each call has keys of its own: executions may last longer than a session. */
  async function send(operation: string, body: Json): Promise<{ reply: Response; body: Json }> {
    const reply = await signedRequest(bench)("POST", `/${operation}`, JSON.stringify(body));
    return { reply, body: (await reply.json()) as Json };
  }

  async function ask(operation: string, body: Json): Promise<Json> {
    const { reply, body: answer } = await send(operation, body);
    expect(answer, `${operation} answers ${reply.status}`).not.toHaveProperty("message");
    return answer;
  }

  async function refusal(operation: string, body: Json): Promise<Refused> {
    const { reply, body: answer } = await send(operation, body);
    const code = reply.headers.get("x-amzn-errortype");
    return { status: reply.status, code, message: answer.message };
  }

  async function createPlan(name = "shop", more: Json = {}): Promise<string> {
    const { recoveryPlan } = await ask("CreateRecoveryPlan", { name, ...more });
    return (recoveryPlan as { recoveryPlanArn: string }).recoveryPlanArn;
  }

  async function addStep(recoveryPlanArn: string, configuration: Json, more: Json = {}) {
    const body = { recoveryPlanArn, stepName: "a step", configuration, ...more };
    return (await ask("CreateRecoveryPlanStep", body)).recoveryPlanStep as StepSeen;
  }

  /** A plan with these steps. */
  async function planOf(name: string, ...steps: readonly Json[]): Promise<string> {
    const plan = await createPlan(name);
    for (const configuration of steps) await addStep(plan, configuration);
    return plan;
  }

  async function start(recoveryPlanArn: string, more: Json = {}): Promise<ExecutionSeen> {
    const body = { recoveryPlanArn, mode: "DRILL", ...more };
    return (await ask("StartRecoveryPlanExecution", body)).recoveryPlanExecution as ExecutionSeen;
  }

  async function execution({
    recoveryPlanExecutionArn,
  }: Pick<ExecutionSeen, "recoveryPlanExecutionArn">): Promise<ExecutionSeen> {
    const answer = await ask("GetRecoveryPlanExecution", { recoveryPlanExecutionArn });
    return answer.recoveryPlanExecution as ExecutionSeen;
  }

  /** The steps of an execution, each as its own call tells it. */
  async function stepsOf({
    recoveryPlanExecutionArn,
  }: Pick<ExecutionSeen, "recoveryPlanExecutionArn">): Promise<readonly ExecutionStepSeen[]> {
    const listed = await ask("ListRecoveryPlanExecutionSteps", { recoveryPlanExecutionArn });
    const steps = listed.recoveryPlanExecutionSteps as readonly ExecutionStepSeen[];
    return Promise.all(
      steps.map(async ({ recoveryPlanExecutionStepArn }) => {
        const body = { recoveryPlanExecutionStepArn };
        const answer = await ask("GetRecoveryPlanExecutionStep", body);
        return answer.recoveryPlanExecutionStep as ExecutionStepSeen;
      }),
    );
  }

  async function statuses(of: ExecutionSeen): Promise<readonly string[]> {
    const { status } = await execution(of);
    return [status, ...(await stepsOf(of)).map((step) => step.status)];
  }

  return { ask, refusal, createPlan, addStep, planOf, start, execution, stepsOf, statuses };
}
