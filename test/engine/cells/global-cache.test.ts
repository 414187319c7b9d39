import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { sessions } from "../../support/placements.js";
import { describeTier } from "../../support/tier.js";
import { type CellStack, deployedCell } from "../support/cell-program.js";
import { changes } from "../support/preview.js";

const globalGroup = "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup";

const cache = (settings = "") =>
  `new dr.GlobalCache("sessions", { ...${JSON.stringify(sessions)}, ${settings} }, opts);`;

const unguarded = `
const first = new aws.elasticache.ReplicationGroup("bare-first", { region: "us-east-1", replicationGroupId: "bare-first", description: "bare" }, opts);
new aws.elasticache.GlobalReplicationGroup("bare", { region: "us-east-1", globalReplicationGroupIdSuffix: "bare", primaryReplicationGroupId: first.id }, opts);
`;

describeTier("engine", "a global cache", inject("pulumiCli"), (cli) => {
  let stack: CellStack;
  beforeAll(async () => {
    stack = await deployedCell(cli, cache());
  });
  afterAll(() => stack.close());

  /** As the provider reads the datastore after another member became its writer. */
  function writerMoves(suffix: string, to: string): void {
    const found = stack.world.things.find(
      ({ type, inputs }) =>
        type === globalGroup && inputs.globalReplicationGroupIdSuffix === suffix,
    );
    stack.world.change(globalGroup, String(found?.id), { primaryReplicationGroupId: to });
  }

  it("stays as it is when a failover moves the writer", async () => {
    writerMoves("shop-orders-sessions", "shop-orders-sessions-us-west-2");
    expect(await stack.changesAfterRefresh()).toEqual([]);
  });

  it("would be replaced by a deployment, were the datastore not guarded", async () => {
    stack.declare(cache() + unguarded);
    await stack.succeed("up", "--yes", "--skip-preview");
    writerMoves("bare", "bare-second");
    expect(await stack.changesAfterRefresh()).toContain("replace bare primaryReplicationGroupId");
    stack.declare(cache());
    await stack.succeed("up", "--yes", "--skip-preview");
  });

  it("changes version, nodes and shards in the datastore alone, in its place", async () => {
    stack.declare(
      cache('engineVersion: "8.1", nodeType: "cache.r7g.xlarge", shards: 3, lagAlarmSeconds: 5'),
    );
    expect(await changes(stack)).toEqual([
      "update sessions",
      "update sessions-global cacheNodeType,engineVersion",
    ]);
    stack.declare(cache("replicasPerShard: 3"));
    const planned = await changes(stack);
    expect(planned.filter((change) => /replace|delete/.test(change))).toEqual([]);
    expect(planned).toContain("update sessions-us-west-2 replicasPerNodeGroup");
  });

  it("is destroyed, in an order that AWS takes, only once it need not be kept", async () => {
    stack.declare(cache());
    const refused = await stack.pulumi("destroy", "--yes", "--skip-preview");
    expect(refused.code).not.toBe(0);
    stack.declare(cache("keepData: false"));
    await stack.succeed("up", "--yes", "--skip-preview");
    await stack.succeed("destroy", "--yes", "--skip-preview");
    expect(stack.world.things).toEqual([]);
  });
});
