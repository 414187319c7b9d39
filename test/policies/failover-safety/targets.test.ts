import { describe, expect, it } from "vitest";
import { standbyHasTargets } from "../../../policies/failover-safety/standby-has-targets.js";
import { type Shown, showStack, uncheckedAdvisory, unknown } from "../in-process.js";

type Props = Readonly<Record<string, unknown>>;

const dnsName = "api-1.us-west-2.elb.amazonaws.com";

function standby(evaluateTargetHealth: unknown, name: unknown = dnsName): Shown {
  return {
    type: "aws:route53/record:Record",
    name: "standby",
    props: {
      failoverRoutingPolicies: [{ type: "SECONDARY" }],
      aliases: [{ name, evaluateTargetHealth }],
    },
  };
}

const balancer: Shown = {
  type: "aws:lb/loadBalancer:LoadBalancer",
  name: "balancer",
  props: { arn: "arn:balancer", dnsName },
};
const group: Shown = {
  type: "aws:lb/targetGroup:TargetGroup",
  name: "targets",
  props: { arn: "arn:targets" },
};
const listener: Shown = {
  type: "aws:lb/listener:Listener",
  name: "listener",
  props: {
    loadBalancerArn: "arn:balancer",
    defaultActions: [{ type: "forward", targetGroupArn: "arn:targets" }],
  },
};
const front = [balancer, group, listener];

/** A service whose tasks are the group's targets. */
function service(props: Props): Shown {
  return {
    type: "aws:ecs/service:Service",
    name: "service",
    props,
    madeOf: { loadBalancers: [group] },
  };
}

function scaling(minCapacity: unknown): Shown {
  return {
    type: "aws:appautoscaling/target:Target",
    name: "scaling",
    props: { minCapacity },
    madeOf: { resourceId: [service({})] },
  };
}

function machines(minSize: unknown): Shown {
  return {
    type: "aws:autoscaling/group:Group",
    name: "machines",
    props: { minSize },
    madeOf: { targetGroupArns: [group] },
  };
}

const cannot = [uncheckedAdvisory(standbyHasTargets, "standby.aliases[0].evaluateTargetHealth")];
const empty =
  'mandatory: aliases[0].evaluateTargetHealth must not be true on a SECONDARY record whose load balancer has an empty target group, got "targets" without targets. Keep one there, or set it to false and watch the name itself.';

describe("a standby that is asked for its targets' health", () => {
  it.each<[string, readonly Shown[], readonly string[]]>([
    ["rests with no task", [service({ desiredCount: 0 })], [empty]],
    ["rests with one task", [service({ desiredCount: 1 })], []],
    ["rests with no task that it says", [service({})], [empty]],
    ["rests with its scaling's floor of none", [service({ desiredCount: 2 }), scaling(0)], [empty]],
    ["rests with its scaling's floor of one", [service({ desiredCount: 0 }), scaling(1)], []],
    ["rests with a floor that is not known yet", [service({}), scaling(unknown)], cannot],
    ["rests with tasks that are not known yet", [service({ desiredCount: unknown })], cannot],
    ["rests with no machine", [machines(0)], [empty]],
    ["rests with one machine", [machines(1)], []],
    [
      "has a target of its own",
      [
        {
          type: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
          props: { targetGroupArn: "arn:targets" },
        },
      ],
      [],
    ],
    [
      "has machines that another says the number of",
      [
        {
          type: "aws:autoscaling/attachment:Attachment",
          props: { lbTargetGroupArn: "arn:targets" },
        },
      ],
      cannot,
    ],
    ["is filled by somebody outside of the stack", [], cannot],
  ])("%s", async (_title, fills, said) => {
    expect(await showStack(standbyHasTargets, [standby(true), ...front, ...fills])).toEqual(said);
  });

  it.each<[string, readonly Shown[], readonly string[]]>([
    ["is not asked", [standby(false), ...front, service({ desiredCount: 0 })], []],
    ["is perhaps asked", [standby(unknown), ...front], cannot],
    ["is the load balancer of another stack", [standby(true)], cannot],
    [
      "is a load balancer without a listener of the stack",
      [standby(true), balancer, group],
      cannot,
    ],
    ["is another record, or no load balancer", [standby(true, "us.api.shop.example")], []],
    ["is not known yet", [standby(true, unknown)], cannot],
    [
      "is known by what its record was made of",
      [
        { ...standby(true, unknown), madeOf: { aliases: [balancer] } },
        ...front,
        service({ desiredCount: 0 }),
      ],
      [empty],
    ],
    [
      "has a listener that is known by what it was made of",
      [
        standby(true),
        balancer,
        group,
        {
          ...listener,
          props: { loadBalancerArn: unknown, defaultActions: unknown },
          madeOf: { loadBalancerArn: [balancer], defaultActions: [group] },
        },
        service({ desiredCount: 0 }),
      ],
      [empty],
    ],
    [
      "is none, but a primary",
      [
        {
          ...standby(true),
          props: { ...standby(true).props, failoverRoutingPolicies: [{ type: "PRIMARY" }] },
        },
        ...front,
        service({ desiredCount: 0 }),
      ],
      [],
    ],
    [
      "has a role that is not known yet",
      [{ ...standby(true), props: { failoverRoutingPolicies: unknown } }],
      [uncheckedAdvisory(standbyHasTargets, "standby.failoverRoutingPolicies")],
    ],
    ["has no role", [{ ...standby(true), props: {} }], []],
  ])("%s", async (_title, shown, said) => {
    expect(await showStack(standbyHasTargets, shown)).toEqual(said);
  });
});
