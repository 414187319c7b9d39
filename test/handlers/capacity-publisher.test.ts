import { describe, expect, it } from "vitest";
import { emfMetrics } from "../../runtime/adapters/emf.js";
import { DrError } from "../../runtime/core/errors.js";
import { laneKey, laneOf } from "../../runtime/core/lane.js";
import type { Drs } from "../../runtime/core/ports.js";
import type { SourceServer } from "../../runtime/core/recovery/observation.js";
import { documentedQuotas } from "../../runtime/core/recovery/predict.js";
import { capacityPublisherHandler } from "../../runtime/handlers/capacity-publisher.js";
import { job, laneA, laneB, servers, startedAt } from "../support/execution/build.js";

const lanes = [laneA, laneB].map((key) => ({
  ...laneOf(key),
  accountName: "shop",
  declaredServers: 10,
}));

function source(server: string, more: Partial<SourceServer> = {}): SourceServer {
  return {
    server,
    arn: `arn:${server}`,
    tags: {},
    replicationState: "CONTINUOUS",
    isExtended: false,
    ...more,
  };
}

const shown = [
  source("s-0001"),
  source("s-0002", { replicationState: "STALLED" }),
  source("s-0003", { replicationState: "DISCONNECTED" }),
  source("s-0004", { isExtended: true }),
];

/** What one count of two lanes writes, of which the second shows servers or an error. */
async function published(laneBShows: readonly SourceServer[] | DrError) {
  const lines: string[] = [];
  const warnings: unknown[] = [];
  const clock = { now: () => startedAt };
  const drs = (key: string): Partial<Drs> => ({
    async sourceServers() {
      if (key === laneA) return shown;
      if (laneBShows instanceof DrError) throw laneBShows;
      return laneBShows;
    },
    jobsSince: async () =>
      key === laneA
        ? [job("drsjob-1", servers(3)), job("drsjob-2", servers(4), { status: "COMPLETED" })]
        : [],
  });
  const handler = capacityPublisherHandler({
    environment: "sample",
    estate: { lanes: async () => lanes },
    drs: (lane) => drs(laneKey(lane)) as Drs,
    quotas: async () => documentedQuotas,
    clock,
    metrics: emfMetrics("sample", clock, (line) => lines.push(line)),
    log: {
      info: () => undefined,
      warn: (message, fields) => warnings.push([message, fields]),
      error: () => undefined,
    },
  });
  const answer = await handler();
  return { answer, warnings, lines, records: lines.map((line) => JSON.parse(line)) };
}

describe("the capacity publisher", () => {
  it("writes one line a lane in the embedded metric format, with the quotas beside what is in use", async () => {
    const { records, lines, answer } = await published([]);
    const { account, region } = laneOf(laneA);
    const counts = {
      ReplicatingServers: 2,
      ReplicatingServersQuota: 300,
      SourceServers: 4,
      SourceServersQuota: 4_000,
      ActiveJobs: 1,
      ActiveJobsQuota: 20,
      ServersInJobs: 3,
      ServersInJobsQuota: 500,
    };
    expect(records[0]).toEqual({
      _aws: {
        Timestamp: startedAt,
        CloudWatchMetrics: [
          {
            Namespace: "DisasterRecovery/sample",
            Dimensions: [["Account", "Region"]],
            Metrics: Object.keys(counts).map((Name) => ({ Name, Unit: "Count" })),
          },
        ],
      },
      Account: account,
      Region: region,
      ...counts,
      lane: laneA,
      quotasReadFrom: "constants",
    });
    expect(lines.every((line) => line.endsWith("}\n") && !line.slice(0, -1).includes("\n"))).toBe(
      true,
    );
    expect(answer).toEqual({ lanesRead: 2, lanesUnread: 0 });
  });

  it("publishes nothing of a lane that cannot be read, counts it, says why, and reads the others", async () => {
    const { records, warnings, answer } = await published(
      new DrError("lane-denied", `${laneB}: AccessDenied`),
    );
    expect(records.map(({ lane }) => lane)).toEqual([laneA, undefined]);
    expect(records[1]).toMatchObject({ Environment: "sample", LanesRead: 1, LanesUnread: 1 });
    expect(warnings).toEqual([
      ["lane not read", { lane: laneB, problem: `${laneB}: AccessDenied` }],
    ]);
    expect(answer).toEqual({ lanesRead: 1, lanesUnread: 1 });
  });

  it("publishes zeros of a lane that holds nothing: silence means something else", async () => {
    const { records } = await published([]);
    expect(records[1]).toMatchObject({ lane: laneB, ReplicatingServers: 0, ActiveJobs: 0 });
  });
});
