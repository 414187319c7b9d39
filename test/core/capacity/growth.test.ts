import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { growthOptions } from "../../../runtime/core/capacity/growth.js";

const thresholds = { warnAtServers: 250 };

function lanesOf(...servers: readonly number[]) {
  return servers.map((count, index) => ({
    account: String(index).padStart(12, "1"),
    region: "us-east-1",
    servers: count,
  }));
}

describe("the growth of 1,000 servers in four lanes to 1,500", () => {
  const options = growthOptions(lanesOf(250, 250, 250, 250), 500, thresholds);
  const [belowWarning, toWarning, toQuota] = options;

  test("takes two more lanes of 250, as the scaling architecture says", () => {
    expect(toWarning).toEqual({
      filling: "to-warning",
      serversPerLane: 250,
      intoExistingLanes: 0,
      intoNewLanes: 500,
      newLanes: 2,
      lanes: 6,
      capacityServers: 1_800,
    });
  });

  test("takes three where no new lane shall stand at its warning", () => {
    expect(belowWarning).toMatchObject({ serversPerLane: 249, newLanes: 3, lanes: 7 });
  });

  test("takes one where every lane is filled to its quota", () => {
    expect(toQuota).toMatchObject({
      serversPerLane: 300,
      intoExistingLanes: 200,
      intoNewLanes: 300,
      newLanes: 1,
      lanes: 5,
    });
  });
});

describe("growth", () => {
  test("of nothing takes no lane, even where lanes are over-full", () => {
    const options = growthOptions(lanesOf(310), 0, thresholds);
    expect(options.map(({ newLanes }) => newLanes)).toEqual([0, 0, 0]);
  });

  test("moves no server: a lane above the target gives none away and takes none", () => {
    const [, toWarning] = growthOptions(lanesOf(255, 245), 5, thresholds);
    expect(toWarning).toMatchObject({ intoExistingLanes: 5, newLanes: 0 });
  });

  test("never gives a lane more than its quota, whatever the threshold says", () => {
    const options = growthOptions([], 600, { warnAtServers: 300 }, 200);
    expect(options.map(({ serversPerLane }) => serversPerLane)).toEqual([200, 200, 200]);
  });

  test("finds a place for every server, in as few lanes as the filling allows", () => {
    const loads = fc.array(fc.nat(320), { maxLength: 12 });
    fc.assert(
      fc.property(loads, fc.nat(5_000), fc.integer({ min: 1, max: 300 }), (servers, more, warn) => {
        const lanes = lanesOf(...servers);
        for (const option of growthOptions(lanes, more, { warnAtServers: warn })) {
          expect(option.intoExistingLanes + option.intoNewLanes).toBe(more);
          expect(option.newLanes * option.serversPerLane).toBeGreaterThanOrEqual(
            option.intoNewLanes,
          );
          expect((option.newLanes - 1) * option.serversPerLane).toBeLessThan(
            Math.max(1, option.intoNewLanes),
          );
        }
      }),
    );
  });
});
