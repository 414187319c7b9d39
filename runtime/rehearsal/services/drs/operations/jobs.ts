import { secondsBetween } from "../../../../core/instant.js";
import { optionalMoment, optionalObject, textsOf } from "../body.js";
import type { JobRecord, LaneRecord } from "../model.js";
import { named } from "../named.js";
import { type Call, type Operation, postOperation, right } from "../operation.js";
import { ascending, descending, page } from "../paging.js";
import { refusalAs } from "../refusal.js";
import { wireJob, wireLogEntry } from "../wire.js";
import { arnIn, type World } from "../world.js";

/** Source: API model, DescribeJobsRequestFilters. */
const maxJobIds = 1_000;

const describeJobs = postOperation("DescribeJobs", {
  rights: () => [right("drs:DescribeJobs")],
  run({ world, lane, body }) {
    const filters = optionalObject(body, "filters");
    const ids = new Set(textsOf(filters, "jobIDs", 0, maxJobIds));
    const from = optionalMoment(filters, "fromDate") ?? Number.NEGATIVE_INFINITY;
    const to = optionalMoment(filters, "toDate") ?? Number.POSITIVE_INFINITY;
    const placed = lane.jobs
      .filter((job) => job.visibleFrom <= world.now() && isKept(world, job))
      .filter(({ jobId }) => ids.size === 0 || ids.has(jobId))
      .filter(({ createdAt }) => createdAt >= from && createdAt <= to)
      .map((item) => ({ key: descending(item.sequence), item }));
    const { items, ...next } = page(world, body, placed);
    return { status: 200, body: { items: items.map((job) => wireJob(world, job)), ...next } };
  },
});

const describeJobLogItems = postOperation("DescribeJobLogItems", {
  rights: (call) => [right("drs:DescribeJobLogItems", [namedArn(call)])],
  run({ world, lane, body }) {
    const job = named(body, "jobID", "validation", (id) => jobIn(world, lane, id));
    const placed = job.log.map((item, index) => ({ key: ascending(index), item }));
    const { items, ...next } = page(world, body, placed);
    return { status: 200, body: { items: items.map((one) => wireLogEntry(world, one)), ...next } };
  },
});

const deleteJob = postOperation("DeleteJob", {
  rights: (call) => [right("drs:DeleteJob", [namedArn(call)])],
  run({ world, lane, body }) {
    const job = named(body, "jobID", "not-found", (id) => jobIn(world, lane, id));
    if (lane.activeJobs.has(job)) {
      const message = `Job ${job.jobId} is ${job.status}`;
      throw refusalAs("ConflictException", message, job.jobId, "AWS::DRS::Job");
    }
    job.deletedAt = world.now();
    return { status: 204 };
  },
});

/** Operations that read jobs, or forget one that has ended. There is none to cancel one. */
export const jobOperations: readonly Operation[] = [describeJobs, describeJobLogItems, deleteJob];

function namedArn({ lane, body }: Call): string {
  return arnIn(lane, `job/${String(body.jobID)}`);
}

function jobIn(world: World, lane: LaneRecord, id: string): JobRecord | undefined {
  return lane.jobs.find((job) => job.jobId === id && isKept(world, job));
}

function isKept(world: World, { deletedAt, endedAt }: JobRecord): boolean {
  const { jobsKeptSeconds } = world.switches;
  if (deletedAt !== undefined) return false;
  if (endedAt === undefined || jobsKeptSeconds === 0) return true;
  return secondsBetween(endedAt, world.now()) <= jobsKeptSeconds;
}
