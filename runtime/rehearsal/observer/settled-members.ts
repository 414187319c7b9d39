import type { Instant } from "../../core/instant.js";
import type { DrsEvent, JobKind } from "../services/drs/events.js";
import type { Ledger } from "./ledger.js";
import type { Scene, SceneMember } from "./scene.js";

/** How a member stands when nothing more is to be done for it. */
export interface Settlement {
  readonly at: Instant;
  readonly outcome: "launched" | "failed" | "skipped";
}

/**
 * When each member was settled, as far as DRS shows it: by a job of ours, by a stranger's launch
 * that does as well, by a real recovery that is left alone, or by data that no launch can use.
 */
export class SettledMembers {
  private readonly scene: Scene;
  private readonly ledger: Ledger;
  private readonly settlements = new Map<string, Settlement>();

  constructor(scene: Scene, ledger: Ledger, unusable: ReadonlySet<string>) {
    this.scene = scene;
    this.ledger = ledger;
    for (const server of unusable) this.settle(server, scene.startedAt, "failed");
    for (const [server, { isDrill }] of ledger.instances) {
      if (!isDrill && !scene.relaunchRecovered) this.settle(server, scene.startedAt, "skipped");
    }
    for (const { servers, ...job } of ledger.jobs.values()) {
      if (job.endedAt === undefined) this.takeNote(job.isOurs, job.kind, job.isDrill, servers);
    }
  }

  of(member: SceneMember): Settlement | undefined {
    return this.settlements.get(member.server);
  }

  /** Takes an event that the ledger holds already. */
  apply(event: DrsEvent): void {
    if (event.type === "job-started") {
      this.takeNote(event.by !== "stranger", event.kind, event.isDrill, event.servers, event.at);
    } else if (event.type === "server-launched") {
      const isOurs = this.ledger.jobs.get(event.jobId)?.isOurs ?? false;
      const doesAsWell = event.isDrill === (this.scene.kind === "drill");
      if (isOurs || doesAsWell) this.settle(event.server, event.at, "launched");
    } else if (event.type === "server-failed" && this.ledger.jobs.get(event.jobId)?.isOurs) {
      this.settle(event.server, event.at, "failed");
    }
  }

  /** A drill leaves a server alone that somebody is really recovering. */
  private takeNote(
    ours: boolean,
    kind: JobKind,
    isDrill: boolean,
    servers: readonly string[],
    at: Instant = this.scene.startedAt,
  ): void {
    if (ours || kind !== "launch" || isDrill || this.scene.kind !== "drill") return;
    for (const server of servers) this.settle(server, at, "skipped");
  }

  private settle(server: string, at: Instant, outcome: Settlement["outcome"]): void {
    if (!this.settlements.has(server)) this.settlements.set(server, { at, outcome });
  }
}
