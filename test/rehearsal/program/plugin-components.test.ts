import { describe, expect, it } from "vitest";
import { madeByPlugin } from "../../../runtime/rehearsal/program/plugin-components.js";
import { named, runText } from "./temporary-program.js";

const network = `
import * as awsx from "@pulumi/awsx";
const provider = new aws.Provider("shop", { region: "eu-west-1", allowedAccountIds: ["111122223333"] });
const vpc = new awsx.ec2.Vpc("net", { region: "eu-west-1", availabilityZoneNames: ["eu-west-1a", "eu-west-1b"] }, { provider });
`;

describe("a component that a plugin makes", () => {
  it("has outputs computed from its arguments, and no children", async () => {
    const run = await runText(`${network}
      new aws.ec2.SecurityGroup("group", { vpcId: vpc.vpcId }, { provider });
      export const tables = vpc.routeTables.apply((all) => pulumi.all(all.map(({ id }) => id)));
      export const subnets = [vpc.publicSubnetIds, vpc.privateSubnetIds, vpc.isolatedSubnetIds];
    `);

    expect(run.messages).toEqual([]);
    expect(run.resources.map(({ name }) => name).sort()).toEqual([
      "group",
      "net",
      "shop",
      "shop-test",
    ]);
    expect(named(run, "group").inputs.vpcId).toBe(named(run, "net").outputs.vpcId);
    const { tables, subnets } = named(run, "shop-test").outputs as Record<string, unknown[]>;
    expect(new Set(tables).size).toBe(4);
    expect(subnets).toMatchObject([{ length: 2 }, { length: 2 }, { length: 0 }]);
  });

  it("has no outputs before it is there", async () => {
    const run = await runText(`${network}export const id = vpc.vpcId;`, { preview: true });
    expect(run.messages).toEqual([]);
    expect(named(run, "net").outputs).toEqual({});
  });

  it("has as many zones as it is asked for, and three without a word", () => {
    const zones = (inputs: Readonly<Record<string, unknown>>) =>
      madeByPlugin({ type: "awsx:ec2:Vpc", urn: "urn", inputs })?.privateSubnetIds;
    expect(zones({})).toHaveLength(3);
    expect(zones({ numberOfAvailabilityZones: 2 })).toHaveLength(2);
    expect(zones({ subnetSpecs: [{ type: "Public" }] })).toEqual([]);
  });

  it("is told of when nobody knows what it makes", async () => {
    const run = await runText(`
      import * as awsx from "@pulumi/awsx";
      new awsx.ec2.DefaultVpc("net", {});
    `);
    expect(run.messages.map(({ text }) => text)).toEqual([
      '"net" (awsx:ec2:DefaultVpc) is a remote component: its children are made by a plugin, which does not run here, so they are missing.',
    ]);
  });
});
