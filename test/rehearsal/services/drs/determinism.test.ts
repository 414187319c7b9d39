import { describe, expect, it } from "vitest";
import type { DrsEvent } from "../../../../runtime/rehearsal/services/drs/drs.js";
import { fleetOf, lane, serverIds, startBench } from "../bench.js";

const elsewhere = "444455556666/us-east-1";

async function eventsOf(
  seed: number,
  lanes: readonly (typeof lane)[],
): Promise<readonly DrsEvent[]> {
  const fleet = [...fleetOf(20), ...fleetOf(20, elsewhere)];
  const bench = await startBench({ seed, fleet });
  for (const first of [1, 11]) {
    for (const where of lanes) bench.drs.stranger.startRecovery(where, serverIds(10, first));
  }
  await bench.pass(1_000);
  return bench.events;
}

describe("ids and times", () => {
  it("are the same in two runs with the same seed", async () => {
    const once = await eventsOf(7, [lane, elsewhere]);
    expect(await eventsOf(7, [lane, elsewhere])).toEqual(once);
    expect(once.filter(({ type }) => type === "server-launched")).toHaveLength(40);
  });

  it("differ with the seed", async () => {
    expect(await eventsOf(8, [lane])).not.toEqual(await eventsOf(7, [lane]));
  });

  it("of a lane do not depend on what other lanes did before", async () => {
    const inLane = (events: readonly DrsEvent[]) => events.filter((event) => event.lane === lane);
    const here = inLane(await eventsOf(7, [lane, elsewhere]));
    expect(inLane(await eventsOf(7, [elsewhere, lane]))).toEqual(here);
  });

  it("are those that launchSeconds says where it says any", async () => {
    const bench = await startBench({ drs: { launchSeconds: () => 120 } });
    bench.drs.stranger.startRecovery(lane, serverIds(1));
    const startedAt = bench.clock.now();
    await bench.pass(200);
    const launched = bench.events.find(({ type }) => type === "server-launched");
    expect(launched?.at).toBe(startedAt + 120_000);
  });
});
