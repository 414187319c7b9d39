import { launchTimes } from "./durations.js";
import { failbackLaunchBegan, failbackLaunchEnded } from "./failback.js";
import { log, openJob, settle } from "./jobs.js";
import type {
  Caller,
  JobRecord,
  LaneRecord,
  Participant,
  RecoveryInstanceRecord,
} from "./model.js";
import { endReplication } from "./replication.js";
import type { World } from "./world.js";

const failureEvents = { conversion: "CONVERSION_FAIL", launch: "LAUNCH_FAILED" } as const;

/**
 * Starts a job that turns the machines behind failback clients into servers again: conversion on the
 * client, then a reboot. Nothing is launched in AWS.
 */
export function startFailbackJob(
  world: World,
  lane: LaneRecord,
  instances: readonly RecoveryInstanceRecord[],
  tags: Readonly<Record<string, string>>,
  caller: Caller,
): JobRecord {
  const ways = instances.map((instance) => {
    const { server } = instance;
    const status = { launchStatus: "PENDING", isDone: false } as const;
    const participant: Participant = { server, instance: instance.instance, ...status };
    return { instance, participant };
  });
  const job = openJob(world, lane, {
    kind: "launch",
    initiatedBy: "FAILBACK",
    isDrill: false,
    participants: ways.map(({ participant }) => participant),
    tags,
    by: caller.by,
  });
  for (const { instance, participant } of ways) {
    failbackLaunchBegan(world, instance, job);
    bringBack(world, lane, job, instance, participant);
  }
  return job;
}

function bringBack(
  world: World,
  lane: LaneRecord,
  job: JobRecord,
  instance: RecoveryInstanceRecord,
  participant: Participant,
): void {
  const { server } = instance;
  const data = { sourceServerID: server };
  const times = launchTimes(world, server);
  const at = (seconds: number, what: () => void): void =>
    world.after(job.createdAt, seconds - times.conversionStart + 1, what);
  const end = (hasSucceeded: boolean): void => {
    participant.launchStatus = hasSucceeded ? "LAUNCHED" : "FAILED";
    if (hasSucceeded && instance.replicationState !== "DISCONNECTED") {
      endReplication(world, instance, "STOPPED");
    }
    failbackLaunchEnded(world, instance, job, hasSucceeded);
    settle(world, lane, job, participant);
  };
  const passes = (phase: keyof typeof failureEvents): boolean => {
    if (!world.takeFailure(server, phase)) return true;
    log(world, job, failureEvents[phase], {
      ...data,
      rawError: `The ${phase} was ordered to fail`,
    });
    end(false);
    return false;
  };
  at(times.conversionStart, () => {
    participant.launchStatus = "IN_PROGRESS";
    log(world, job, "CONVERSION_START", data);
  });
  at(times.conversionEnd, () => {
    if (!passes("conversion")) return;
    log(world, job, "CONVERSION_END", data);
    at(times.launchStart, () => log(world, job, "LAUNCH_START", data));
    at(times.launchEnd, () => {
      if (!passes("launch")) return;
      if (world.switches.launchEndIsLogged) log(world, job, "LAUNCH_END", data);
      end(true);
    });
  });
}
