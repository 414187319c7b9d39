import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { programOf } from "../../support/component-programs.js";
import { describeTier } from "../../support/tier.js";
import { changes } from "../support/preview.js";
import { type Project, projectOf } from "../support/project.js";

const target = "aws:appautoscaling/target:Target";
const service = "aws:ecs/service:Service";
const name = "shop-orders-api";

const program = programOf("container-service");
const grown = program
  .replace("orders/api:1.4.0", "orders/api:1.5.0")
  .replace("failover: 100", "failover: 120");

describeTier("engine", "a container service in both Regions", inject("pulumiCli"), (cli) => {
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

  it("keeps the tasks that a failover started, after a refresh too", async () => {
    const serviceArn = `arn:aws:ecs:us-west-2:111122223333:service/${name}/${name}`;
    const scalable = `service/${name}/${name}`;
    project.world.change(service, serviceArn, { desiredCount: 100 });
    project.world.change(target, scalable, { minCapacity: 100 }, "us-west-2");
    expect(await changes(project)).toEqual([]);
    await expectToSucceed("refresh", "--yes");
    expect(await changes(project)).toEqual([]);
    await expectToSucceed("up", "--yes", "--skip-preview");
    expect(project.world.find(service, serviceArn).inputs.desiredCount).toBe(100);
    const floors = project.world.things
      .filter(({ type }) => type === target)
      .map(({ region, inputs }) => [region, inputs.minCapacity]);
    expect(Object.fromEntries(floors)).toEqual({ "us-east-1": 20, "us-west-2": 100 });
  });

  it("takes another image and a higher ceiling without touching the tasks' number", async () => {
    writeFileSync(join(project.folder, "index.js"), grown);
    expect(await changes(project)).toEqual([
      "replace api-us-east-1-task containerDefinitions",
      "replace api-us-west-2-task containerDefinitions",
      "update api-us-east-1",
      "update api-us-east-1-scaling maxCapacity",
      "update api-us-east-1-service taskDefinition",
      "update api-us-west-2",
      "update api-us-west-2-scaling maxCapacity",
      "update api-us-west-2-service taskDefinition",
    ]);
  });
});
