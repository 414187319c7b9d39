import { z } from "zod";
import { before, plusSeconds } from "../core/instant.js";
import type { ExecutionKind, Outcome, ServerOutcome } from "../core/recovery/state.js";
import type { Deployment } from "./deployment.js";
import type { ReportedServer } from "./observer/accounted.js";
import type { SceneMember } from "./observer/scene.js";
import type { FunctionResult } from "./states-language/index.js";
import { runUntilSettled } from "./virtual-clock.js";
import type { World } from "./world.js";

/** What an operator, or a schedule, asks for. */
export interface ExecutionOrder {
  readonly executionId: string;
  readonly plan: string;
  readonly kind: ExecutionKind;
  readonly cleanUp: boolean;
  readonly relaunchRecovered: boolean;
}

/** How an execution ended, as it tells itself. */
export interface Told {
  readonly outcome: Outcome;
  readonly cause?: string;
  /** Most servers that waited at once though their wave was open, by kind of reason. */
  readonly heldBack: Readonly<Record<string, number>>;
  readonly servers: readonly ReportedServer[];
  /** Lanes that could not be read when the execution was prepared: of their servers it knows nothing. */
  readonly lostLanes: readonly { readonly lane: string; readonly reason: string }[];
  /** Why it ended before it knew a server, in its own words. */
  readonly refusal?: string;
}

/** Virtual time after which an execution that has not ended counts as failed. */
const longestHours = 72;

/** An operator, or the schedule, whose start is not answered tries so often, so far apart. */
const mostAttempts = 10;
const secondsBetweenAttempts = 30;

const statusSchema = z.object({
  outcome: z.enum(["recovered", "recovered-with-failures", "cancelled", "failed"]).optional(),
  cause: z.string().optional(),
  heldBack: z.record(z.string(), z.number()).default({}),
  servers: z
    .array(
      z.object({
        server: z.string(),
        /** Also `waiting` and `in-flight`, while the execution has not ended. */
        outcome: z.string(),
        reason: z.string().optional(),
      }),
    )
    .default([]),
  lostLanes: z.array(z.object({ lane: z.string(), reason: z.string() })).default([]),
});

/**
 * Starts an execution as an operator would, lets the clock run until its state machine has ended,
 * and asks the execution what became of it. What goes wrong is told, not thrown.
 */
export async function runExecution(
  world: World,
  { hub }: Deployment,
  order: ExecutionOrder,
): Promise<Told> {
  const { executionId, plan, kind, cleanUp, relaunchRecovered } = order;
  const ask = (request: object): Promise<FunctionResult> => {
    const answer = world.functions.invoke(hub.executionFunctionArn, request);
    return runUntilSettled(world.clock, answer, "an answer of the execution function");
  };
  const start = {
    operation: "start",
    executionId,
    plan,
    kind,
    relaunchRecovered,
    ...(kind === "drill" ? { cleanUp } : {}),
  };
  const started = await persisted(world, start, () => ask(start));
  if (!started.ok) return failed(`start failed with ${started.error}: ${messageIn(started.cause)}`);
  const stuck = await letItRun(world, hub.recoverPlanArn, executionId);
  world.faults.end();
  const status = await ask({ operation: "status", executionId });
  if (!status.ok) return failed(`status failed with ${status.error}: ${messageIn(status.cause)}`);
  const told = toldBy(status.payload);
  return stuck === undefined ? told : { ...told, outcome: "failed", cause: stuck };
}

/**
 * Asks again, as an operator does and a schedule too, while a fault met the function that was asked. What it
 * had started by then runs meanwhile.
 */
async function persisted(
  { clock, faults, invocations }: World,
  request: object,
  ask: () => Promise<FunctionResult>,
): Promise<FunctionResult> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask();
    const asked = invocations.findLast(({ payload }) => payload === request);
    const isDisturbed = faults.isDisturbed(asked?.requestId ?? "");
    if (answer.ok || !isDisturbed || attempt >= mostAttempts) return answer;
    let isTime = false;
    clock.at(plusSeconds(clock.now(), secondsBetweenAttempts), () => {
      isTime = true;
    });
    await clock.run(() => isTime, "the next attempt to start");
  }
}

/** Answers why the execution cannot end, where it cannot. */
async function letItRun(
  { clock, states }: World,
  machineArn: string,
  executionId: string,
): Promise<string | undefined> {
  const arn = `${machineArn.replace(":stateMachine:", ":execution:")}:${executionId}`;
  const limit = plusSeconds(clock.now(), longestHours * 3_600);
  const hasEnded = (): boolean =>
    states.execution(arn) !== undefined &&
    states.executions().every(({ status }) => status !== "RUNNING");
  try {
    await clock.run(() => hasEnded() || before(limit, clock.now()), `the end of ${arn}`);
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
  return hasEnded() ? undefined : `${arn} had not ended after ${longestHours} hours.`;
}

function toldBy(payload: unknown): Told {
  const parsed = statusSchema.safeParse(payload);
  if (!parsed.success) return failed(`status cannot be read: ${z.prettifyError(parsed.error)}`);
  const { outcome, cause, heldBack, servers, lostLanes } = parsed.data;
  return {
    outcome: outcome ?? "failed",
    ...(cause === undefined ? {} : { cause }),
    heldBack,
    servers: servers.flatMap(({ server, outcome: ofServer, reason }) =>
      isFinal(ofServer)
        ? [{ server, outcome: ofServer, ...(reason === undefined ? {} : { reason }) }]
        : [],
    ),
    lostLanes,
    ...(outcome === "failed" && cause !== undefined && servers.length === 0
      ? { refusal: cause }
      : {}),
  };
}

/**
 * What an execution tells of the members: those of a lost lane have failed for the reason of their lane,
 * and all of them for the reason by which it ended before it knew a server.
 */
export function reportedServers(
  { servers, lostLanes, refusal }: Told,
  members: Iterable<Pick<SceneMember, "server" | "lane">>,
): readonly ReportedServer[] {
  if (refusal !== undefined) {
    return [...members].map(({ server }) => ({ server, outcome: "failed", reason: refusal }));
  }
  const told = new Set(servers.map(({ server }) => server));
  const reasons = new Map(lostLanes.map(({ lane, reason }) => [lane, reason]));
  const lost = [...members].flatMap(({ server, lane }): readonly ReportedServer[] => {
    const reason = reasons.get(lane);
    return reason === undefined || told.has(server)
      ? []
      : [
          {
            server,
            outcome: "failed",
            reason: `the lane was lost: ${reason}`,
            isLaneLost: true,
          },
        ];
  });
  return [...servers, ...lost];
}

function isFinal(outcome: string): outcome is ServerOutcome {
  return outcome === "launched" || outcome === "failed" || outcome === "skipped";
}

function failed(cause: string): Told {
  return { outcome: "failed", cause, heldBack: {}, servers: [], lostLanes: [] };
}

/** The message of an error as a function's runtime tells it, or the whole text where it is none. */
function messageIn(cause: string): string {
  try {
    const error: unknown = JSON.parse(cause);
    const { errorMessage } = Object(error);
    return typeof errorMessage === "string" ? errorMessage : cause;
  } catch {
    return cause;
  }
}
