import type { Instant } from "../../../../core/instant.js";
import type { Caller } from "../model.js";

/** Whether the failure of a server fails its step. */
export type ImpactLevel = "CRITICAL" | "OPTIONAL";

export interface PlanServer {
  readonly serverArn: string;
  readonly impactLevel: ImpactLevel;
}

export interface WaitStep {
  readonly kind: "wait";
  readonly waitDurationMinutes: number;
}

export interface ServerStep {
  readonly kind: "server";
  readonly servers: readonly PlanServer[];
}

export type StepConfiguration = ServerStep | WaitStep;

/** A step of a plan. Its order is its place in the plan's list. */
export interface PlanStep {
  readonly arn: string;
  name: string;
  configuration: StepConfiguration;
  readonly createdAt: Instant;
  updatedAt: Instant;
}

export interface PlanRecord {
  readonly id: string;
  readonly arn: string;
  /** Place among the plans that its lane ever had, from 1. */
  readonly sequence: number;
  name: string;
  description?: string;
  tags: Record<string, string>;
  steps: readonly PlanStep[];
  readonly createdAt: Instant;
  updatedAt: Instant;
  /** Between the call that deletes it and its end. */
  isBeingDeleted: boolean;
}

/** `TIMED_OUT` is in the user guide, and not in the API model. */
export type ExecutionStatus =
  | "CREATED"
  | "IN_PROGRESS"
  | "COMPLETED"
  | "FAILED"
  | "TIMED_OUT"
  | "CANCELLING"
  | "CANCELLED";

export type ExecutionStepStatus =
  | "NOT_STARTED"
  | "EXECUTING"
  | "WAITING"
  | "COMPLETED"
  | "FAILED"
  | "TIMED_OUT"
  | "SKIPPED";

/** A server on its way through an execution. */
export interface ExecutionServer extends PlanServer {
  /** The newest job that recovers it. */
  jobId?: string;
  /** What that job came to. */
  outcome?: "LAUNCHED" | "FAILED" | undefined;
}

export interface ExecutionServerStep {
  readonly kind: "server";
  readonly servers: readonly ExecutionServer[];
}

export type ExecutionStepConfiguration = ExecutionServerStep | WaitStep;

/** As on the wire. Its texts and codes are ours: AWS publishes none but one message. */
export interface ErrorDetail {
  readonly code: string;
  readonly message: string;
}

export interface ExecutionStep {
  readonly arn: string;
  /** From 1. */
  readonly index: number;
  readonly name: string;
  configuration: ExecutionStepConfiguration;
  status: ExecutionStepStatus;
  attempt: number;
  errorDetail?: ErrorDetail | undefined;
  readonly createdAt: Instant;
  updatedAt: Instant;
}

/** One run of a plan, on a copy of its steps. */
export interface ExecutionRecord {
  readonly id: string;
  readonly arn: string;
  /** Place among the executions that its lane ever had, from 1. */
  readonly sequence: number;
  readonly plan: Pick<PlanRecord, "id" | "arn">;
  readonly mode: "DRILL" | "RECOVERY";
  status: ExecutionStatus;
  readonly startedAt: Instant;
  completedAt?: Instant | undefined;
  errorDetail?: ErrorDetail | undefined;
  tags: Record<string, string>;
  readonly steps: readonly ExecutionStep[];
  /** Points in time that were chosen, by server; others are recovered from their latest data. */
  readonly pins: ReadonlyMap<string, string>;
  /** Who started it, or made it go on last: in this name its jobs use EC2. */
  caller: Caller;
  /** Takes back the end of its time; set while it is active. */
  stopLimit?: (() => void) | undefined;
}

/** What an answered `clientToken` stands for. */
export interface AnsweredToken {
  readonly request: string;
  readonly arn: string;
}

/** The recovery plans of an account in a Region. */
export interface PlanBook {
  readonly plans: Map<string, PlanRecord>;
  readonly executions: Map<string, ExecutionRecord>;
  readonly tokens: Map<string, AnsweredToken>;
  /** How many plans, steps and executions there ever were, for ids that never come twice. */
  readonly created: { plans: number; steps: number; executions: number };
}

export function noPlans(): PlanBook {
  return {
    plans: new Map(),
    executions: new Map(),
    tokens: new Map(),
    created: { plans: 0, steps: 0, executions: 0 },
  };
}

/** Id of the server that an ARN names. */
export function serverIdOf({ serverArn }: Pick<PlanServer, "serverArn">): string {
  return serverArn.slice(serverArn.lastIndexOf("/") + 1);
}

/** The servers of all server steps, in their order. */
export function serversOf<T extends PlanServer>(
  configurations: readonly (
    | { readonly kind: "server"; readonly servers: readonly T[] }
    | WaitStep
  )[],
): readonly T[] {
  return configurations.flatMap((one) => (one.kind === "server" ? one.servers : []));
}

/** The plans that a server is in. While there are any, it cannot be deleted. */
export function plansWith(book: PlanBook, serverArn: string): readonly PlanRecord[] {
  return [...book.plans.values()].filter(({ steps }) =>
    serversOf(steps.map(({ configuration }) => configuration)).some(
      (server) => server.serverArn === serverArn,
    ),
  );
}

/** Whether an execution still does something, or will. */
export function isActive({ status }: Pick<ExecutionRecord, "status">): boolean {
  return status === "CREATED" || status === "IN_PROGRESS" || status === "CANCELLING";
}

/** The execution of a plan that has not ended, if there is one. */
export function activeExecution(book: PlanBook, planId: string): ExecutionRecord | undefined {
  return [...book.executions.values()].find((one) => one.plan.id === planId && isActive(one));
}
