import { before, type Clock, type Instant, plusSeconds } from "../../../runtime/core/instant.js";
import type { Drs, StartRecoveryCall } from "../../../runtime/core/ports.js";
import type {
  CallAnswer,
  Job,
  LaneQuotas,
  RecoveryInstance,
  SourceServer,
} from "../../../runtime/core/recovery/observation.js";
import { drsQuotas as codes } from "../../../runtime/limits.js";

/** A server of the model fleet: how long it launches, and whether its launches fail. */
export interface ModelServer {
  readonly server: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly launchSeconds: number;
  readonly fails: boolean;
  readonly replicationState: string;
}

export interface ModelJob {
  readonly job: Job;
  readonly by: "us" | "stranger";
  readonly endsAt: Instant;
  /** When each server's launch ends. */
  readonly ends: ReadonlyMap<string, Instant>;
}

/** A changing call that reached the lane, whoever made it. */
export interface ModelCall {
  readonly at: Instant;
  readonly by: "us" | "stranger";
  readonly kind: "launch" | "terminate";
  readonly servers: readonly string[];
  readonly batch?: string;
  readonly answer: CallAnswer["kind"];
}

const terminateSeconds = 90;

/** One lane of DRS in memory, with the quotas, the 409, and the visibility delay of the real one. */
export class MemoryLane {
  readonly jobs: ModelJob[] = [];
  readonly calls: ModelCall[] = [];
  readonly servers: ReadonlyMap<string, ModelServer>;
  readonly #clock: Clock;
  readonly #hiddenSeconds: number;
  readonly #quotas: LaneQuotas;
  readonly #name: string;

  constructor(
    name: string,
    servers: readonly ModelServer[],
    clock: Clock,
    { hiddenSeconds, quotas }: { readonly hiddenSeconds: number; readonly quotas: LaneQuotas },
  ) {
    this.#name = name;
    this.servers = new Map(servers.map((one) => [one.server, one]));
    this.#clock = clock;
    this.#hiddenSeconds = hiddenSeconds;
    this.#quotas = quotas;
  }

  /** Instances that run now, by server: what the last successful launch left. */
  instances(): ReadonlyMap<string, RecoveryInstance> {
    const now = this.#clock.now();
    const running = new Map<string, RecoveryInstance>();
    const events = this.jobs.flatMap(({ job, ends }) =>
      [...ends].map(([server, at]) => ({ job, server, at })),
    );
    for (const { job, server, at } of events.toSorted((a, b) => a.at - b.at)) {
      if (before(now, at)) continue;
      if (job.type === "TERMINATE") running.delete(server);
      else if (!this.servers.get(server)?.fails) {
        const isDrill = job.initiatedBy === "START_DRILL";
        running.set(server, {
          instance: `i-${job.jobId}-${server}`,
          server,
          isDrill,
          jobId: job.jobId,
        });
      }
    }
    return running;
  }

