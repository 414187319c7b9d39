import type { StartRecoveryCall } from "../../../runtime/core/ports.js";
import type { CallAnswer, Job } from "../../../runtime/core/recovery/observation.js";
import type { Call, World } from "./world.js";

/** A call and what came of it, as a step of a story. */
export function told(call: Call, reply: unknown): string {
  switch (call.kind) {
    case "read-lane":
      return `reads LANE at revision ${(reply as World["lane"]).revision}`;
    case "read-ended":
      return `reads ${(reply as World["ended"]).length} ended batches`;
    case "read-gates":
      return `reads the gates ${call.waves.join(", ")}`;
    case "write-lane":
      return `writes LANE revision ${call.lane.revision} with ${intentsOf(call.lane)}: ${reply}`;
    case "write-ended": {
      const { number, outcome, servers } = call.batch;
      return `records batch #${number} of ${servers.join(", ")} as ${outcome}`;
    }
    case "mark-gate":
      return `marks gate ${call.wave} ${call.isBroken ? "broken" : "done"}`;
    case "list-jobs":
      return `asks for jobs and sees ${jobsIn(reply)}`;
    case "list-servers":
      return `asks for the servers ${call.ids?.join(", ")}`;
    case "start":
      return `calls StartRecovery for ${nameOf(call.launch)}: ${answerOf(reply)}`;
  }
}

function intentsOf({ openBatches }: World["lane"]): string {
  const open = openBatches.map(
    ({ number, servers, jobId }) =>
      `#${number} (${servers.join(", ")}${jobId ? `: ${jobId}` : ""})`,
  );
  return open.length === 0 ? "no open batch" : `open ${open.join(" and ")}`;
}

/** A call for servers, as a story names it. */
export function nameOf({ servers, tags }: StartRecoveryCall): string {
  const batch = tags["dr:batch"]?.split("#")[1];
  return `${batch === undefined ? "an untagged batch" : `batch #${batch}`} of ${servers.join(", ")}`;
}

function jobsIn(reply: unknown): string {
  const jobs = reply as readonly Job[];
  return jobs.map(({ jobId, status }) => `${jobId} ${status}`).join(", ") || "none";
}

/** What DRS did with a launch. */
export function answerOf(reply: unknown): string {
  const answer = reply as CallAnswer;
  return answer.kind === "accepted" ? `accepted as ${answer.job.jobId}` : answer.kind;
}
