import type { LaneKey } from "../runtime/core/lane.js";
import type { Member } from "../runtime/core/recovery/plan.js";
import { type PredictionInput, predict } from "../runtime/core/recovery/predict.js";
import { type Figure, millisecondsOf } from "./figure.js";

const waves = ["database", "app", "web"].map((name, index, names) => ({
  name,
  dependsOn: names.slice(index - 1 < 0 ? names.length : index - 1, index),
  failedAtMostPercent: 0,
  deadlineMinutes: 120,
}));

/** A plan of three dependent waves, its servers dealt out over lanes of 250 and of mixed speed. */
function estate(servers: number): PredictionInput {
  const members = new Map<LaneKey, Member[]>();
  for (let ordinal = 0; ordinal < servers; ordinal += 1) {
    const lane: LaneKey = `${String(100_000_000_000 + Math.floor(ordinal / 250))}/us-east-1`;
    const ofLane = members.get(lane) ?? [];
    members.set(lane, ofLane);
    ofLane.push({
      server: `s-${String(ordinal).padStart(17, "0")}`,
      wave: waves[ordinal % waves.length]?.name ?? "web",
      critical: true,
      expectedLaunchSeconds: 300 + (ordinal % 7) * 60,
    });
  }
  return { waves, members, reserve: { jobs: 0, servers: 0 }, pacingSeconds: 0 };
}

/** How the planner's time grows with the plan: 10,000 servers in 40 lanes, 100,000 in 400. */
export async function planner(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  let tenth = await millisecondsOf(() => predict(estate(1_000)), 5);
  for (const servers of [10_000, 100_000]) {
    const input = estate(servers);
    const value = await millisecondsOf(() => predict(input), 5);
    figures.push({
      name: `plan ${servers.toLocaleString("en")} servers in ${input.members.size} lanes`,
      unit: "ms",
      value,
      against: `ten times the time of ${(servers / 10).toLocaleString("en")}`,
      baseline: tenth * 10,
    });
    tenth = value;
  }
  return figures;
}
