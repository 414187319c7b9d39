import { describe, expect, it } from "vitest";
import { alarmSurvives } from "../../../policies/failover-safety/alarm-survives.js";
import { type Shown, showStack, uncheckedAdvisory, unknown } from "../in-process.js";

type Props = Readonly<Record<string, unknown>>;

const checkType = "aws:route53/healthCheck:HealthCheck";

function check(cloudwatchAlarmRegion: unknown, more: Props = {}): Shown {
  const props = { id: "check-1", type: "CLOUDWATCH_METRIC", cloudwatchAlarmRegion, ...more };
  return { type: checkType, name: "check", props };
}

function record(more: Props, madeOf?: Shown["madeOf"]): Shown {
  return {
    type: "aws:route53/record:Record",
    name: "record",
    props: { healthCheckId: "check-1", ...more },
    ...(madeOf && { madeOf }),
  };
}

const inEast = record({ aliases: [{ name: "api-1.us-east-1.elb.amazonaws.com" }] });

describe("an alarm that a health check follows", () => {
  const dies =
    'mandatory: cloudwatchAlarmRegion must be another Region than that of the endpoint that the check guards, got "us-east-1". Let an alarm of the Region that survives decide.';
  const cannot = [uncheckedAdvisory(alarmSurvives, "check.cloudwatchAlarmRegion")];
  const balancer: Shown = {
    type: "aws:lb/loadBalancer:LoadBalancer",
    name: "balancer",
    props: { region: "us-east-1" },
  };
  const zone: Shown = {
    type: "aws:route53/zone:Zone",
    name: "zone",
    props: {},
    provider: { region: "us-west-2" },
  };
  const joined: Shown = {
    type: checkType,
    name: "joined",
    props: { id: "joined-1", type: "CALCULATED", childHealthchecks: ["check-1", "check-2"] },
  };

  it.each<[string, readonly Shown[], readonly string[]]>([
    ["survives the endpoint", [check("us-west-2"), inEast], []],
    ["fails with the endpoint", [check("us-east-1"), inEast], [dies]],
    [
      "fails with the endpoint that an address is told apart for by its Region",
      [check("us-east-1"), record({ records: ["192.0.2.1"], setIdentifier: "us-east-1" })],
      [dies],
    ],
    [
      "fails with the endpoint that clients reach by latency",
      [check("us-east-1"), record({ latencyRoutingPolicies: [{ region: "us-east-1" }] })],
      [dies],
    ],
    [
      "fails with the load balancer that a record was made of, wherever its zone's provider is",
      [
        check("us-east-1"),
        balancer,
        zone,
        record({ aliases: unknown }, { aliases: [zone, balancer] }),
      ],
      [dies],
    ],
    [
      "fails with the endpoint whose check joins it with others",
      [
        check("us-east-1"),
        joined,
        { ...inEast, props: { ...inEast.props, healthCheckId: "joined-1" } },
      ],
      [dies],
    ],
    [
      "fails with the endpoint where the ids are not known yet",
      [
        check("us-east-1", { id: null }),
        {
          ...joined,
          props: { type: "CALCULATED", childHealthchecks: unknown },
          madeOf: { childHealthchecks: [check("us-east-1")] },
        },
        {
          ...inEast,
          props: { ...inEast.props, healthCheckId: unknown },
          madeOf: { healthCheckId: [joined] },
        },
      ],
      [dies],
    ],
    ["lies in a Region that is not known yet", [check(unknown), inEast], cannot],
    ["guards nothing of this stack", [check("us-east-1")], cannot],
    [
      "guards what nobody knows the Region of",
      [check("us-east-1"), record({ records: ["192.0.2.1"], setIdentifier: "first" })],
      cannot,
    ],
    ["is none where the endpoint itself is asked", [check(null, { type: "HTTPS" }), inEast], []],
    [
      "is perhaps one",
      [check("us-east-1", { type: unknown }), inEast],
      [uncheckedAdvisory(alarmSurvives, "check.type")],
    ],
  ])("%s", async (_title, shown, said) => {
    expect(await showStack(alarmSurvives, shown)).toEqual(said);
  });
});

