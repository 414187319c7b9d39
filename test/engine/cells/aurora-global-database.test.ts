import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { ledger } from "../../support/placements.js";
import { describeTier } from "../../support/tier.js";
import { type CellStack, deployedCell } from "../support/cell-program.js";
import { changes } from "../support/preview.js";

const cluster = "aws:rds/cluster:Cluster";
const [east, west] = ["shop-orders-ledger-us-east-1", "shop-orders-ledger-us-west-2"] as const;

/** A database, with settings that stand after the sample's. */
const database = (settings = "") =>
  `new dr.AuroraGlobalDatabase("ledger", { ...${JSON.stringify(ledger)}, ${settings} }, opts);`;

/** What nobody guards: a member of a global database, written as one writes it the first time. */
const unguarded = `
const engine = "aurora-postgresql";
const bare = new aws.rds.GlobalCluster("bare", { region: "us-east-1", globalClusterIdentifier: "bare", engine }, opts);
new aws.rds.Cluster("bare-member", { region: "us-east-1", clusterIdentifier: "bare-member", engine, globalClusterIdentifier: bare.id }, opts);
`;

function arnOf(identifier: string): string {
  return `arn:aws:rds:${identifier.slice(-9)}:111122223333:cluster:${identifier}`;
}

describeTier("engine", "an Aurora global database", inject("pulumiCli"), (cli) => {
  let stack: CellStack;
  beforeAll(async () => {
    stack = await deployedCell(cli, database());
  });
  afterAll(() => stack.close());

  /** As AWS tells of both members after the writer moved. */
  function writerMoves({ from, to }: { readonly from: string; readonly to: string }): void {
    stack.world.change(cluster, from, { replicationSourceIdentifier: arnOf(to) });
    stack.world.change(cluster, to, { replicationSourceIdentifier: "" });
  }

  it("has its first password in no state that can be read", async () => {
    expect(await stack.succeed("stack", "export")).not.toContain(ledger.firstPassword);
  });

  it("stays as it is once AWS tells which member follows", async () => {
    stack.world.change(cluster, west, { replicationSourceIdentifier: arnOf(east) });
    expect(await stack.changesAfterRefresh()).toEqual([]);
  });

  it("stays as it is when a failover moves the writer", async () => {
    writerMoves({ from: east, to: west });
    expect(await stack.changesAfterRefresh()).toEqual([]);
  });

  it("would be promoted by a deployment, were its members not guarded", async () => {
    stack.declare(database() + unguarded);
    await stack.succeed("up", "--yes", "--skip-preview");
    stack.world.change(cluster, "bare-member", { replicationSourceIdentifier: arnOf(west) });
    expect(await stack.changesAfterRefresh()).toEqual([
      "update bare-member replicationSourceIdentifier",
    ]);
    stack.world.change(cluster, "bare-member", { replicationSourceIdentifier: "" });
    await stack.succeed("refresh", "--yes");
    stack.declare(database());
    await stack.succeed("up", "--yes", "--skip-preview");
  });

  it("moves the enforced RPO to the Region that writes now, in the parameters alone", async () => {
    stack.declare(database('onPartition: "block-commits", rpoEnforcedIn: "us-west-2"'));
    expect(await changes(stack)).toEqual([
      "update ledger",
      "update ledger-cluster-us-west-2 parameters",
    ]);
  });

  it("changes in its place what AWS can change there", async () => {
    const settings = `engineVersion: "16.8", instanceClass: "db.r6g.xlarge", instancesPerRegion: 3,
      backupRetentionDays: 14, writeForwarding: true, lagAlarmMilliseconds: 9000, logRetentionDays: 400,
      firstPassword: "another"`;
    stack.declare(database(settings));
    const made = ["create ledger-us-east-1-3", "create ledger-us-west-2-3"];
    expect(await changes(stack)).toEqual([
      ...made,
      "update ledger",
      "update ledger-global engineVersion",
      "update ledger-lag-rpo-us-east-1 threshold",
      "update ledger-lag-rpo-us-west-2 threshold",
      "update ledger-lag-storage-us-east-1 threshold",
      "update ledger-lag-storage-us-west-2 threshold",
      "update ledger-logs-us-east-1 retentionInDays",
      "update ledger-logs-us-west-2 retentionInDays",
      "update ledger-us-east-1 backupRetentionPeriod,enableGlobalWriteForwarding",
      "update ledger-us-east-1-1 instanceClass",
      "update ledger-us-east-1-2 instanceClass",
      "update ledger-us-west-2 backupRetentionPeriod,enableGlobalWriteForwarding",
      "update ledger-us-west-2-1 instanceClass",
      "update ledger-us-west-2-2 instanceClass",
    ]);
  });

  it("makes nothing anew for another major version but the groups of parameters", async () => {
    stack.declare(database('engineVersion: "17.4"'));
    const replaced = (await changes(stack)).filter((change) => /replace/.test(change));
    expect(replaced.map((change) => change.split(" ")[1])).toEqual([
      "ledger-cluster-us-east-1",
      "ledger-cluster-us-west-2",
      "ledger-instances-us-east-1",
      "ledger-instances-us-west-2",
    ]);
  });

  it("refuses a key of another Region when only the deployment tells", async () => {
    const late = `{ "us-east-1": aws.getRegionOutput({}, opts).apply(() => "arn:aws:kms:us-west-2:111122223333:key/1"), "us-west-2": ${JSON.stringify(ledger.keyArns["us-west-2"])} }`;
    stack.declare(database(`keyArns: ${late}`));
    const { code, printed } = await stack.pulumi("up", "--yes");
    expect(code).not.toBe(0);
    expect(printed).toContain('keyArns["us-east-1"] must be the ARN of a key in that Region');
  });

  it("is not destroyed while the recovery Region writes: AWS takes no writer from the others", async () => {
    stack.declare(database("keepData: false"));
    await stack.succeed("up", "--yes", "--skip-preview");
    const { code, printed } = await stack.pulumi("destroy", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    expect(printed).toContain(`${west} writes for others`);
    expect(stack.world.find(cluster, east).id).toBe(east);
  });

  it("is destroyed in an order that AWS takes, once the primary Region writes again", async () => {
    await stack.succeed("up", "--yes", "--skip-preview");
    writerMoves({ from: west, to: east });
    await stack.succeed("destroy", "--yes", "--skip-preview");
    expect(stack.world.things).toEqual([]);
  });
});
