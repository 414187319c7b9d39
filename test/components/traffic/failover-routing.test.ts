import { beforeAll, describe, expect, test } from "vitest";
import type { FailoverRoutingArgs } from "../../../components/index.js";
import { goldenList, type MockRun, runProgram, shapeOf } from "../../support/pulumi-mocks.js";
import { addresses, args, routing, takeOver } from "./routed-name.js";

function inputsOf(run: MockRun, type: "healthCheck" | "record", name: string) {
  const token = { healthCheck: "HealthCheck", record: "Record" }[type];
  return run.one(`aws:route53/${type}:${token}`, name).inputs;
}

const check = { path: "/health/deep" };

describe("a failover pair", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(routing());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/failover-routing.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(routing(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("tells in its contract what its failover takes, and repeats it in its outputs", () => {
    const [component] = run.of("aws-dr:traffic:FailoverRouting");
    expect(component?.inputs).toEqual({
      environment: "shop",
      cell: "orders",
      account: "111122223333",
      residency: "us",
      primaryRegion: "us-east-1",
      recoveryRegion: "us-west-2",
      recordName: "api.shop.example",
      routing: "failover",
      turnsBy: "health",
      requestIntervalSeconds: 10,
      failureThreshold: 3,
      ttlSeconds: 60,
      dnsFailoverSeconds: 90,
    });
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      endpointCheckIds: {
        "us-east-1": "api-check-us-east-1-id",
        "us-west-2": "api-check-us-west-2-id",
      },
    });
  });

  test("asks an address by the name that clients use, and a canonical name by its own", async () => {
    const byAddress = await runProgram(routing({ endpoints: addresses }));
    expect(inputsOf(byAddress, "healthCheck", "api-check-us-east-1")).toMatchObject({
      fqdn: "api.shop.example",
      ipAddress: "192.0.2.1",
    });
    expect(inputsOf(byAddress, "record", "api-record-us-west-2")).toMatchObject({
      type: "A",
      records: ["192.0.2.2"],
      ttl: 60,
    });
    const endpoints: FailoverRoutingArgs["endpoints"] = {
      primary: {
        target: { cname: "one.example" },
        check: { ...check, host: "api.example", searchString: "ready", port: 8443 },
      },
      recovery: { target: { cname: "two.example" }, check },
    };
    const byName = await runProgram(routing({ endpoints, ttlSeconds: 30 }));
    expect(inputsOf(byName, "healthCheck", "api-check-us-east-1")).toMatchObject({
      type: "HTTPS_STR_MATCH",
      fqdn: "api.example",
      port: 8443,
      searchString: "ready",
    });
    expect(inputsOf(byName, "healthCheck", "api-check-us-west-2").fqdn).toBe("two.example");
    expect(inputsOf(byName, "record", "api-record-us-east-1")).toMatchObject({
      type: "CNAME",
      records: ["one.example"],
      ttl: 30,
    });
  });

  test("joins an alarm of the other Region with the check, so that both must fail or any", async () => {
    const alarm = { name: "orders-errors", whenInsufficient: "LastKnownStatus" } as const;
    const endpoints: FailoverRoutingArgs["endpoints"] = {
      primary: { ...args.endpoints.primary, alarm: { ...alarm, triggers: { threshold: "5" } } },
      recovery: { ...args.endpoints.recovery, alarm: { ...alarm, failsWhen: "any" } },
    };
    const watched = await runProgram(routing({ endpoints }));
    expect(inputsOf(watched, "healthCheck", "api-alarm-us-east-1")).toMatchObject({
      cloudwatchAlarmRegion: "us-west-2",
      insufficientDataHealthStatus: "LastKnownStatus",
      triggers: { threshold: "5" },
    });
    expect(inputsOf(watched, "healthCheck", "api-alarm-us-west-2")).toMatchObject({
      cloudwatchAlarmRegion: "us-east-1",
    });
    const joined = ["us-east-1", "us-west-2"].map((region) =>
      inputsOf(watched, "healthCheck", `api-health-${region}`),
    );
    expect(joined.map((inputs) => inputs.childHealthThreshold)).toEqual([1, 2]);
    expect(joined[0]?.childHealthchecks).toEqual([
      "api-check-us-east-1-id",
      "api-alarm-us-east-1-id",
    ]);
    expect(inputsOf(watched, "record", "api-record-us-east-1").healthCheckId).toBe(
      "api-health-us-east-1-id",
    );
  });

  test("hands the arguments of every check and record to the transforms last", async () => {
    const run = await runProgram(
      routing({
        transformCheck: (given) => ({ ...given, measureLatency: true }),
        transformRecord: (given) => ({ ...given, allowOverwrite: true }),
      }),
    );
    const checks = run.of("aws:route53/healthCheck:HealthCheck");
    expect(checks.map(({ inputs }) => inputs.measureLatency)).toEqual([true, true]);
    const records = run.of("aws:route53/record:Record");
    expect(records.map(({ inputs }) => inputs.allowOverwrite)).toEqual([true, true]);
  });
});

