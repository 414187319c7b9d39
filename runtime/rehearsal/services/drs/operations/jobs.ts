import {
  checkId,
  idPatterns,
  optionalMoment,
  optionalObject,
  requiredText,
  textsOf,
} from "../body.js";
import { type Operation, postOperation, right } from "../operation.js";
import { ascending, descending, page } from "../paging.js";
import { refusalAs } from "../refusal.js";
import { wireJob, wireLogEntry } from "../wire.js";
import { arnIn } from "../world.js";

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
      .filter(({ visibleFrom }) => visibleFrom <= world.now())
      .filter(({ jobId }) => ids.size === 0 || ids.has(jobId))
      .filter(({ createdAt }) => createdAt >= from && createdAt <= to)
      .map((item) => ({ key: descending(item.sequence), item }));
    const { items, ...next } = page(world, body, placed);
    return { status: 200, body: { items: items.map((job) => wireJob(world, job)), ...next } };
  },
});

const describeJobLogItems = postOperation("DescribeJobLogItems", {
  rights: ({ lane, body }) => [
    right("drs:DescribeJobLogItems", [arnIn(lane, `job/${String(body.jobID)}`)]),
  ],
  run({ world, lane, body }) {
    const id = checkId("jobID", requiredText(body, "jobID"), idPatterns.job);
    const job = lane.jobs.find(({ jobId }) => jobId === id);
    if (!job) throw refusalAs("ValidationException", `Job ${id} does not exist`, id);
    const placed = job.log.map((item, index) => ({ key: ascending(index), item }));
    const { items, ...next } = page(world, body, placed);
    return { status: 200, body: { items: items.map((one) => wireLogEntry(world, one)), ...next } };
  },
});

/** Operations that read jobs. There is none to cancel one. */
export const jobOperations: readonly Operation[] = [describeJobs, describeJobLogItems];
