import type { Properties } from "../sdk.js";
import { arnOf, type Making, named, type StandInType, text } from "./making.js";

/** Ways between machines: endpoints, groups, logs of connections, load balancers. */
export const networkTypes: Readonly<Record<string, StandInType>> = {
  "aws:ec2/flowLog:FlowLog": ec2("fl", "vpc-flow-log"),
  "aws:ec2/securityGroup:SecurityGroup": named((making) => made(making, "sg", "security-group")),
  "aws:ec2/vpcEndpoint:VpcEndpoint": ec2("vpce", "vpc-endpoint"),
  "aws:ec2/route:Route": {
    make: ({ inputs, digits }) => ({
      id: `r-${text(inputs.routeTableId)}${digits.slice(0, 10)}`,
      outputs: {},
    }),
  },
  "aws:ec2transitgateway/peeringAttachment:PeeringAttachment": ec2(
    "tgw-attach",
    "transit-gateway-attachment",
  ),
  "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter": {
    make: ({ inputs }) => ({ id: text(inputs.transitGatewayAttachmentId), outputs: {} }),
  },
  "aws:ec2transitgateway/route:Route": {
    make: ({ inputs }) => ({
      id: `${text(inputs.transitGatewayRouteTableId)}_${text(inputs.destinationCidrBlock)}`,
      outputs: {},
    }),
  },
  "aws:ec2transitgateway/transitGateway:TransitGateway": {
    make: (making) => {
      const { id, outputs } = made(making, "tgw", "transit-gateway");
      const associationDefaultRouteTableId = `tgw-rtb-${making.digits.slice(0, 17)}`;
      return { id, outputs: { ...outputs, associationDefaultRouteTableId } };
    },
  },
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": ec2(
    "tgw-attach",
    "transit-gateway-attachment",
  ),
  "aws:lb/listener:Listener": {
    make: (making) => {
      const balancer = text(making.inputs.loadBalancerArn).replace(":loadbalancer/", ":listener/");
      const arn = `${balancer}/${making.digits.slice(0, 16)}`;
      return { id: arn, outputs: { arn } };
    },
  },
  "aws:lb/loadBalancer:LoadBalancer": named((making) => {
    const { region, digits, name } = making;
    const suffix = `app/${name}/${digits.slice(0, 16)}`;
    const dnsName = `${name}-${digits.slice(0, 9)}.${region}.elb.amazonaws.com`;
    return balancing(making, `loadbalancer/${suffix}`, suffix, {
      dnsName,
      zoneId: `Z${digits.slice(0, 13).toUpperCase()}`,
    });
  }),
  "aws:lb/targetGroup:TargetGroup": named((making) => {
    const suffix = `targetgroup/${making.name}/${making.digits.slice(0, 16)}`;
    return balancing(making, suffix, suffix, {});
  }),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ec2("sgr", "security-group-rule"),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ec2("sgr", "security-group-rule"),
};

/** What EC2 names itself: `<prefix>-` and seventeen digits. */
function ec2(prefix: string, kind: string): StandInType {
  return { make: (making) => made(making, prefix, kind) };
}

function made(making: Making, prefix: string, kind: string) {
  const id = `${prefix}-${making.digits.slice(0, 17)}`;
  return { id, outputs: { arn: arnOf(making, "ec2", `${kind}/${id}`) } };
}

function balancing(making: Making, resource: string, arnSuffix: string, more: Properties) {
  const arn = arnOf(making, "elasticloadbalancing", resource);
  return { id: arn, outputs: { arn, arnSuffix, ...more } };
}
