import type { LaneRecord } from "../model.js";
import type { World } from "../world.js";
import { type ExecutionRecord, serversOf } from "./model.js";
import { inWrongState } from "./refusals.js";
import { isOutOfTime } from "./run-execution.js";
import { checkOnlyExecution, checkServersAreFree } from "./start-checks.js";

/** Refuses to let an execution that failed go on: beside another one, or after its 24 hours. */
export function checkResume(world: World, lane: LaneRecord, execution: ExecutionRecord): void {
  const { id, arn, plan, steps } = execution;
  if (isOutOfTime({ world, lane, execution })) {
    const message = `Execution ${id} reached its limit of 24 hours and cannot go on`;
    throw inWrongState(world, message, { kind: "execution", id: arn });
  }
  checkOnlyExecution(lane, plan);
  checkServersAreFree(lane, plan, serversOf(steps.map(({ configuration }) => configuration)));
}
