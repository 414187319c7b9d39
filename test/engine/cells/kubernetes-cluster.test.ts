import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { programOf } from "../../support/component-programs.js";
import { describeTier } from "../../support/tier.js";
import { changes, previewed } from "../support/preview.js";
import { type Project, projectOf } from "../support/project.js";

const nodeGroup = "aws:eks/nodeGroup:NodeGroup";
const nodes = "shop-orders-platform:shop-orders-platform-nodes";
const standby = "us-west-2";

const program = programOf("kubernetes-cluster");

describeTier("engine", "a Kubernetes cluster in both Regions", inject("pulumiCli"), (cli) => {
  let project: Project;
  beforeAll(async () => {
    project = await projectOf(cli, program);
    await project.pulumi("stack", "init", "test");
    await expectToSucceed("up", "--yes", "--skip-preview");
  });
  afterAll(() => project.close());

  async function expectToSucceed(...command: readonly string[]): Promise<void> {
    const { code, printed } = await project.pulumi(...command);
    expect(code, printed).toBe(0);
  }

  it("has nothing to change after its deployment", async () => {
    expect(await changes(project)).toEqual([]);
  });

  it("keeps the nodes that a failover brought, after a refresh too", async () => {
    const scalingConfig = { minSize: 24, desiredSize: 24, maxSize: 24 };
    project.world.change(nodeGroup, nodes, { scalingConfig }, standby);
    expect(await changes(project)).toEqual([]);
    await expectToSucceed("refresh", "--yes");
    expect(await changes(project)).toEqual([]);
    await expectToSucceed("up", "--yes", "--skip-preview");
    expect(project.world.find(nodeGroup, nodes, standby).inputs).toMatchObject({ scalingConfig });
  });

  it("takes another version and a higher ceiling in their place, and keeps the nodes' number", async () => {
    const next = program.replace("1.33", "1.34").replace("failover: 24", "failover: 30");
    writeFileSync(join(project.folder, "index.js"), next);
    expect(await changes(project)).toEqual([
      "update platform-us-east-1",
      "update platform-us-east-1-cluster version",
      "update platform-us-east-1-nodes scalingConfig",
      "update platform-us-west-2",
      "update platform-us-west-2-cluster version",
      "update platform-us-west-2-nodes scalingConfig",
    ]);
    const steps = await previewed(project);
    const planned = steps.find(({ urn }) => urn.endsWith("::platform-us-west-2-nodes"));
    expect(planned?.newState?.inputs?.scalingConfig).toEqual({
      minSize: 24,
      desiredSize: 24,
      maxSize: 30,
    });
  });
});