describe("routing by latency", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(routing({ routing: "latency" }));
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/failover-routing-latency.txt");
  });

  test("has a checked record for the other Region below each alias", () => {
    const records = run.of("aws:route53/record:Record").map(({ inputs }) => inputs);
    const leaves = records.filter(({ failoverRoutingPolicies }) => failoverRoutingPolicies);
    expect(leaves).toHaveLength(4);
    for (const { healthCheckId } of leaves) expect(healthCheckId).toMatch(/^api-check-/);
    const top = records.filter(({ latencyRoutingPolicies }) => latencyRoutingPolicies);
    expect(top.map(({ aliases }) => aliases)).toEqual(
      ["us-east-1", "us-west-2"].map((region) => [
        { name: `${region}.api.shop.example`, zoneId: "Z0123", evaluateTargetHealth: true },
      ]),
    );
  });
});

describe("a name whose traffic an operator turns", () => {
  const checksOf = (run: MockRun) =>
    run
      .of("aws:route53/record:Record")
      .flatMap(({ inputs }) =>
        inputs.failoverRoutingPolicies
          ? [[inputs.name, inputs.setIdentifier, inputs.healthCheckId]]
          : [],
      );

  test("follows the flag of the standby alone, which is asked nothing more", async () => {
    const run = await runProgram(routing({ endpoints: addresses, turnsBy: takeOver }));
    expect(checksOf(run)).toEqual([
      ["api.shop.example", "us-east-1", "turned-us-east-1"],
      ["api.shop.example", "us-west-2", undefined],
    ]);
    expect(run.of("aws:route53/healthCheck:HealthCheck")).toHaveLength(2);
    const [component] = run.of("aws-dr:traffic:FailoverRouting");
    expect(component?.inputs).toMatchObject({
      turnsBy: "standby-takes-over",
      dnsFailoverSeconds: 70,
    });
  });

  test("has a flag for each Region by latency", async () => {
    const run = await runProgram(
      routing({ endpoints: addresses, turnsBy: takeOver, routing: "latency" }),
    );
    expect(checksOf(run)).toEqual([
      ["us-east-1.api.shop.example", "us-east-1", "turned-us-east-1"],
      ["us-east-1.api.shop.example", "us-west-2", undefined],
      ["us-west-2.api.shop.example", "us-east-1", undefined],
      ["us-west-2.api.shop.example", "us-west-2", "turned-us-west-2"],
    ]);
  });

  test("follows the routing control of each Region", async () => {
    const turnsBy = { ...takeOver, turnsBy: "routing-control" } as const;
    const run = await runProgram(routing({ endpoints: addresses, turnsBy }));
    expect(checksOf(run)).toEqual([
      ["api.shop.example", "us-east-1", "turned-us-east-1"],
      ["api.shop.example", "us-west-2", "turned-us-west-2"],
    ]);
    const [component] = run.of("aws-dr:traffic:FailoverRouting");
    expect(component?.inputs.dnsFailoverSeconds).toBe(60);
  });
});
