import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { describeTier } from "../../support/tier.js";
import { type CellStack, deployedCell } from "../support/cell-program.js";
import { changes } from "../support/preview.js";

/** A name that turns by a flag, whose standby answers at an address, with more settings of the APIs. */
const turned = (address: string, settings = "") => `
const turnsBy = new dr.TakeOverSwitch("switch", { cell, ${settings} }, opts);
const check = { path: "/health/deep" };
new dr.FailoverRouting("api", {
  cell, zoneId: "Z0123", recordName: "api.shop.example", turnsBy,
  endpoints: {
    primary: { target: { address: "192.0.2.1" }, check },
    recovery: { target: { address: "${address}" }, check },
  },
}, opts);
`;

describeTier("engine", "a standby that takes over", inject("pulumiCli"), (cli) => {
  let stack: CellStack;
  beforeAll(async () => {
    stack = await deployedCell(cli, turned("192.0.2.2"));
  });
  afterAll(() => stack.close());

  it("asks its flag at the API of the other Region", () => {
    const { things } = stack.world;
    const apiIn = (wanted: string) =>
      things.find(
        ({ type, region }) => type === "aws:apigateway/restApi:RestApi" && region === wanted,
      )?.id;
    const inverted = things.flatMap(({ type, inputs }) =>
      type === "aws:route53/healthCheck:HealthCheck" && inputs.invertHealthcheck
        ? [inputs.fqdn]
        : [],
    );
    expect(inverted.toSorted()).toEqual(
      ["us-east-1", "us-west-2"]
        .map((region) => `${apiIn(region)}.execute-api.${region}.amazonaws.com`)
        .toSorted(),
    );
  });

  it("leaves nothing behind that a deployment would put back", async () => {
    expect(await stack.changesAfterRefresh()).toEqual([]);
  });

  it("moves to another address in its place", async () => {
    stack.declare(turned("192.0.2.3"));
    expect(await changes(stack)).toEqual([
      "update api-check-us-west-2 ipAddress",
      "update api-record-us-west-2 records",
    ]);
  });

  it("shows its flag by another policy without a new API, bucket or health check", async () => {
    const policy = "transformApi: (given) => ({ ...given, policy: '{}' })";
    stack.declare(turned("192.0.2.2", policy));
    const changed = await changes(stack);
    for (const region of ["us-east-1", "us-west-2"]) {
      expect(changed).toContain(`update switch-api-${region} policy`);
      expect(changed).toContain(`update switch-stage-${region} deployment`);
      expect(changed.filter((change) => change.includes(`deployment-${region}`))).not.toEqual([]);
    }
    const touched = ["flag", "turned", "record"].map((part) => `${part}-us`);
    expect(changed.filter((change) => touched.some((part) => change.includes(part)))).toEqual([]);
  });
});
