import { beforeAll, describe, expect, test } from "vitest";
import { RoutingControls, type RoutingControlsArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const cluster = {
  arn: "arn:aws:route53-recovery-control::111122223333:cluster/shared",
  endpoints: [{ endpoint: "https://one.example", region: "us-west-2" }],
};

function controls(changes: Partial<RoutingControlsArgs> = {}) {
  return () => new RoutingControls("controls", { cell: orders, gate: true, ...changes });
}

describe("a cell's routing controls", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(controls());
  });

  test("register what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/routing-controls.txt");
  });

  test("register at preview what they register at update", async () => {
    const preview = await runProgram(controls(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeat their contract in their outputs", () => {
    const [component] = run.of("aws-dr:traffic:RoutingControls");
    expect(component?.inputs).toMatchObject({ turnsBy: "routing-control", gate: true });
    expect(component?.outputs).toMatchObject({
      ...component?.inputs,
      checkIds: {
        "us-east-1": "controls-turned-us-east-1-id",
        "us-west-2": "controls-turned-us-west-2-id",
      },
    });
  });

  test("can never all be turned off, and only while the gate is on", () => {
    const rules = run.of("aws:route53recoverycontrol/safetyRule:SafetyRule");
    expect(rules.map(({ inputs }) => inputs.ruleConfig)).toEqual(
      rules.map(() => ({ type: "ATLEAST", threshold: 1, inverted: false })),
    );
    const [gated, oneOn] = rules.map(({ inputs }) => inputs);
    expect(oneOn?.assertedControls).toHaveLength(2);
    expect(gated?.gatingControls).toHaveLength(1);
    expect(gated?.targetControls).toHaveLength(2);
  });

  test("are written down in both Regions, with the endpoints of a cluster that they share", async () => {
    const shared = await runProgram(controls({ cluster, gate: false }));
    expect(shared.of("aws:route53recoverycontrol/cluster:Cluster")).toEqual([]);
    expect(shared.of("aws:route53recoverycontrol/safetyRule:SafetyRule")).toHaveLength(1);
    const parameters = shared.of("aws:ssm/parameter:Parameter");
    expect(parameters.map(({ inputs }) => inputs.region)).toEqual(["us-east-1", "us-west-2"]);
    for (const { inputs } of parameters) {
      expect(inputs.name).toBe("/shop-orders/routing-controls");
      expect(JSON.parse(String(inputs.value))).toMatchObject({ endpoints: cluster.endpoints });
    }
  });

  test("are refused where a name would be too long, before anything is created", async () => {
    const cell = { ...orders, environment: "a".repeat(27), name: "b".repeat(27) };
    const { message, children } = await refusalOf(controls({ cell }));
    expect(message).toMatch(
      /^cell\.name must leave the routing control of a Region at most 64 characters, got "a+-b+-us-[a-z]+-\d" with 65\./,
    );
    expect(children).toEqual([]);
  });
});
