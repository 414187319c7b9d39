import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { programOf } from "../../support/component-programs.js";
import { describeTier } from "../../support/tier.js";
import { changes } from "../support/preview.js";
import { type Project, projectOf } from "../support/project.js";

const route = "aws:ec2/route:Route";

describeTier("engine", "a peering of a cell's Regions", inject("pulumiCli"), (cli) => {
  let project: Project;
  beforeAll(async () => {
    project = await projectOf(cli, programOf("region-peering"));
    await project.pulumi("stack", "init", "test");
    const { code, printed } = await project.pulumi("up", "--yes");
    expect(code, printed).toBe(0);
  });
  afterAll(() => project.close());

  it("leads from all subnets of each Region to the other, through its own gateway", () => {
    const ways = project.world.things.filter(({ type }) => type === route);
    const gateways = ways.map(({ region, inputs }) => `${region} ${inputs.transitGatewayId}`);
    expect(new Set(ways.map(({ inputs }) => inputs.routeTableId)).size).toBe(18);
    expect(new Set(gateways).size).toBe(2);
  });

  it("has nothing to change afterwards, nor after a refresh", async () => {
    expect(await changes(project)).toEqual([]);
    const { code, printed } = await project.pulumi("preview", "--refresh", "--expect-no-changes");
    expect(code, printed).toBe(0);
  });
});
