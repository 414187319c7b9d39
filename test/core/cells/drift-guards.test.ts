import { describe, expect, test } from "vitest";
import {
  driftGuards,
  guardsFor,
  ignoredAfterFailover,
} from "../../../runtime/core/cells/drift-guards.js";

const cluster = "aws:rds/cluster:Cluster";

describe("what a deployment after a failover leaves alone", () => {
  test("is told once for each type", () => {
    const types = driftGuards.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
  });

  test("is what components ignore", () => {
    expect(ignoredAfterFailover(cluster)).toEqual([
      "globalClusterIdentifier",
      "replicationSourceIdentifier",
      "engineVersion",
    ]);
    expect(ignoredAfterFailover("aws:s3/bucket:Bucket")).toEqual([]);
  });

  test("is asked only of what takes part in a failover", () => {
    expect(guardsFor(cluster, () => false)).toEqual([]);
    expect(guardsFor(cluster, (property) => property === "globalClusterIdentifier")).toHaveLength(
      1,
    );
    expect(guardsFor("aws:ecs/service:Service", () => false)).toHaveLength(1);
  });
});
