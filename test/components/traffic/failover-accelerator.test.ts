import { beforeAll, describe, expect, test } from "vitest";
import { FailoverAccelerator, type FailoverAcceleratorArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const args: FailoverAcceleratorArgs = {
  cell: orders,
  endpoints: {
    "us-east-1": { endpointId: "eipalloc-1" },
    "us-west-2": { endpointId: "eipalloc-2", trafficDialPercent: 0 },
  },
};

function accelerator(changes: Partial<FailoverAcceleratorArgs> = {}) {
  return () => new FailoverAccelerator("front", { ...args, ...changes });
}

const group = "aws:globalaccelerator/endpointGroup:EndpointGroup";

describe("an accelerator before both Regions", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(accelerator());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/failover-accelerator.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(accelerator(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("has no TTL to wait for, and repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:traffic:FailoverAccelerator");
    expect(component?.inputs).toMatchObject({
      turnsBy: "health",
      ttlSeconds: 0,
      dnsFailoverSeconds: 30,
    });
    expect(component?.outputs).toMatchObject({ ...component?.inputs });
  });

  test("leaves the dials where an operator has put them", () => {
    const groups = run.of(group);
    expect(groups.map(({ inputs }) => inputs.trafficDialPercentage)).toEqual([100, 0]);
    for (const { ignoreChanges } of groups)
      expect(ignoreChanges).toEqual(["trafficDialPercentage"]);
  });

  test("hands each endpoint group's arguments to the transform last", async () => {
    const changed = await runProgram(
      accelerator({ transformEndpointGroup: (given) => ({ ...given, healthCheckPort: 80 }) }),
    );
    expect(changed.of(group).map(({ inputs }) => inputs.healthCheckPort)).toEqual([80, 80]);
  });

  test("is refused with numbers that AWS does not take, before anything is created", async () => {
    const { message, children } = await refusalOf(
      accelerator({
        requestIntervalSeconds: 20,
        failureThreshold: 0,
        checkPath: "health",
        endpoints: { "us-east-1": { endpointId: "eipalloc-1", trafficDialPercent: 101 } },
      }),
    );
    expect(message?.split("\n")).toEqual([
      "requestIntervalSeconds must be 10 or 30 seconds, got 20.",
      "failureThreshold must be 1 to 10 requests in a row, got 0.",
      'checkPath must begin with "/", got "health".',
      'endpoints["us-east-1"].trafficDialPercent must be 0 to 100 percent, got 101.',
      'endpoints["us-west-2"] must say what the Region answers, got us-east-1. Give one for each.',
    ]);
    expect(children).toEqual([]);
  });
});
