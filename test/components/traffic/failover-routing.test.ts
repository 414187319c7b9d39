import { beforeAll, describe, expect, test } from "vitest";
import { FailoverRouting, type FailoverRoutingArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const check = { path: "/health/deep" };
const balancer = (region: string) => ({
  dnsName: `api.${region}.elb.amazonaws.com`,
  zoneId: `Z-${region}`,
  evaluateTargetHealth: true,
});

const args: FailoverRoutingArgs = {
  cell: orders,
  zoneId: "Z0123",
  recordName: "api.shop.example",
  turnsBy: "health",
  endpoints: {
    primary: { target: { alias: balancer("us-east-1") }, check },
    recovery: { target: { alias: balancer("us-west-2") }, check },
  },
};

const addresses: FailoverRoutingArgs["endpoints"] = {
  primary: { target: { address: "192.0.2.1" }, check },
  recovery: { target: { address: "192.0.2.2" }, check },
};

function routing(changes: Partial<FailoverRoutingArgs> = {}) {
  return () => new FailoverRouting("api", { ...args, ...changes });
}

function inputsOf(run: MockRun, type: "healthCheck" | "record", name: string) {
  const token = { healthCheck: "HealthCheck", record: "Record" }[type];
  return run.one(`aws:route53/${type}:${token}`, name).inputs;
}

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
      endpointCheckIds: { primary: "api-check-us-east-1-id", recovery: "api-check-us-west-2-id" },
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

describe("a name's routing refuses, before it creates anything,", () => {
  test.each<[string, Partial<FailoverRoutingArgs>, readonly string[]]>([
    [
      "numbers and names that Route 53 does not take",
      {
        recordName: "API.shop.example.",
        requestIntervalSeconds: 20,
        failureThreshold: 11,
        ttlSeconds: 0,
        endpoints: addresses,
      },
      [
        'recordName must be a whole domain name in lower case without a final dot, such as "api.shop.example", got "API.shop.example.".',
        "requestIntervalSeconds must be 10 or 30 seconds, got 20.",
        "failureThreshold must be 1 to 10 requests in a row, got 11.",
        "ttlSeconds must be 1 to 60 seconds, got 0.",
      ],
    ],
    [
      "another TTL than an alias has",
      { ttlSeconds: 30 },
      [
        "ttlSeconds must be 60 seconds where a target is a load balancer, got 30. Leave it out: an alias has no other.",
      ],
    ],
    [
      "too few Regions that ask",
      { checkerRegions: ["us-east-1", "us-west-2", "eu-central-1"] },
      [
        'checkerRegions must name at least 3 of Route 53\'s Regions (ap-northeast-1, ap-southeast-1, ap-southeast-2, eu-west-1, sa-east-1, us-east-1, us-west-1, us-west-2), each once, got "us-east-1", "us-west-2", "eu-central-1". Leave it out for all.',
      ],
    ],
    [
      "targets of two kinds",
      { endpoints: { ...args.endpoints, recovery: addresses.recovery } },
      [
        "endpoints.recovery.target must be of the same kind as the primary's, alias, got address. Records of one name have one type.",
      ],
    ],
    [
      "a silent alarm that fails its endpoint alone, and a path that is none",
      {
        endpoints: {
          ...args.endpoints,
          primary: {
            target: args.endpoints.primary.target,
            check: { path: "health" },
            alarm: { name: "errors", whenInsufficient: "Unhealthy", failsWhen: "any" },
          },
        },
      },
      [
        'endpoints.primary.check.path must begin with "/" and have at most 255 characters, got "health".',
        'endpoints.primary.alarm.whenInsufficient must be "Healthy" or "LastKnownStatus" where the alarm alone may fail the endpoint, got "Unhealthy". Choose one, or let the endpoint fail when "all" do.',
      ],
    ],
    [
      "a name that has no room for those of its Regions",
      { routing: "latency", recordName: `${"a.".repeat(122)}example` },
      [
        'recordName must leave room for the name of each Region, 253 characters in all, got 261 with "us-east-1". Choose a shorter one.',
      ],
    ],
    [
      "a promise of a minute with checks every 30 seconds",
      { requestIntervalSeconds: 30, objectives: { rtoMinutes: 1 } },
      [
        "objectives.rtoMinutes must be at least the 150 seconds that turning traffic takes (30 s × 3 + 60 s), got 1 minutes. Ask more often, keep answers shorter, or promise less.",
      ],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(routing(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });

  test("nothing of a promise that its settings can just meet", async () => {
    const settings = { endpoints: addresses, failureThreshold: 3, ttlSeconds: 30 };
    const { message } = await refusalOf(routing({ ...settings, objectives: { rtoMinutes: 1 } }));
    expect(message).toBeUndefined();
  });
});
