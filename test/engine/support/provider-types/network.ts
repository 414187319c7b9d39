import type { ProviderType } from "./provider-type.js";

/** Ways between machines: endpoints, groups, logs of connections, load balancers. */
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
  "aws:ec2/route:Route": { registryType: "AWS::EC2::Route" },
  "aws:ec2transitgateway/peeringAttachment:PeeringAttachment": {
    registryType: "AWS::EC2::TransitGatewayPeeringAttachment",
  },
  "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter": {
    alsoReplacing: ["transitGatewayAttachmentId"],
  },
  "aws:ec2transitgateway/route:Route": { registryType: "AWS::EC2::TransitGatewayRoute" },
  "aws:ec2transitgateway/transitGateway:TransitGateway": {
    registryType: "AWS::EC2::TransitGateway",
  },
  // AWS's registry replaces an attachment for other subnets; the provider changes them in its place.
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": {
    alsoReplacing: ["transitGatewayId", "vpcId"],
  },
  "aws:lb/listener:Listener": { registryType: "AWS::ElasticLoadBalancingV2::Listener" },
  "aws:lb/loadBalancer:LoadBalancer": {
    registryType: "AWS::ElasticLoadBalancingV2::LoadBalancer",
    inputs: { Scheme: ["internal"], Type: ["loadBalancerType"] },
  },
  "aws:lb/targetGroup:TargetGroup": { registryType: "AWS::ElasticLoadBalancingV2::TargetGroup" },
  // AWS's registry replaces a rule for any change; the provider changes it in its place.
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    alsoReplacing: ["securityGroupId"],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    alsoReplacing: ["securityGroupId"],
  },
};
