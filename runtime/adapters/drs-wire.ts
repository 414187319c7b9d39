import type {
  RecoveryInstance as WireInstance,
  Job as WireJob,
  SourceServer as WireServer,
} from "@aws-sdk/client-drs";
import { type Instant, instant } from "../core/instant.js";
import type { Job, RecoveryInstance, SourceServer } from "../core/recovery/observation.js";

/**
 * The wire is wider than the model: statuses are taken as they come, timestamps end in `Z` or
 * `+00:00`, and anything may be missing.
 */
export function jobFrom(job: WireJob): Job {
  return {
    jobId: job.jobID ?? "",
    type: job.type ?? "",
    initiatedBy: job.initiatedBy ?? "",
    status: job.status ?? "",
    createdAt: moment(job.creationDateTime) ?? instant(0),
    ...present("endedAt", moment(job.endDateTime)),
    servers: (job.participatingServers ?? []).map((one) => ({
      server: one.sourceServerID ?? "",
      launchStatus: one.launchStatus ?? "",
      ...present("recoveryInstance", one.recoveryInstanceID),
    })),
    tags: job.tags ?? {},
  };
}

export function sourceServerFrom(server: WireServer): SourceServer {
  const replication = server.dataReplicationInfo;
  return {
    server: server.sourceServerID ?? "",
    arn: server.arn ?? "",
    tags: server.tags ?? {},
    replicationState: replication?.dataReplicationState ?? "",
    isExtended: server.stagingArea?.status === "EXTENDED",
    ...present("hostname", server.sourceProperties?.identificationHints?.hostname),
    ...present("lagSeconds", durationSeconds(replication?.lagDuration)),
    ...present("recoveryInstance", server.recoveryInstanceId || undefined),
    ...present("lastLaunch", lastLaunchOf(server)),
  };
}

function lastLaunchOf(server: WireServer): SourceServer["lastLaunch"] {
  const last = server.lifeCycle?.lastLaunch;
  const calledAt = moment(last?.initiated?.apiCallDateTime);
  if (!last?.initiated?.jobID || calledAt === undefined) return undefined;
  return {
    jobId: last.initiated.jobID,
    kind: last.initiated.type === "RECOVERY" ? "recovery" : "drill",
    calledAt,
    ...present("status", last.status),
  };
}

export function recoveryInstanceFrom(instance: WireInstance): RecoveryInstance {
  return {
    instance: instance.recoveryInstanceID ?? instance.ec2InstanceID ?? "",
    server: instance.sourceServerID ?? "",
    isDrill: instance.isDrill ?? false,
    ...present("jobId", instance.jobID),
    ...present("ec2State", instance.ec2InstanceState),
    ...present("pointInTime", moment(instance.pointInTimeSnapshotDateTime)),
  };
}

function moment(text: string | undefined): Instant | undefined {
  const milliseconds = Date.parse(text ?? "");
  return Number.isNaN(milliseconds) ? undefined : instant(milliseconds);
}

/** ISO-8601 durations as DRS writes them: `P0D`, `P2DT1H32M12.136909S`. */
function durationSeconds(text: string | undefined): number | undefined {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text ?? "");
  if (!parts) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  return days * 86_400 + hours * 3600 + minutes * 60 + seconds;
}

function present<K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [key in K]?: V };
}
