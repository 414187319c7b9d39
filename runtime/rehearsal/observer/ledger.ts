import { before, type Instant } from "../../core/instant.js";
import type { LaneKey } from "../../core/lane.js";
import type { Author, DrsEvent, JobKind } from "../services/drs/events.js";

/** A job, as DRS's events told it. */
export interface JobFacts {
  readonly jobId: string;
  readonly lane: LaneKey;
  readonly kind: JobKind;
  readonly isDrill: boolean;
  readonly servers: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly isOurs: boolean;
  readonly startedAt: Instant;
  endedAt?: Instant;
}

/** One server's part in a launch job. */
export interface LaunchFacts {
  readonly server: string;
  readonly job: JobFacts;
  outcome?: "launched" | "failed";
  endedAt?: Instant;
  reason?: string;
  instance?: string;
  terminatedAt?: Instant;
}

/** A recovery instance that runs. */
export interface InstanceFacts {
  readonly instance: string;
  readonly isDrill: boolean;
  readonly job: JobFacts;
}

/** What the DRS of a lane showed us when we last listed its jobs. */
export interface Look {
  readonly at: Instant;
  readonly active: readonly JobFacts[];
}

/** What happened, told by the emulator's events alone. */
export class Ledger {
  readonly jobs = new Map<string, JobFacts>();
  readonly launches: LaunchFacts[] = [];
  /** By server. */
  readonly instances = new Map<string, InstanceFacts>();
  /** Our calls, by operation. */
  readonly calls = new Map<string, number>();
  /** Our last look at the jobs of each lane. */
  readonly looks = new Map<LaneKey, Look>();
  /** 409 answers to us. */
  conflicts = 0;
  private readonly peaks = new Map<LaneKey, { jobs: number; servers: number }>();

  apply(event: DrsEvent): void {
    switch (event.type) {
      case "call":
        if (isOurs(event.by)) this.countCall(event);
        break;
      case "refused":
        if (isOurs(event.by) && event.code === "ConflictException") this.conflicts += 1;
        break;
      case "job-started":
        this.startJob(event);
        break;
      case "server-launched":
        this.launch(event);
        break;
      case "server-failed":
        this.endLaunch(event, "failed", { reason: event.reason });
        break;
      case "instance-terminated":
      case "instance-replaced":
        this.loseInstance(event);
        break;
      case "job-ended": {
        const job = this.jobs.get(event.jobId);
        if (job) job.endedAt = event.at;
      }
    }
  }

  activeIn(lane: LaneKey): readonly JobFacts[] {
    return [...this.jobs.values()].filter((job) => job.lane === lane && job.endedAt === undefined);
  }

  /** Most jobs, and most servers in jobs, that a lane held at one time. */
  peakOf(lane: LaneKey): { readonly jobs: number; readonly servers: number } {
    return this.peaks.get(lane) ?? { jobs: 0, servers: 0 };
  }

  /** The launches of a server, oldest first. */
  launchesOf(server: string): readonly LaunchFacts[] {
    return this.launches.filter((launch) => launch.server === server);
  }

  private countCall({ operation, lane, at, asOf = at }: DrsEvent & { type: "call" }): void {
    this.calls.set(operation, (this.calls.get(operation) ?? 0) + 1);
    if (operation !== "DescribeJobs") return;
    this.looks.set(lane, { at: asOf, active: this.activeAt(lane, asOf) });
  }

  private activeAt(lane: LaneKey, moment: Instant): readonly JobFacts[] {
    return [...this.jobs.values()].filter(
      (job) =>
        job.lane === lane &&
        !before(moment, job.startedAt) &&
        (job.endedAt === undefined || before(moment, job.endedAt)),
    );
  }

  private startJob(event: DrsEvent & { type: "job-started" }): void {
    const { jobId, lane, kind, isDrill, servers, tags, by, at } = event;
    const job = { jobId, lane, kind, isDrill, servers, tags, isOurs: isOurs(by), startedAt: at };
    this.jobs.set(jobId, job);
    if (kind === "launch") this.launches.push(...servers.map((server) => ({ server, job })));
    const active = this.activeIn(lane);
    const peak = this.peakOf(lane);
    this.peaks.set(lane, {
      jobs: Math.max(peak.jobs, active.length),
      servers: Math.max(peak.servers, serversIn(active)),
    });
  }

  private launch(event: DrsEvent & { type: "server-launched" }): void {
    const launch = this.endLaunch(event, "launched", { instance: event.instance });
    if (!launch) return;
    const { instance, isDrill, server } = event;
    this.instances.set(server, { instance, isDrill, job: launch.job });
  }

  private endLaunch(
    { server, jobId, at }: { server: string; jobId: string; at: Instant },
    outcome: "launched" | "failed",
    more: Partial<LaunchFacts>,
  ): LaunchFacts | undefined {
    const launch = this.launches.find((one) => one.server === server && one.job.jobId === jobId);
    return launch && Object.assign(launch, { outcome, endedAt: at, ...more });
  }

  private loseInstance(
    event: DrsEvent & { type: "instance-terminated" | "instance-replaced" },
  ): void {
    const { server, instance, at } = event;
    if (this.instances.get(server)?.instance === instance) this.instances.delete(server);
    const launch = this.launches.find((one) => one.instance === instance);
    if (launch && event.type === "instance-terminated") launch.terminatedAt = at;
  }
}

/** Places that jobs take of a lane's servers in flight. */
export function serversIn(jobs: readonly JobFacts[]): number {
  return jobs.reduce((sum, { servers }) => sum + servers.length, 0);
}

/** Whether a call was made by the rehearsed program. */
function isOurs(by: Author): boolean {
  return by !== "stranger";
}
