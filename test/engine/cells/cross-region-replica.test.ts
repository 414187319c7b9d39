import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { keyArns, placements } from "../../support/placements.js";
import { describeTier } from "../../support/tier.js";
import { type CellStack, deployedCell } from "../support/cell-program.js";
import { changes } from "../support/preview.js";

const instance = "aws:rds/instance:Instance";

const sample = {
  name: "accounts",
  placements,
  keyArns,
  engineVersion: "16.6",
  firstPassword: "first-and-soon-changed",
  masterSecretName: "shop-orders-accounts",
};

const database = (settings = "") =>
  `new dr.CrossRegionReplica("accounts", { cell, ...${JSON.stringify(sample)}, ${settings} }, opts);`;

const unguarded = `
const source = new aws.rds.Instance("bare-source", { region: "us-east-1", identifier: "bare-source", instanceClass: "db.r6g.large", engine: "postgres" }, opts);
new aws.rds.Instance("bare-replica", { region: "us-west-2", identifier: "bare-replica", instanceClass: "db.r6g.large", replicateSourceDb: source.arn }, opts);
`;

describeTier("engine", "a replica in another Region", inject("pulumiCli"), (cli) => {
  let stack: CellStack;
  beforeAll(async () => {
    stack = await deployedCell(cli, database());
  });
  afterAll(() => stack.close());

  /** As AWS tells of a replica that was promoted. */
  function promoted(identifier: string): void {
    stack.world.change(instance, instanceId(identifier), { replicateSourceDb: "" });
  }

  function instanceId(identifier: string): string {
    const found = stack.world.things.find(
      ({ type, inputs }) => type === instance && inputs.identifier === identifier,
    );
    return String(found?.id);
  }

  it("has its first password in no state that can be read", async () => {
    expect(await stack.succeed("stack", "export")).not.toContain(sample.firstPassword);
  });

  it("changes in its place what AWS can change there", async () => {
    stack.declare(
      database(`engineVersion: "16.8", instanceClass: "db.r6g.xlarge", allocatedGibibytes: 150,
        backupRetentionDays: 14, replicaMultiAz: false, replicaBackupWindow: "22:00-22:30", firstPassword: "another"`),
    );
    const planned = await changes(stack);
    expect(planned.filter((change) => !change.startsWith("update"))).toEqual([]);
    expect(planned.map((change) => change.split(" ")[1])).toEqual([
      "accounts",
      "accounts-us-east-1",
      "accounts-us-west-2",
    ]);
    stack.declare(database());
  });

  it("stays as it is when the replica was promoted", async () => {
    promoted("shop-orders-accounts-us-west-2");
    expect(await stack.changesAfterRefresh()).toEqual([]);
  });

  it("keeps the size to which a smaller replica was grown after its promotion", async () => {
    const smaller = database('replicaInstanceClass: "db.t4g.medium", replicaMultiAz: false');
    stack.declare(smaller);
    await stack.succeed("up", "--yes", "--skip-preview");
    const grown = { instanceClass: "db.r6g.large", multiAz: true };
    stack.world.change(instance, instanceId("shop-orders-accounts-us-west-2"), grown);
    expect(await stack.changesAfterRefresh()).toEqual([]);
    stack.declare(database());
    expect(await changes(stack)).toEqual(["update accounts"]);
  });

  it("would be sent after its source again, were the replica not guarded", async () => {
    stack.declare(database() + unguarded);
    await stack.succeed("up", "--yes", "--skip-preview");
    promoted("bare-replica");
    expect(await stack.changesAfterRefresh()).toEqual(["update bare-replica replicateSourceDb"]);
    stack.declare(database());
    await stack.succeed("up", "--yes", "--skip-preview");
  });

  it("is destroyed, in an order that AWS takes, only once it need not be kept", async () => {
    const refused = await stack.pulumi("destroy", "--yes", "--skip-preview");
    expect(refused.code).not.toBe(0);
    stack.declare(database("keepData: false"));
    await stack.succeed("up", "--yes", "--skip-preview");
    await stack.succeed("destroy", "--yes", "--skip-preview");
    expect(stack.world.things).toEqual([]);
  });
});
