import { describe, expect, it } from "vitest";
import { DrError } from "../../runtime/core/errors.js";
import { laneKey, laneOf } from "../../runtime/core/lane.js";
import type { Drs } from "../../runtime/core/ports.js";
import type { SourceServer } from "../../runtime/core/recovery/observation.js";
import type { ProtectionGroup, RecoveryPlan } from "../../runtime/core/recovery/plan.js";
import { documentedQuotas } from "../../runtime/core/recovery/predict.js";
import { queryHandler } from "../../runtime/handlers/query.js";
import { job, laneA, laneB, over, servers, startedAt } from "../support/execution/build.js";
import { planWave } from "../support/execution/handler-bench.js";
import { memoryLibrary } from "../support/execution/memory-library.js";

const lanes = [
  { ...laneOf(laneA), accountName: "shop", declaredServers: 10 },
  { ...laneOf(laneB), accountName: "shop-west", declaredServers: 5 },
];

function source(server: string, more: Partial<SourceServer> = {}): SourceServer {
  return {
    server,
    arn: `arn:${server}`,
    tags: { Tier: "web" },
    replicationState: "CONTINUOUS",
    isExtended: false,
    ...more,
  };
}

const inLaneA = [
  source("s-0001"),
  source("s-0002", { tags: { Tier: "db" } }),
  source("s-0003", { replicationState: "DISCONNECTED" }),
  source("s-0004", { isExtended: true }),
];

const both = lanes.map((lane) => ({ ...laneOf(laneKey(lane)), tags: { Tier: "web" } }));
const group: ProtectionGroup = { name: "web", members: both };
const onlyA: ProtectionGroup = { name: "only-a", members: [{ ...laneOf(laneA), tags: {} }] };
const plan: RecoveryPlan = {
  name: "plan",
  objectives: { rtoMinutes: 60, rpoMinutes: 15 },
  waves: [planWave("web", { group: "web", tags: {} })],
  reserve: { jobs: 0, servers: 0 },
  pacingSeconds: 0,
};

/** Handlers over two lanes, of which the second shows servers or an error. */
function querying(
  laneBShows: readonly SourceServer[] | Error = new DrError("lane-denied", `${laneB}: denied`),
) {
  const shown = async () => {
    if (laneBShows instanceof Error) throw laneBShows;
    return laneBShows;
  };
  const asked: string[] = [];
  const drs = (key: string): Partial<Drs> => ({
    async sourceServers() {
      asked.push(key);
      return key === laneA ? inLaneA : shown();
    },
    jobsSince: async () =>
      key === laneA ? [job("job-1", servers(7)), over(job("job-2", servers(9)))] : [],
  });
  const handle = queryHandler({
    estate: { lanes: async () => lanes },
    library: memoryLibrary([plan], [group, onlyA]),
    drs: (lane) => drs(laneKey(lane)) as Drs,
    quotas: async () => documentedQuotas,
    clock: { now: () => startedAt },
  });
  return { asked, handle };
}

describe("an inventory", () => {
  it("lists every lane's servers, and counts those that replicate there", async () => {
    const { handle } = querying([source("s-0009")]);
    expect(await handle({ operation: "inventory" })).toMatchObject({
      servers: 5,
      lanes: [
        { accountName: "shop", declaredServers: 10, replicatingServers: 2, servers: inLaneA },
        { accountName: "shop-west", replicatingServers: 1 },
      ],
    });
  });

  it("tells a lane that cannot be read with its reason, and all of the others", async () => {
    const { handle } = querying();
    expect(await handle({ operation: "inventory" })).toMatchObject({
      servers: 4,
      lanes: [{ servers: inLaneA }, { servers: [], problem: `${laneB}: denied` }],
    });
  });

  it("fails over a defect instead of telling it as a lane's", async () => {
    const { handle } = querying(new TypeError("x is undefined"));
    await expect(handle({ operation: "inventory" })).rejects.toThrow("x is undefined");
  });
});

describe("the use of quotas", () => {
  it("counts servers, active jobs and the servers in them, lane by lane", async () => {
    const { handle } = querying();
    expect(await handle({ operation: "quotas" })).toEqual({
      lanes: [
        {
          ...laneOf(laneA),
          accountName: "shop",
          quotas: documentedQuotas,
          replicatingServers: 2,
          sourceServers: 4,
          activeJobs: 1,
          serversInJobs: 7,
        },
        expect.objectContaining({ ...laneOf(laneB), problem: `${laneB}: denied` }),
      ],
    });
  });
});

describe("what a group or a plan selects", () => {
  it("is told for a group lane by lane, with the lanes that cannot be read", async () => {
    const { handle } = querying();
    expect(await handle({ operation: "resolve", group: "web" })).toEqual({
      group: "web",
      lanes: [
        { lane: laneA, servers: ["s-0001", "s-0003", "s-0004"] },
        { lane: laneB, servers: [], problem: `${laneB}: denied` },
      ],
    });
  });

  it("is asked of no lane that the group does not name", async () => {
    const { asked, handle } = querying();
    await handle({ operation: "resolve", group: "only-a" });
    expect(asked).toEqual([laneA]);
  });

  it("is told for a plan as an execution would resolve it, problems included", async () => {
    const { handle } = querying([source("s-0009", { tags: {} })]);
    expect(await handle({ operation: "resolve", plan: "plan" })).toMatchObject({
      plan: "plan",
      problems: [],
      lanes: [
        {
          lane: laneA,
          members: [
            { server: "s-0001", wave: "web" },
            { server: "s-0003", notReady: expect.stringContaining("DISCONNECTED") },
            { server: "s-0004" },
          ],
        },
      ],
    });
  });

  it.each([
    [{}, "invalid-request"],
    [{ group: "web", plan: "plan" }, "invalid-request"],
    [{ group: "none" }, "not-found"],
    [{ plan: "none" }, "not-found"],
  ])("needs one of the two, and one that exists: %j", async (which, code) => {
    const { handle } = querying();
    await expect(handle({ operation: "resolve", ...which })).rejects.toMatchObject({ code });
  });
});

describe("an export", () => {
  it("holds groups, plans and every lane, with its moment", async () => {
    const { handle } = querying();
    expect(await handle({ operation: "export" })).toMatchObject({
      schemaVersion: 1,
      exportedAt: "2026-01-24T02:00:00Z",
      groups: [{ document: onlyA }, { document: group }],
      plans: [{ revision: 1, managedBy: "pulumi", document: plan }],
      lanes: [{ servers: inLaneA }, { problem: `${laneB}: denied` }],
    });
  });
});
