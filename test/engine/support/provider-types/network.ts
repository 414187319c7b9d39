import type { ProviderType } from "./provider-type.js";

/** Ways between machines: endpoints, groups, logs of connections. */
export const network: Readonly<Record<string, ProviderType>> = {
  "aws:ec2/flowLog:FlowLog": {
    registryType: "AWS::EC2::FlowLog",
    inputs: {
      DeliverLogsPermissionArn: ["iamRoleArn"],
      LogGroupName: [],
      ResourceId: ["eniId", "subnetId", "vpcId", "transitGatewayId", "transitGatewayAttachmentId"],
      ResourceType: [],
    },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    registryType: "AWS::EC2::SecurityGroup",
    inputs: { GroupDescription: ["description"], GroupName: ["name"] },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { registryType: "AWS::EC2::VPCEndpoint" },
  // AWS's registry replaces a rule for any change; the provider changes it in its place.
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    alsoReplacing: ["securityGroupId"],
  },
};
