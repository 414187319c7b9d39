import { type Instant, plusSeconds } from "../../../core/instant.js";
import type { Author } from "./events.js";
import type { EventData, JobRecord, LaneRecord, Participant } from "./model.js";
import { arnIn, type World } from "./world.js";

/** From the call to the job's start. Captured: 0.4 s. */
const startedAfterSeconds = 0.4;

/** From the end of the last server to the end of the job. Captured: 2 s. */
const endedAfterSeconds = 2;

/** The captured log entry is 0.03 s younger than the end of the job. */
const loggedAfterSeconds = 0.03;

export interface NewJob {
  readonly kind: JobRecord["kind"];
  readonly isDrill: boolean;
  readonly initiatedBy?: string;
  readonly participants: readonly Participant[];
  readonly tags: Readonly<Record<string, string>>;
  readonly by: Author;
}

/** Opens a job: PENDING now, STARTED soon. Its caller moves the servers and settles each. */
export function openJob(world: World, lane: LaneRecord, wanted: NewJob): JobRecord {
  const now = world.now();
  const sequence = lane.jobs.length + 1;
  const jobId = `drsjob-${world.digits(17, "job", lane.lane, sequence)}`;
  const job: JobRecord = {
    ...wanted,
    jobId,
    arn: arnIn(lane, `job/${jobId}`),
    sequence,
    lane: lane.lane,
    createdAt: now,
    visibleFrom: plusSeconds(now, world.switches.jobVisibleAfterSeconds),
    status: "PENDING",
    tags: { ...wanted.tags },
    log: [],
  };
  lane.jobs.push(job);
  lane.activeJobs.add(job);
  world.emit({
    type: "job-started",
    lane: lane.lane,
    jobId,
    kind: job.kind,
    isDrill: job.isDrill,
    servers: job.participants.map(({ server }) => server),
    tags: { ...job.tags },
    by: job.by,
    at: now,
  });
  world.after(now, startedAfterSeconds, () => {
    job.status = "STARTED";
    log(world, job, "JOB_START");
  });
  return job;
}

/** Writes one line of the job's log, dated now. */
export function log(world: World, job: JobRecord, event: string, data: EventData = {}): void {
  job.log.push({ at: world.now(), event, data });
}

/** Says that a server's way through the job is over. The job ends soon after its last server. */
export function settle(
  world: World,
  lane: LaneRecord,
  job: JobRecord,
  participant: Participant,
): void {
  participant.isDone = true;
  if (job.participants.every(({ isDone }) => isDone)) {
    world.after(world.now(), endedAfterSeconds, () => endJob(world, lane, job));
  }
}

function endJob(world: World, lane: LaneRecord, job: JobRecord): void {
  const endedAt: Instant = world.now();
  job.status = "COMPLETED";
  job.endedAt = endedAt;
  lane.activeJobs.delete(job);
  world.emit({
    type: "job-ended",
    lane: lane.lane,
    jobId: job.jobId,
    kind: job.kind,
    by: job.by,
    at: endedAt,
  });
  world.after(endedAt, loggedAfterSeconds, () => log(world, job, "JOB_END"));
}
