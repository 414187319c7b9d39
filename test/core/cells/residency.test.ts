import { describe, expect, it } from "vitest";
import {
  liesIn,
  residencyZoneNames,
  residencyZones,
  zoneOf,
} from "../../../runtime/core/cells/residency.js";
import { partitionOf } from "../../../runtime/core/partition.js";
import { drsRegions } from "../../../runtime/limits.js";

const listed = residencyZoneNames.flatMap((zone) => [...residencyZones[zone]]);

describe("residency zones", () => {
  it("hold every Region of DRS, each once", () => {
    expect([...listed].sort()).toEqual([...drsRegions].sort());
  });

  it.each(residencyZoneNames)("lie in one partition (%s)", (zone) => {
    expect(new Set(residencyZones[zone].map(partitionOf)).size).toBe(1);
  });

  it.each(["eu-west-2", "eu-central-2"])("of the EU leave out %s, which is not in it", (region) => {
    expect(liesIn("eu", region)).toBe(false);
  });

  it("know the zone of a Region, and none of a Region that they do not know", () => {
    expect(zoneOf("eu-west-1")).toBe("eu");
    expect(zoneOf("eu-nowhere-9")).toBeUndefined();
    expect(liesIn("eu", "eu-nowhere-9")).toBe(false);
  });
});
