import { describe, expect, it } from "vitest";
import { type LaneKey, laneOf } from "../../../runtime/core/lane.js";
import type { RecoveryInstance, SourceServer } from "../../../runtime/core/recovery/observation.js";
import type { GroupMember, RecoveryPlan, Wave } from "../../../runtime/core/recovery/plan.js";
import { type LaneInventory, resolvePlan } from "../../../runtime/core/recovery/resolve.js";
import { at, laneA, laneB } from "../../support/execution/build.js";

function source(server: string, more: Partial<SourceServer> = {}): SourceServer {
  return {
    server,
    arn: `arn:${server}`,
    tags: { Tier: "web", Application: "shop" },
    replicationState: "CONTINUOUS",
    isExtended: false,
    ...more,
  };
}

function wave(name: string, more: Partial<Wave> = {}): Wave {
  return {
    name,
    group: "shop",
    dependsOn: [],
    failedAtMostPercent: 0,
    deadlineMinutes: 120,
    expectedLaunchSeconds: 600,
    ...more,
  };
}

function planOf(...waves: readonly Wave[]): RecoveryPlan {
  return {
    name: "plan",
    objectives: { rtoMinutes: 60, rpoMinutes: 15 },
    waves,
    reserve: { jobs: 0, servers: 0 },
    pacingSeconds: 0,
  };
}

const everywhere: readonly GroupMember[] = [laneA, laneB].map((key) => ({
  ...laneOf(key),
  tags: {},
}));

function listed(
  servers: readonly SourceServer[],
  instances: readonly RecoveryInstance[] = [],
): LaneInventory {
  return { kind: "listed", servers, instances };
}

function resolved(
  waves: readonly Wave[],
  lanes: Readonly<Record<LaneKey, LaneInventory>>,
  members: readonly GroupMember[] = everywhere,
) {
  const groups = new Map([["shop", { name: "shop", members }]]);
  const inventory = new Map(Object.entries(lanes) as [LaneKey, LaneInventory][]);
  const { members: found, problems } = resolvePlan(planOf(...waves), groups, inventory);
  return { found: Object.fromEntries(found), problems };
}

const web = wave("web", { tags: { Tier: "web" } });
const database = wave("database", { tags: { Tier: "db" }, expectedLaunchSeconds: 1_800 });
const db = source("s-db", { tags: { Tier: "db" } });

describe("a plan's servers", () => {
  it("are found lane by lane, each in the wave that selects it", () => {
    const { found, problems } = resolved([web, database], {
      [laneA]: listed([source("s-web"), db]),
      [laneB]: listed([source("s-far")]),
    });
    expect(problems).toEqual([]);
    expect(found[laneA]).toEqual([
      {
        server: "s-web",
        wave: "web",
        application: "shop",
        critical: true,
        expectedLaunchSeconds: 600,
      },
      { server: "s-db", wave: "database", critical: true, expectedLaunchSeconds: 1_800 },
    ]);
    expect(found[laneB]).toHaveLength(1);
  });

  it("leave out a lane in which none is selected", () => {
    const { found } = resolved([database], { [laneA]: listed([db]), [laneB]: listed([]) });
    expect(Object.keys(found)).toEqual([laneA]);
  });

  it("are critical, unless they carry all the tags that make them optional", () => {
    const tags = { Tier: "web", Role: "batch" };
    const { found } = resolved([wave("web", { optional: { tags: { Role: "batch" } } })], {
      [laneA]: listed([source("s-1", { tags }), source("s-2")]),
    });
    expect(found[laneA]?.map(({ critical }) => critical)).toEqual([false, true]);
  });
});

