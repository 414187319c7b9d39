import { describe, expect, it } from "vitest";
import type { LaneKey } from "../../runtime/core/lane.js";
import type { RecoveryPlan, Wave } from "../../runtime/core/recovery/plan.js";
import { FleetLacks, requireFleetFor } from "../../runtime/rehearsal/fitting-fleet.js";

const ireland = "111111111111/eu-west-1";
const virginia = "111111111111/us-east-1";
const group = {
  name: "shop",
  members: [{ account: "111111111111", region: "eu-west-1", tags: { System: "shop" } }],
};
const database = {
  server: "s-11111111111111111",
  lane: ireland,
  tags: { System: "shop", Tier: "db" },
  hostname: "db",
} as const;

function planOf(...waves: readonly Partial<Wave>[]): RecoveryPlan {
  const rest = { dependsOn: [], failedAtMostPercent: 0, deadlineMinutes: 60 };
  return {
    name: "everything",
    objectives: { rtoMinutes: 60, rpoMinutes: 15 },
    waves: waves.map((wave) => ({
      ...{ name: "database", group: "shop", ...rest, expectedLaunchSeconds: 600 },
      ...wave,
    })),
    reserve: { jobs: 0, servers: 0 },
    pacingSeconds: 0,
  };
}

function problemsOf(plan: RecoveryPlan, lanes: readonly LaneKey[]) {
  try {
    requireFleetFor(plan, [group], [database], lanes);
    return [];
  } catch (error) {
    if (error instanceof FleetLacks) return error.problems;
    throw error;
  }
}

describe("a fleet that is given to a rehearsal", () => {
  it("fits where every wave selects a server of it", () => {
    const plan = planOf({ tags: { Tier: "db" } }, { name: "all" });
    expect(problemsOf(plan, [ireland])).toEqual([]);
  });

  it("lacks the lanes of a group, each told once", () => {
    expect(problemsOf(planOf({}, { name: "web" }), [virginia])).toEqual([
      'lane 111111111111/eu-west-1 of group "shop" must be one of the fleet\'s (111111111111/us-east-1). Add it to the fleet.',
    ]);
  });

  it("lacks servers for each wave that selects none, and tells what none of them has", () => {
    const plan = planOf(
      { tags: { Tier: "web" } },
      { name: "named", servers: ["s-22222222222222222"] },
      { name: "other", group: "nobody's" },
    );
    const got = "must select a server of the fleet, got none of the 1 in 111111111111/eu-west-1.";
    expect(problemsOf(plan, [ireland])).toEqual([
      `wave "database" ${got} None has tag Tier: web; add it to the fleet, or correct the wave.`,
      `wave "named" ${got} None has s-22222222222222222; add it to the fleet, or correct the wave.`,
    ]);
  });

  it("lacks a server that carries the tags of group and wave together", () => {
    const bare = { ...database, tags: { Tier: "db" } };
    const plan = planOf({ tags: { Tier: "db" } });
    expect(() => requireFleetFor(plan, [group], [bare], [ireland])).toThrow(FleetLacks);
  });
});
