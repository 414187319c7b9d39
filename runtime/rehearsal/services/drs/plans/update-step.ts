import { oneOf, readMembers } from "../members.js";
import type { Call } from "../operation.js";
import type { Refusal } from "../refusal.js";
import type { ExecutionRecord, ExecutionStep, PlanServer, StepConfiguration } from "./model.js";
import { executionConfiguration } from "./new-execution.js";
import { planServers, waitDurationMinutes } from "./readers.js";
import { againstRules, inWrongState, refusedAs } from "./refusals.js";
import { checkResume } from "./resume-check.js";
import { checkSteps } from "./rules.js";
import { skipStep } from "./run-execution.js";
import { checkServersAreFree } from "./start-checks.js";

/** Skips a step of an execution, or changes what it will do when its turn comes. */
export function updateStep(call: Call, execution: ExecutionRecord, step: ExecutionStep): void {
  const { status, servers, waitDurationMinutes: minutes } = readWanted(call);
  const given = [status, servers, minutes].filter((one) => one !== undefined);
  if (given.length !== 1) {
    const message = "Exactly one of status, servers and waitDurationMinutes must be given";
    throw againstRules(call.world, message, about(step));
  }
  if (servers) changeServers(call, execution, step, servers);
  else if (minutes !== undefined) changeWait(call, execution, step, minutes);
  else skip(call, execution, step);
}

function readWanted({ body }: Call) {
  return readMembers(body, {
    status: oneOf(["SKIPPED"]),
    servers: planServers,
    waitDurationMinutes,
  });
}

/** Source: user guide, skipping a step. */
function skip(call: Call, execution: ExecutionRecord, step: ExecutionStep): void {
  const { world, lane, caller } = call;
  checkSkip(call, execution, step);
  if (step.status === "FAILED") execution.caller = caller;
  skipStep({ world, lane, execution }, step);
}

function checkSkip({ world, lane }: Call, execution: ExecutionRecord, step: ExecutionStep): void {
  const { planSkipOfTimedOut } = world.switches;
  if (step.status === "TIMED_OUT") {
    if (planSkipOfTimedOut === "accepted") return;
    throw refusedAs(planSkipOfTimedOut, unfitMessage(execution, step, "skipped"), about(step));
  }
  if (step.status === "NOT_STARTED" && goesOn(execution)) return;
  if (step.status !== "FAILED" || execution.status !== "FAILED") {
    throw unfit({ world }, execution, step, "skipped");
  }
  checkResume(world, lane, execution);
}

function changeServers(
  { world, lane }: Pick<Call, "world" | "lane">,
  execution: ExecutionRecord,
  step: ExecutionStep,
  servers: readonly PlanServer[],
): void {
  const wanted: StepConfiguration = { kind: "server", servers };
  checkChange({ world }, execution, step, wanted.kind);
  checkSteps(world, lane, {
    configurations: execution.steps.map((one) => (one === step ? wanted : one.configuration)),
    named: servers,
    about: about(step),
    declaresQuota: false,
  });
  checkServersAreFree(lane, execution.plan, servers);
  step.configuration = executionConfiguration(wanted);
  step.updatedAt = world.now();
}

function changeWait(
  { world }: Pick<Call, "world">,
  execution: ExecutionRecord,
  step: ExecutionStep,
  minutes: number,
): void {
  checkChange({ world }, execution, step, "wait");
  step.configuration = { kind: "wait", waitDurationMinutes: minutes };
  step.updatedAt = world.now();
}

function checkChange(
  { world }: Pick<Call, "world">,
  execution: ExecutionRecord,
  step: ExecutionStep,
  kind: StepConfiguration["kind"],
): void {
  if (step.configuration.kind !== kind) {
    throw againstRules(world, `Step ${step.index} is no ${kind} step`, about(step));
  }
  if (step.status === "NOT_STARTED" && goesOn(execution)) return;
  throw unfit({ world }, execution, step, "changed");
}

/** Whether steps that have not started may still: it runs, or a step of it can be retried or skipped. */
function goesOn({ status, steps }: ExecutionRecord): boolean {
  if (status === "CREATED" || status === "IN_PROGRESS") return true;
  return status === "FAILED" && steps.some((step) => step.status === "FAILED");
}

function unfit(
  { world }: Pick<Call, "world">,
  execution: ExecutionRecord,
  step: ExecutionStep,
  what: string,
): Refusal {
  return inWrongState(world, unfitMessage(execution, step, what), about(step));
}

/** Says that the states of an execution and a step do not let something be done to the step. */
export function unfitMessage(
  execution: ExecutionRecord,
  { index, status }: ExecutionStep,
  what: string,
): string {
  return `Step ${index} is ${status} in an execution that is ${execution.status}, and cannot be ${what}`;
}

function about({ arn }: ExecutionStep) {
  return { kind: "executionStep", id: arn } as const;
}
