import type { NeededRight } from "../service.js";
import type { Body } from "./body.js";
import type { Caller, LaneRecord } from "./model.js";
import type { World } from "./world.js";

/** One call of the API, its account and Region found. */
export interface Call {
  readonly world: World;
  readonly lane: LaneRecord;
  readonly body: Body;
  readonly query: URLSearchParams;
  /** Of the tagging operations. */
  readonly resourceArn: string;
  readonly caller: Caller;
}

export interface Answer {
  readonly status: number;
  /** Nothing at all when absent. */
  readonly body?: object;
}

/** One operation: where it is found, what IAM asks for it, what it does. */
export interface Operation {
  readonly name: string;
  readonly method: "GET" | "POST" | "DELETE";
  /** `/<Operation>`, or `/tags/` for what follows the ARN of a resource. */
  readonly path: string;
  /** Whether an account that never used DRS in the Region is refused. */
  readonly needsInitialisedAccount: boolean;
  /** Whether it opens a job, the newest of its lane. */
  readonly startsJob?: boolean;
  rights(call: Call): readonly NeededRight[];
  /** Throws a `Refusal` where DRS refuses. */
  run(call: Call): Answer;
}

/** An operation as most are: POST, and refused in an account that never used DRS. */
export function postOperation(
  name: string,
  parts: Pick<Operation, "rights" | "run" | "startsJob">,
): Operation {
  return { name, method: "POST", path: `/${name}`, needsInitialisedAccount: true, ...parts };
}

/** The right to an action on resources; on `*` where it has no resource types. */
export function right(action: string, resources: readonly string[] = ["*"]): NeededRight {
  return { action, resources: resources.length === 0 ? ["*"] : resources, context: {} };
}
