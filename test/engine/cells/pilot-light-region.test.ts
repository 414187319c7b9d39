import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { programOf } from "../../support/component-programs.js";
import { describeTier } from "../../support/tier.js";
import { changes, deployed, type EngineResource } from "../support/preview.js";
import { type Project, projectOf } from "../support/project.js";

const vpc = "awsx:ec2:Vpc";

describeTier("engine", "the network of a cell", inject("pulumiCli"), (cli) => {
  let project: Project;
  let resources: readonly EngineResource[];
  beforeAll(async () => {
    project = await projectOf(cli, programOf("pilot-light-region"));
    await project.pulumi("stack", "init", "test");
    await expectToSucceed("up", "--yes");
    resources = await deployed(project);
  });
  afterAll(() => project.close());

  async function expectToSucceed(...command: readonly string[]): Promise<void> {
    const { code, printed } = await project.pulumi(...command);
    expect(code, printed).toBe(0);
  }

  it("is deployed in both Regions, each with the endpoints of its own VPC", () => {
    const vpcs = resources.filter(({ type }) => type === vpc);
    const endpoints = project.world.things.filter(({ type }) => type.endsWith(":VpcEndpoint"));
    expect(endpoints).toHaveLength(18);
    expect(new Set(endpoints.map(({ inputs }) => `${inputs.region} ${inputs.vpcId}`))).toEqual(
      new Set(vpcs.map(({ inputs, outputs }) => `${inputs?.region} ${outputs?.vpcId}`)),
    );
  });

  it("has nothing to change afterwards, nor after a refresh", async () => {
    expect(await changes(project)).toEqual([]);
    await expectToSucceed("preview", "--refresh", "--expect-no-changes");
  });
});
