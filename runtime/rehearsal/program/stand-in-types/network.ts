import { arnOf, type Making, named, type StandInType } from "./making.js";

/** Ways between machines: endpoints, groups, logs of connections. */
export const networkTypes: Readonly<Record<string, StandInType>> = {
  "aws:ec2/flowLog:FlowLog": ec2("fl", "vpc-flow-log"),
  "aws:ec2/securityGroup:SecurityGroup": named((making) => made(making, "sg", "security-group")),
  "aws:ec2/vpcEndpoint:VpcEndpoint": ec2("vpce", "vpc-endpoint"),
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
