import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { describeTier } from "../../support/tier.js";
import { type CellStack, deployedCell } from "../support/cell-program.js";
import { changes } from "../support/preview.js";
import type { Thing } from "../support/world.js";

const check = '{ path: "/health/deep" }';

/** A name by latency that an operator turns with routing controls, before which stands an accelerator. */
const traffic = (name = "", front = "", dial = 0) => `
const turnsBy = new dr.RoutingControls("controls", { cell, gate: true }, opts);
new dr.FailoverRouting("api", {
  cell, zoneId: "Z0123", recordName: "api.shop.example", routing: "latency", turnsBy,
  endpoints: {
    primary: { target: { address: "192.0.2.1" }, check: ${check} },
    recovery: { target: { address: "192.0.2.2" }, check: ${check} },
  },
  ${name}
}, opts);
new dr.FailoverAccelerator("front", {
  cell,
  endpoints: {
    "us-east-1": { endpointId: "eipalloc-1" },
    "us-west-2": { endpointId: "eipalloc-2", trafficDialPercent: ${dial} },
  },
  ${front}
}, opts);
`;

const endpointGroup = "aws:globalaccelerator/endpointGroup:EndpointGroup";

describeTier("engine", "the traffic of a cell", inject("pulumiCli"), (cli) => {
  let stack: CellStack;
  beforeAll(async () => {
    stack = await deployedCell(cli, traffic());
  });
  afterAll(() => stack.close());

  const records = (): readonly Thing[] =>
    stack.world.things.filter(({ type }) => type === "aws:route53/record:Record");

  it("stays where dials have sent it, and no record was changed for that", async () => {
    const declared = records();
    expect(declared).toHaveLength(6);
    for (const { id, inputs } of stack.world.things.filter(({ type }) => type === endpointGroup)) {
      const trafficDialPercentage = inputs.endpointGroupRegion === "us-west-2" ? 100 : 0;
      stack.world.change(endpointGroup, id, { trafficDialPercentage });
    }
    expect(await stack.changesAfterRefresh()).toEqual([]);
    await stack.succeed("up", "--yes", "--skip-preview");
    expect(records()).toEqual(declared);
    const dials = stack.world.things.flatMap(({ type, inputs }) =>
      type === endpointGroup ? [[inputs.endpointGroupRegion, inputs.trafficDialPercentage]] : [],
    );
    expect(dials.toSorted()).toEqual([
      ["us-east-1", 0],
      ["us-west-2", 100],
    ]);
  });

  it("is not sent elsewhere by a dial that the program says otherwise", async () => {
    stack.declare(traffic("", "", 10));
    expect(await changes(stack)).toEqual([]);
    stack.declare(traffic());
  });

  it("changes what can be changed in its place, and makes a check anew only for its interval", async () => {
    stack.declare(traffic("ttlSeconds: 30, failureThreshold: 2", 'checkPath: "/deep"'));
    const changed = await changes(stack);
    expect(changed.filter((change) => !change.startsWith("update "))).toEqual([]);
    expect(changed).toContain("update api-check-us-east-1 failureThreshold");
    expect(changed).toContain("update api-leaf-us-east-1-us-west-2 ttl");
    expect(changed).toContain("update front-group-us-east-1 healthCheckPath");

    stack.declare(traffic("requestIntervalSeconds: 30"));
    const replaced = (await changes(stack)).filter((change) => change.includes("replace"));
    expect(new Set(replaced.map((change) => change.split(" ").slice(1).join(" ")))).toEqual(
      new Set(["api-check-us-east-1 requestInterval", "api-check-us-west-2 requestInterval"]),
    );
    stack.declare(traffic());
  });
});
