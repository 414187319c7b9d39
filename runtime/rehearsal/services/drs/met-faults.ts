import { plusSeconds } from "../../../core/instant.js";
import { ReplyLost } from "../reply-lost.js";
import type { LaneRecord } from "./model.js";
import type { Operation } from "./operation.js";
import { Refusal } from "./refusal.js";
import type { World } from "./world.js";

/** Who makes a call, and where. */
interface Met {
  readonly lane: LaneRecord;
  readonly by: string;
}

/** Lets the injection point have its way with a call: throws what the caller is to see instead of an answer. */
export function meetFault(
  world: World,
  { lane, by }: Met,
  operation: Operation,
  phase: "before" | "after",
): void {
  const met = { operation: operation.name, lane: lane.lane, by };
  const fault = world.options.intercept?.(met, phase);
  switch (fault?.kind) {
    case undefined:
      return;
    case "throttle":
      throw new Refusal("ThrottlingException", "Rate exceeded", {
        members: { serviceCode: "drs" },
        retryAfterSeconds: fault.retryAfterSeconds ?? 1,
      });
    case "internal-error":
      throw new Refusal("InternalServerException", "Internal server error", {
        retryAfterSeconds: 1,
      });
    case "drop-reply":
      throw new ReplyLost(operation.name);
    case "hide-job": {
      const newest = operation.startsJob ? lane.jobs.at(-1) : undefined;
      if (newest) newest.visibleFrom = plusSeconds(world.now(), fault.seconds);
    }
  }
}
