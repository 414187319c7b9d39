import { oneOf, readMembers, readRequired, tagMap } from "../members.js";
import { type Call, type Operation, postOperation, right } from "../operation.js";
import { ascending, descending, page } from "../paging.js";
import { taggingRights } from "../tagging-rights.js";
import { arnIn } from "../world.js";
import { onceByToken } from "./client-tokens.js";
import { mostPerPage } from "./limits.js";
import { type ExecutionRecord, isActive, type PlanRecord, serversOf } from "./model.js";
import { namedExecution, namedPlan, rightsOn } from "./named.js";
import { newExecution } from "./new-execution.js";
import { readPins } from "./pins.js";
import { strictArn } from "./readers.js";
import { inWrongState } from "./refusals.js";
import { cancelRun, startRun } from "./run-execution.js";
import { checkStart } from "./start-checks.js";
import { wireExecution, wireExecutionSummary } from "./wire.js";

const startRecoveryPlanExecution = postOperation("StartRecoveryPlanExecution", {
  rights: (call) => [
    ...rightsOn("drs:StartRecoveryPlanExecution", "recoveryPlanArn")(call),
    ...recoveryRights(call),
    ...taggingRights(call, [arnIn(call.lane, "recovery-plan-execution/exec-00000000000000000")]),
  ],
  run(call) {
    const { world, lane, body } = call;
    const plan = namedPlan(call);
    const { mode, tags = {} } = readRequired<Wanted, "mode">(body, startReaders, ["mode"]);
    const find = (arn: string): ExecutionRecord | undefined =>
      [...lane.recoveryPlans.executions.values()].find((one) => one.arn === arn);
    const execution = onceByToken(call, "StartRecoveryPlanExecution", find, () => {
      checkStart(world, lane, plan);
      const pins = readPins(call, plan);
      const made = newExecution(call, plan, { mode, tags, pins });
      startRun({ world, lane, execution: made });
      return made;
    });
    return { status: 201, body: { recoveryPlanExecution: wireExecution(world, execution) } };
  },
});

const getRecoveryPlanExecution = postOperation("GetRecoveryPlanExecution", {
  rights: rightsOn("drs:GetRecoveryPlanExecution", "recoveryPlanExecutionArn"),
  run: (call) => ({
    status: 200,
    body: { recoveryPlanExecution: wireExecution(call.world, namedExecution(call)) },
  }),
});

const listRecoveryPlanExecutions = postOperation("ListRecoveryPlanExecutions", {
  rights: () => [right("drs:ListRecoveryPlanExecutions")],
  run({ world, lane, body }) {
    const readers = { recoveryPlanArn: strictArn, status: oneOf(listedStatuses) };
    const { recoveryPlanArn, status } = readMembers(body, readers);
    const order = world.switches.planExecutionOrder === "newest-first" ? descending : ascending;
    const placed = [...lane.recoveryPlans.executions.values()]
      .filter(({ plan }) => recoveryPlanArn === undefined || plan.arn === recoveryPlanArn)
      .filter((execution) => status === undefined || execution.status === status)
      .map((item) => ({ key: order(item.sequence), item }));
    const { items, ...next } = page(world, body, placed, { mostAllowed: mostPerPage });
    const recoveryPlanExecutions = items.map((one) => wireExecutionSummary(world, one));
    return { status: 200, body: { recoveryPlanExecutions, ...next } };
  },
});

const cancelRecoveryPlanExecution = postOperation("CancelRecoveryPlanExecution", {
  rights: rightsOn("drs:CancelRecoveryPlanExecution", "recoveryPlanExecutionArn"),
  run(call) {
    const { world, lane } = call;
    const execution = namedExecution(call);
    if (execution.status !== "CREATED" && execution.status !== "IN_PROGRESS") {
      throw unfit(call, execution, "cancelled");
    }
    cancelRun({ world, lane, execution });
    return { status: 200, body: { recoveryPlanExecution: wireExecution(world, execution) } };
  },
});

const deleteRecoveryPlanExecution = postOperation("DeleteRecoveryPlanExecution", {
  rights: rightsOn("drs:DeleteRecoveryPlanExecution", "recoveryPlanExecutionArn"),
  run(call) {
    const execution = namedExecution(call);
    if (isActive(execution)) throw unfit(call, execution, "deleted");
    call.lane.recoveryPlans.executions.delete(execution.id);
    return { status: 200, body: { recoveryPlanExecutionArn: execution.arn } };
  },
});

/** Runs of recovery plans. */
export const executionOperations: readonly Operation[] = [
  startRecoveryPlanExecution,
  getRecoveryPlanExecution,
  listRecoveryPlanExecutions,
  cancelRecoveryPlanExecution,
  deleteRecoveryPlanExecution,
];

interface Wanted {
  readonly mode: "DRILL" | "RECOVERY";
  readonly tags: Readonly<Record<string, string>>;
}

const startReaders = { mode: oneOf(["DRILL", "RECOVERY"]), tags: tagMap };

/** Those of the API model: an execution that timed out cannot be asked for. */
const listedStatuses = [
  "CREATED",
  "IN_PROGRESS",
  "COMPLETED",
  "FAILED",
  "CANCELLING",
  "CANCELLED",
] as const;

/** What the jobs of the plan would ask. */
function recoveryRights({ world, lane, body }: Call) {
  if (!world.switches.planAsksStartRecovery) return [];
  const plan = [...lane.recoveryPlans.plans.values()].find(
    ({ arn }) => arn === body.recoveryPlanArn,
  );
  const servers = plan ? serverArns(plan) : [];
  return servers.length === 0 ? [] : [right("drs:StartRecovery", servers)];
}

function serverArns({ steps }: PlanRecord): readonly string[] {
  return serversOf(steps.map(({ configuration }) => configuration)).map((one) => one.serverArn);
}

function unfit({ world }: Call, { id, arn, status }: ExecutionRecord, what: string) {
  const message = `Execution ${id} is in status ${status} and cannot be ${what}`;
  return inWrongState(world, message, { kind: "execution", id: arn });
}