describe("a server's state when an execution is prepared", () => {
  it.each([
    [
      "STOPPED",
      "not ready: STOPPED, its replication was stopped, which deletes its points in time",
    ],
    ["DISCONNECTED", "not ready: DISCONNECTED, it is disconnected from DRS"],
    ["INITIATING", "not ready: INITIATING, its first replication has not ended"],
    ["INITIAL_SYNC", "not ready: INITIAL_SYNC, its first replication has not ended"],
  ])("of %s is a reason not to launch it", (replicationState, reason) => {
    const { found } = resolved([web], { [laneA]: listed([source("s-1", { replicationState })]) });
    expect(found[laneA]?.[0]?.notReady).toBe(reason);
  });

  it.each(["STALLED", "BACKLOG", "CREATING_SNAPSHOT", "RESCAN", "PAUSED", "NEW_STATE"])(
    "of %s is none: it has points in time",
    (replicationState) => {
      const state = { replicationState, lagSeconds: 90_000 };
      const { found } = resolved([web], { [laneA]: listed([source("s-1", state)]) });
      expect(found[laneA]?.[0]).not.toHaveProperty("notReady");
    },
  );

  it("tells since when it runs as a real recovery, and nothing of drills or of what is terminated", () => {
    const instance = { instance: "i-1", isDrill: false, pointInTime: at(-90) };
    const lastLaunch = { jobId: "job-1", kind: "recovery", calledAt: at(-80) } as const;
    const { pointInTime: _, ...undated } = instance;
    const { found } = resolved([web], {
      [laneA]: listed(
        [source("s-1"), source("s-2", { lastLaunch }), source("s-3"), source("s-4")],
        [
          { ...instance, server: "s-1" },
          { ...undated, server: "s-2" },
          { ...instance, server: "s-3", isDrill: true },
          { ...instance, server: "s-4", ec2State: "TERMINATED" },
        ],
      ),
    });
    expect(found[laneA]?.map(({ recoveredAt }) => recoveredAt)).toEqual([
      at(-90),
      at(-80),
      undefined,
      undefined,
    ]);
  });
});

describe("a server that the plan names and no lane shows", () => {
  const named = [{ ...laneOf(laneA), servers: ["s-1", "s-2"] }];

  it("is a member that cannot be launched, with that reason", () => {
    const { found } = resolved([wave("all")], { [laneA]: listed([source("s-1")]) }, named);
    expect(found[laneA]).toMatchObject([
      { server: "s-1" },
      { server: "s-2", critical: true, notReady: `lane ${laneA} has no such source server` },
    ]);
  });

  it("has the lane's reason where the lane is lost, and is in the first wave that may select it", () => {
    const lost: LaneInventory = { kind: "lost", reason: "denied by SCP" };
    const waves = [web, wave("rest", { servers: ["s-2"] })];
    const { found, problems } = resolved(waves, { [laneA]: lost }, named);
    expect(problems).toEqual([]);
    expect(found[laneA]).toEqual([
      {
        server: "s-1",
        wave: "web",
        critical: true,
        expectedLaunchSeconds: 600,
        notReady: "denied by SCP",
      },
      expect.objectContaining({ server: "s-2", wave: "web", notReady: "denied by SCP" }),
    ]);
  });
});

describe("a plan that cannot be executed as it stands", () => {
  it("tells every server that two waves select, and every wave that selects none, all at once", () => {
    const waves = [web, wave("all"), database, wave("other", { group: "missing" })];
    const { problems } = resolved(waves, { [laneA]: listed([source("s-1"), source("s-2")]) });
    expect(problems).toEqual([
      'wave "other" names group "missing", which does not exist',
      `server s-1 of lane ${laneA} is selected by wave "web" and by wave "all"`,
      `server s-2 of lane ${laneA} is selected by wave "web" and by wave "all"`,
      'wave "all" selects no server in any lane',
      'wave "database" selects no server in any lane',
    ]);
  });

  it("is not one because of a wave that may have servers in a lane that is lost", () => {
    const lost: LaneInventory = { kind: "lost", reason: "silent" };
    const { found, problems } = resolved([web, database], {
      [laneA]: lost,
      [laneB]: listed([source("s-1")]),
    });
    expect(problems).toEqual([]);
    expect(Object.keys(found)).toEqual([laneB]);
  });
});
