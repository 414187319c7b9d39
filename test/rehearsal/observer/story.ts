import { plusSeconds } from "../../../runtime/core/instant.js";
import type { LaneKey } from "../../../runtime/core/lane.js";
import type { Wave } from "../../../runtime/core/recovery/plan.js";
import type { Scene } from "../../../runtime/rehearsal/observer/scene.js";
import type { DrsEvent } from "../../../runtime/rehearsal/services/drs/events.js";
import { defaultStart } from "../../../runtime/rehearsal/virtual-clock.js";

export const lane: LaneKey = "111111111111/us-east-1";
export const other: LaneKey = "222222222222/us-west-2";
/** The role that acts in the lanes. */
const us = "arn:aws:iam::111111111111:role/dr-x-spoke-recovery";

const wave = (name: string, dependsOn: readonly string[] = []): Wave => ({
  name,
  group: "all",
  dependsOn,
  failedAtMostPercent: 0,
  deadlineMinutes: 60,
  expectedLaunchSeconds: 600,
});

/** One database in each of two lanes, then a web server in the first. */
export function sceneOf(more: Partial<Scene> = {}): Scene {
  const members = [
    { server: "db-1", lane, wave: "database", isCritical: true },
    { server: "db-2", lane: other, wave: "database", isCritical: true },
    { server: "web-1", lane, wave: "web", isCritical: true },
  ];
  return {
    executionId: "x-1",
    kind: "drill",
    cleanUp: false,
    relaunchRecovered: false,
    waves: [wave("database"), wave("web", ["database"])],
    members: new Map(members.map((member) => [member.server, member])),
    unusable: new Set(),
    startedAt: defaultStart,
    sent: [],
    allowedSeconds: 7_200,
    disturbedUntil: () => undefined,
    quotas: () => undefined,
    ...more,
  };
}

/** Events of one rehearsal, told second by second. */
export class Story {
  readonly events: DrsEvent[] = [];
  private at = defaultStart;

  after(seconds: number): this {
    this.at = plusSeconds(this.at, seconds);
    return this;
  }

  launch(jobId: string, where: LaneKey, servers: string[], by = us, isDrill = true): this {
    return this.tell({
      type: "job-started",
      kind: "launch",
      jobId,
      lane: where,
      servers,
      by,
      isDrill,
      tags: {},
    });
  }

  terminate(jobId: string, where: LaneKey, servers: string[], by = us): this {
    return this.tell({
      type: "job-started",
      kind: "terminate",
      jobId,
      lane: where,
      servers,
      by,
      isDrill: false,
      tags: {},
    });
  }

  launched(jobId: string, where: LaneKey, server: string, isDrill = true): this {
    return this.tell({
      type: "server-launched",
      jobId,
      lane: where,
      server,
      instance: `i-${server}`,
      isDrill,
    });
  }

  failed(jobId: string, where: LaneKey, server: string): this {
    return this.tell({
      type: "server-failed",
      jobId,
      lane: where,
      server,
      isDrill: true,
      reason: "no",
    });
  }

  gone(
    type: "instance-terminated" | "instance-replaced",
    jobId: string,
    server: string,
    launchedBy: string,
    isDrill = true,
  ): this {
    return this.tell({
      type,
      jobId,
      lane,
      server,
      instance: `i-${server}`,
      launchedBy,
      isDrill,
      by: us,
    });
  }

  ended(jobId: string, where: LaneKey, kind: "launch" | "terminate" = "launch"): this {
    return this.tell({ type: "job-ended", jobId, lane: where, kind, by: us });
  }

  looked(where: LaneKey): this {
    return this.tell({ type: "call", operation: "DescribeJobs", lane: where, by: us });
  }

  refused(code: string, servers: string[], quotaCode: string): this {
    return this.tell({
      type: "refused",
      operation: "StartRecovery",
      lane,
      code,
      quotaCode,
      servers,
      by: us,
    });
  }

  private tell(event: DistributiveOmit<DrsEvent, "at">): this {
    this.events.push({ ...event, at: this.at });
    return this;
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** Both databases, then the web server, in twenty minutes. */
export function wellDone(): Story {
  return new Story()
    .launch("job-1", lane, ["db-1"])
    .launch("job-2", other, ["db-2"])
    .after(600)
    .launched("job-1", lane, "db-1")
    .launched("job-2", other, "db-2")
    .ended("job-1", lane)
    .ended("job-2", other)
    .looked(lane)
    .looked(other)
    .launch("job-3", lane, ["web-1"])
    .after(600)
    .launched("job-3", lane, "web-1")
    .ended("job-3", lane)
    .looked(lane);
}
