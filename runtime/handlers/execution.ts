import { advance } from "./execution/advance.js";
import type { ExecutionDeps } from "./execution/deps.js";
import { fail, finish, finishRecovery } from "./execution/finish.js";
import { beginLane, handOver, holdLane, laneLost } from "./execution/lanes.js";
import { command, status, terminate } from "./execution/operator.js";
import { prepare } from "./execution/prepare.js";
import { executionRequest } from "./execution/requests.js";
import { start } from "./execution/start.js";
import { parseRequest } from "./requests.js";

/** Drills and recoveries: what operators ask for, and the steps that the state machines call. */
export function executionHandler(deps: ExecutionDeps) {
  return async (event: unknown): Promise<object> => {
    const request = parseRequest(executionRequest, event);
    switch (request.operation) {
      case "start":
        return start(deps, request);
      case "prepare":
        return prepare(deps, request.executionId);
      case "begin-lane":
        return beginLane(deps, request);
      case "advance":
        return advance(deps, request);
      case "hold-lane":
        return holdLane(deps, request);
      case "hand-over":
        return handOver(deps, request);
      case "lane-lost":
        return laneLost(deps, request);
      case "finish-recovery":
        return finishRecovery(deps, request.executionId);
      case "finish":
        return finish(deps, request.executionId);
      case "fail":
        return fail(deps, request.executionId, request.cause);
      case "status":
        return status(deps, request.executionId, request.summary);
      case "pause":
        return command(deps, request.executionId, "pause");
      case "resume":
        return command(deps, request.executionId, "run");
      case "cancel":
        return command(deps, request.executionId, "cancel");
      case "terminate":
        return terminate(deps, request.executionId);
    }
  };
}
