import { describe, expect, test } from "vitest";
import { countLane, isReplicating } from "../../../runtime/core/capacity/lane-count.js";
import { instant } from "../../../runtime/core/instant.js";
import type { Job, SourceServer } from "../../../runtime/core/recovery/observation.js";

function server(replicationState: string, isExtended = false): SourceServer {
  return { server: "s-1", arn: "arn", tags: {}, replicationState, isExtended };
}

function job(status: string, servers: number): Job {
  return {
    jobId: "drsjob-1",
    type: "LAUNCH",
    initiatedBy: "START_DRILL",
    status,
    createdAt: instant(0),
    servers: Array.from({ length: servers }, (_, index) => ({
      server: `s-${index}`,
      launchStatus: "PENDING",
    })),
    tags: {},
  };
}

describe("a server counts as replicating", () => {
  test.each([
    ["INITIATING", true],
    ["INITIAL_SYNC", true],
    ["BACKLOG", true],
    ["CREATING_SNAPSHOT", true],
    ["CONTINUOUS", true],
    ["PAUSED", true],
    ["RESCAN", true],
    ["STALLED", true],
    ["a state that AWS adds", true],
    ["STOPPED", false],
    ["DISCONNECTED", false],
  ])("in state %s: %s", (state, counts) => {
    expect(isReplicating(server(state))).toBe(counts);
  });

  test("never where it is extended, because it replicates in its staging account", () => {
    expect(isReplicating(server("CONTINUOUS", true))).toBe(false);
  });
});

describe("a lane's count", () => {
  test("takes every source server, and of the jobs those that have not ended", () => {
    const servers = [server("CONTINUOUS"), server("CONTINUOUS", true), server("STOPPED")];
    const jobs = [job("PENDING", 2), job("STARTED", 100), job("COMPLETED", 50)];
    expect(countLane(servers, jobs)).toEqual({
      replicatingServers: 1,
      sourceServers: 3,
      activeJobs: 2,
      serversInJobs: 102,
    });
  });

  test("of nothing is nothing", () => {
    expect(countLane([], [])).toEqual({
      replicatingServers: 0,
      sourceServers: 0,
      activeJobs: 0,
      serversInJobs: 0,
    });
  });
});
