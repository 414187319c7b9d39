import type { LaneKey } from "../lane.js";
import type { Job } from "./observation.js";

const executionTag = "dr:execution";
const batchTag = "dr:batch";

/** Tags by which a job is found again after its call was lost. */
export function jobTags(
  executionId: string,
  lane: LaneKey,
  batch: number,
): Readonly<Record<string, string>> {
  return { [executionTag]: executionId, [batchTag]: `${lane}#${batch}` };
}

/** Number of the batch of this execution and lane that a job was started for. */
export function taggedBatch(job: Job, executionId: string, lane: LaneKey): number | undefined {
  if (job.tags[executionTag] !== executionId) return undefined;
  const [taggedLane, number] = (job.tags[batchTag] ?? "").split("#");
  return taggedLane === lane && number ? Number(number) : undefined;
}
