import { describe, expect, it } from "vitest";
import { driftGuarded } from "../../../policies/failover-safety/drift-guarded.js";
import { driftGuards } from "../../../runtime/core/cells/drift-guards.js";
import { type Shown, showResource, unknown } from "../in-process.js";

const nodes: Shown = { type: "aws:eks/nodeGroup:NodeGroup", props: {} };

const missing = (paths: string, got: string) =>
  `mandatory: ignoreChanges must hold ${paths}, got ${got}. Add them: in a deployment after a failover the nodes that carry production are taken away.`;

describe("what a failover changes", () => {
  it.each<[string, Shown, readonly string[]]>([
    [
      "must be ignored",
      nodes,
      [missing("scalingConfig.desiredSize, scalingConfig.minSize", "nothing")],
    ],
    [
      "must be ignored whole",
      { ...nodes, ignoreChanges: ["scalingConfig.desiredSize"] },
      [missing("scalingConfig.minSize", "scalingConfig.desiredSize")],
    ],
    [
      "is ignored path by path",
      { ...nodes, ignoreChanges: ["scalingConfig.desiredSize", "scalingConfig.minSize"] },
      [],
    ],
    ["is ignored with what it lies in", { ...nodes, ignoreChanges: ["scalingConfig"] }, []],
    ["is ignored with everything", { ...nodes, ignoreChanges: ["*"] }, []],
    ["is nothing of other types", { type: "aws:s3/bucket:Bucket", props: {} }, []],
    ["is nothing of a cluster on its own", { type: "aws:rds/cluster:Cluster", props: {} }, []],
  ])("%s", async (_title, shown, said) => {
    expect(await showResource(driftGuarded, shown)).toEqual(said);
  });

  it.each(driftGuards.map((guard) => ({ ...guard, name: guard.type.split(":").at(-1) })))(
    "is asked of a $name, known or not",
    async ({ type, where, ignoreChanges }) => {
      const props = where === undefined ? {} : { [where]: unknown };
      expect(await showResource(driftGuarded, { type, props })).toHaveLength(1);
      expect(await showResource(driftGuarded, { type, props, ignoreChanges })).toEqual([]);
    },
  );
});
