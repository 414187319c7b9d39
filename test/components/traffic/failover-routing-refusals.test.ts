import { describe, expect, test } from "vitest";
import type { FailoverRoutingArgs } from "../../../components/index.js";
import { refusalOf } from "../../support/pulumi-mocks.js";
import { addresses, args, routing, takeOver } from "./routed-name.js";

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
      "load balancers whose targets turn traffic without the operator, and the switch of another cell",
      { turnsBy: { ...takeOver, checkIds: { "eu-west-1": "a", "us-east-1": "b" } } },
      [
        'turnsBy must be "health" or a switch of both Regions of the cell, got one of "eu-west-1" and "us-east-1" without "us-west-2". Give the cell its own.',
        "endpoints.primary.target.alias.evaluateTargetHealth must be false where an operator turns traffic, got true. The health of targets would turn it without one.",
        "endpoints.recovery.target.alias.evaluateTargetHealth must be false where an operator turns traffic, got true. The health of targets would turn it without one.",
      ],
    ],
    [
      "a promise of a minute that a flag cannot keep",
      {
        endpoints: addresses,
        turnsBy: takeOver,
        objectives: { rtoMinutes: 1 },
      },
      [
        "objectives.rtoMinutes must be at least the 70 seconds that turning traffic takes (10 s + 60 s), got 1 minutes. Ask more often, keep answers shorter, or promise less.",
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