  drs(): Drs {
    return {
      sourceServers: async (ids) => this.#sourceServers(ids),
      jobsSince: async (from) =>
        this.jobs
          .filter(
            ({ job, by }) =>
              !before(job.createdAt, from) && (by === "stranger" || this.#isShown(job)),
          )
          .map((one) => this.shown(one)),
      recoveryInstances: async (servers) =>
        [...this.instances().values()].filter(({ server }) => !servers || servers.includes(server)),
      startRecovery: async (call) => this.launch("us", call),
      terminate: async (instances) => this.terminate("us", instances),
    };
  }

  launch(by: "us" | "stranger", { servers, isDrill, tags }: StartRecoveryCall): CallAnswer {
    const batch = tags["dr:batch"];
    const answer = this.#refusal(servers) ?? this.#start(by, "LAUNCH", servers, tags, isDrill);
    this.#note({ by, kind: "launch", servers, answer: answer.kind, ...(batch ? { batch } : {}) });
    return answer;
  }

  terminate(by: "us" | "stranger", instances: readonly string[]): CallAnswer {
    const running = [...this.instances().values()];
    const servers = running
      .filter(({ instance }) => instances.includes(instance))
      .map((one) => one.server);
    const answer: CallAnswer =
      servers.length < instances.length
        ? { kind: "not-found", message: "no such recovery instance" }
        : (this.#refusal(servers) ?? this.#start(by, "TERMINATE", servers, {}, true));
    this.#note({ by, kind: "terminate", servers, answer: answer.kind });
    return answer;
  }

  active(): readonly ModelJob[] {
    return this.jobs.filter(({ endsAt }) => before(this.#clock.now(), endsAt));
  }

  shown({ job, endsAt, ends }: ModelJob): Job {
    const now = this.#clock.now();
    const isOver = !before(now, endsAt);
    const servers = job.servers.map(({ server }) => {
      const isDone = !before(now, ends.get(server) ?? endsAt);
      return { server, launchStatus: isDone ? this.#final(job, server) : "IN_PROGRESS" };
    });
    return {
      ...job,
      servers,
      status: isOver ? "COMPLETED" : "STARTED",
      ...(isOver ? { endedAt: endsAt } : {}),
    };
  }

  #final(job: Job, server: string): string {
    if (job.type === "TERMINATE") return "TERMINATED";
    return this.servers.get(server)?.fails ? "FAILED" : "LAUNCHED";
  }

  #isShown({ createdAt }: Job): boolean {
    return !before(this.#clock.now(), plusSeconds(createdAt, this.#hiddenSeconds));
  }

  #refusal(servers: readonly string[]): CallAnswer | undefined {
    const active = this.active();
    const busy = new Set(active.flatMap(({ job }) => job.servers.map(({ server }) => server)));
    if (servers.some((server) => busy.has(server))) return { kind: "conflict", message: "busy" };
    const over = (quotaCode: string): CallAnswer => ({
      kind: "over-quota",
      quotaCode,
      message: "over",
    });
    const { serversPerJob, concurrentJobs, serversInAllJobs } = this.#quotas;
    if (servers.length > serversPerJob) return over(codes.serversPerJob.quotaCode);
    if (active.length >= concurrentJobs) return over(codes.concurrentJobs.quotaCode);
    const held = active.reduce((sum, { job }) => sum + job.servers.length, 0);
    const isOver = held + servers.length > serversInAllJobs;
    return isOver ? over(codes.serversInAllJobs.quotaCode) : undefined;
  }

  #start(
    by: "us" | "stranger",
    type: "LAUNCH" | "TERMINATE",
    servers: readonly string[],
    tags: Readonly<Record<string, string>>,
    isDrill: boolean,
  ): CallAnswer {
    const now = this.#clock.now();
    const seconds = (server: string) =>
      type === "TERMINATE" ? terminateSeconds : (this.servers.get(server)?.launchSeconds ?? 60);
    const ends = new Map(servers.map((server) => [server, plusSeconds(now, seconds(server))]));
    const slowest = Math.max(...servers.map(seconds));
    const started = isDrill ? "START_DRILL" : "START_RECOVERY";
    const job: Job = {
      jobId: `${this.#name}-${this.jobs.length}`,
      type,
      initiatedBy: type === "TERMINATE" ? "TERMINATE_RECOVERY_INSTANCES" : started,
      status: "STARTED",
      createdAt: now,
      servers: servers.map((server) => ({ server, launchStatus: "PENDING" })),
      tags,
    };
    this.jobs.push({ job, by, endsAt: plusSeconds(now, slowest + 2), ends });
    return { kind: "accepted", job };
  }

  #note(call: Omit<ModelCall, "at">): void {
    this.calls.push({ at: this.#clock.now(), ...call });
  }

  #sourceServers(ids: readonly string[] | undefined): readonly SourceServer[] {
    const instances = this.instances();
    return [...this.servers.values()]
      .filter(({ server }) => !ids || ids.includes(server))
      .map(({ server, tags, replicationState }): SourceServer => {
        const instance = instances.get(server)?.instance;
        return {
          server,
          arn: `arn:${server}`,
          tags,
          replicationState,
          isExtended: false,
          ...(instance === undefined ? {} : { recoveryInstance: instance }),
        };
      });
  }
}