const compositeType = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

function composite(region: unknown, alarmRule: unknown, alarmName = "decide"): Shown {
  return { type: compositeType, name: "composite", props: { region, alarmName, alarmRule } };
}

describe("the alarms that a composite joins", () => {
  const metric = (name: string, region: string): Shown => ({
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    name: `${name}-${region}`,
    props: { name, region },
  });
  const unhealthy = metric("unhealthy", "us-west-2");
  const dies = (name: string) =>
    `mandatory: alarmRule must name alarms of its own Region (us-west-2), got "${name}" in us-east-1. An alarm of the Region that fails says nothing then.`;

  it.each<[string, readonly Shown[], readonly string[]]>([
    ["lie with it", [unhealthy, composite("us-west-2", 'ALARM("unhealthy")')], []],
    [
      "lie in the Region that fails",
      [metric("unhealthy", "us-east-1"), composite("us-west-2", "ALARM(unhealthy)")],
      [dies("unhealthy")],
    ],
    [
      "lie in both, under one name",
      [unhealthy, metric("unhealthy", "us-east-1"), composite("us-west-2", "OK(unhealthy)")],
      [],
    ],
    [
      "lie in the Region that fails, one of two",
      [
        unhealthy,
        metric("lag", "us-east-1"),
        composite("us-west-2", 'ALARM("unhealthy") AND NOT ALARM("lag")'),
      ],
      [dies("lag")],
    ],
    [
      "lie in the Region that fails, by their ARN",
      [composite("us-west-2", 'ALARM("arn:aws:cloudwatch:us-east-1:111122223333:alarm:far")')],
      [dies("arn:aws:cloudwatch:us-east-1:111122223333:alarm:far")],
    ],
    [
      "are those of another stack, which CloudWatch looks for",
      [composite("us-west-2", "ALARM(x)")],
      [],
    ],
    [
      "are not known yet",
      [composite("us-west-2", unknown)],
      [uncheckedAdvisory(alarmSurvives, "composite.alarmRule")],
    ],
    [
      "lie elsewhere, for all that is known of its own Region",
      [unhealthy, composite(unknown, "ALARM(unhealthy)")],
      [uncheckedAdvisory(alarmSurvives, "composite.region")],
    ],
  ])("%s", async (_title, shown, said) => {
    expect(await showStack(alarmSurvives, shown)).toEqual(said);
  });
});

describe("the alarm that asks people to decide on a Region", () => {
  const watch = (decisionAlarms: unknown): Shown => ({
    type: "aws-dr:watching:CellWatch",
    name: "watch",
    props: { decisionAlarms },
  });
  const told = { "us-west-2": { name: "decide", on: "us-east-1" } };

  it.each<[string, readonly Shown[], readonly string[]]>([
    ["lies in the other one", [watch(told), composite("us-west-2", "TRUE")], []],
    [
      "lies in that very one",
      [watch(told), composite("us-east-1", "TRUE")],
      [
        'mandatory: decisionAlarms["us-west-2"] must lie in another Region than the one that it decides on, got "decide" in us-east-1. Leave it in us-west-2.',
      ],
    ],
    [
      "has another name than was told",
      [watch(told), composite("us-west-2", "TRUE", "other")],
      [uncheckedAdvisory(alarmSurvives, 'watch.decisionAlarms["us-west-2"]')],
    ],
    ["is not told", [watch(null)], [uncheckedAdvisory(alarmSurvives, "watch.decisionAlarms")]],
    [
      "is not known yet",
      [watch(unknown)],
      [uncheckedAdvisory(alarmSurvives, "watch.decisionAlarms")],
    ],
  ])("%s", async (_title, shown, said) => {
    expect(await showStack(alarmSurvives, shown)).toEqual(said);
  });
});
