import type { JobRecord } from "../model.js";
import { Refusal } from "../refusal.js";
import {
  type ErrorDetail,
  type ExecutionServer,
  type ExecutionStep,
  serverIdOf,
  serversOf,
} from "./model.js";
import { recoverServers, validateServers } from "./recover-servers.js";
import type { Run } from "./run.js";

/** Between tries of a job that waits for quotas. */
const quotaRetrySeconds = 60;

/** How a step ended. */
export type StepEnd = (status: "COMPLETED" | "FAILED", errorDetail?: ErrorDetail) => void;

/** Recovers the servers of a step that are not recovered yet, and ends it with the last of its jobs. */
export function runServerStep(run: Run, step: ExecutionStep, end: StepEnd): void {
  const servers = serversOf([step.configuration]);
  const wanted = servers.filter(({ outcome }) => outcome !== "LAUNCHED");
  try {
    validateServers(run.world, run.lane, run.execution, wanted);
  } catch (error) {
    end("FAILED", detailOf(error));
    return;
  }
  new ServerStepRun(run, step, end).start(wanted);
}

/** What a refused call is told as where nobody waits for its reply. Throws what is no refusal. */
export function detailOf(error: unknown): ErrorDetail {
  if (!(error instanceof Refusal)) throw error;
  return { code: error.code, message: error.message };
}

/** The jobs of one attempt at a server step. */
class ServerStepRun {
  private readonly run: Run;
  private readonly step: ExecutionStep;
  private readonly end: StepEnd;
  private jobsLeft = 0;
  private refused: ErrorDetail | undefined;

  constructor(run: Run, step: ExecutionStep, end: StepEnd) {
    this.run = run;
    this.step = step;
    this.end = end;
  }

  start(wanted: readonly ExecutionServer[]): void {
    const isOneJob = this.run.world.switches.planJobs === "per-step";
    const batches = isOneJob ? [wanted] : wanted.map((server) => [server]);
    this.jobsLeft = batches.length;
    for (const batch of batches) this.startJob(batch);
  }

  private startJob(batch: readonly ExecutionServer[]): void {
    const { world, lane, execution } = this.run;
    try {
      this.follow(recoverServers(world, lane, execution, batch), batch);
    } catch (error) {
      const detail = detailOf(error);
      if (this.waitsAfter(detail)) this.tryAgain(batch);
      else this.refuse(detail);
    }
  }

  private waitsAfter({ code }: ErrorDetail): boolean {
    const { world, execution } = this.run;
    const waits = world.switches.planStepOverQuota === "waits";
    return waits && code === "ServiceQuotaExceededException" && execution.status === "IN_PROGRESS";
  }

  private tryAgain(batch: readonly ExecutionServer[]): void {
    const { world } = this.run;
    world.after(world.now(), quotaRetrySeconds, () => {
      if (this.step.status === "EXECUTING") this.startJob(batch);
    });
  }

  private follow(job: JobRecord, batch: readonly ExecutionServer[]): void {
    const { world, lane } = this.run;
    const stop = world.listen((event) => {
      const isIts = event.type === "job-ended" && event.jobId === job.jobId;
      if (!isIts || event.lane !== lane.lane) return;
      stop();
      for (const server of batch) server.outcome = outcomeOf(job, server);
      this.jobEnded();
    });
  }

  /** Impact levels are of servers whose recovery began; one that cannot begin fails the step. */
  private refuse(detail: ErrorDetail): void {
    this.refused ??= detail;
    this.jobEnded();
  }

  private jobEnded(): void {
    this.jobsLeft -= 1;
    if (this.jobsLeft > 0 || this.step.status !== "EXECUTING") return;
    const failed = serversOf([this.step.configuration]).filter(
      ({ outcome }) => outcome === "FAILED",
    );
    const isFailed =
      this.refused !== undefined || failed.some(({ impactLevel }) => impactLevel === "CRITICAL");
    this.end(isFailed ? "FAILED" : "COMPLETED", this.refused ?? failureOf(failed));
  }
}

function outcomeOf(job: JobRecord, server: ExecutionServer): "LAUNCHED" | "FAILED" {
  const id = serverIdOf(server);
  const launched = job.participants.some(
    (one) => one.server === id && one.launchStatus === "LAUNCHED",
  );
  return launched ? "LAUNCHED" : "FAILED";
}

/** Names the servers that did not recover; optional ones too. */
function failureOf(failed: readonly ExecutionServer[]): ErrorDetail | undefined {
  if (failed.length === 0) return undefined;
  const ids = failed.map(serverIdOf).join(", ");
  return { code: "SERVERS_NOT_RECOVERED", message: `Source servers did not recover: ${ids}` };
}
