import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { unchanged } from "../arguments.js";
import type { ContainerServiceArgs } from "./container-service.js";
import type { ServiceNames } from "./names.js";

/** Where requests come in, and where they go. */
export interface Entrance {
  readonly loadBalancer: aws.lb.LoadBalancer;
  readonly targetGroup: aws.lb.TargetGroup;
  readonly listener: aws.lb.Listener;
  /** Of the tasks: lets in the load balancer alone. */
  readonly tasksGroup: aws.ec2.SecurityGroup;
}

interface EntranceSettings {
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly healthCheckPath: string;
  readonly keepLoadBalancer: boolean;
}

/** A load balancer that takes HTTPS from everywhere and passes it to the tasks that are well. */
export function entrance(
  name: string,
  args: ContainerServiceArgs,
  names: ServiceNames,
  { publicSubnetIds, healthCheckPath, keepLoadBalancer }: EntranceSettings,
  child: pulumi.CustomResourceOptions,
): Entrance {
  const { network, containerPort, accessLogsBucket, transformLoadBalancer = unchanged } = args;
  const { region, vpcId } = network;
  const { balancer, tasks } = securityGroups(name, args, names, child);
  const loadBalancer = new aws.lb.LoadBalancer(
    `${name}-balancer`,
    transformLoadBalancer({
      region,
      name: names.service,
      loadBalancerType: "application",
      subnets: publicSubnetIds,
      securityGroups: [balancer.id],
      enableDeletionProtection: keepLoadBalancer,
      dropInvalidHeaderFields: true,
      enableZonalShift: true,
      ...(accessLogsBucket !== undefined && {
        accessLogs: { enabled: true, bucket: accessLogsBucket, prefix: names.service },
      }),
    }),
    child,
  );
  const targetGroup = new aws.lb.TargetGroup(
    `${name}-targets`,
    {
      region,
      name: names.targetGroup,
      vpcId,
      targetType: "ip",
      protocol: "HTTP",
      port: containerPort,
      deregistrationDelay: 30, // seconds
      healthCheck: {
        path: healthCheckPath,
        matcher: "200",
        interval: 10, // seconds
        timeout: 5, // seconds
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
    },
    child,
  );
  const listener = new aws.lb.Listener(
    `${name}-https`,
    {
      region,
      loadBalancerArn: loadBalancer.arn,
      protocol: "HTTPS",
      port: 443,
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      certificateArn: args.certificateArn,
      defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
    },
    child,
  );
  return { loadBalancer, targetGroup, listener, tasksGroup: tasks };
}

function securityGroups(
  name: string,
  { network: { region, vpcId }, containerPort }: ContainerServiceArgs,
  names: ServiceNames,
  child: pulumi.CustomResourceOptions,
) {
  const group = (key: string, description: string) =>
    new aws.ec2.SecurityGroup(
      `${name}-${key}-group`,
      { region, vpcId, name: `${names.service}-${key}`, description },
      child,
    );
  const balancer = group("balancer", "Load balancer: HTTPS from everywhere");
  const tasks = group("tasks", "Tasks: requests of the load balancer alone");
  const port = { ipProtocol: "tcp", fromPort: containerPort, toPort: containerPort };
  new aws.vpc.SecurityGroupIngressRule(
    `${name}-balancer-in`,
    {
      region,
      securityGroupId: balancer.id,
      ...{ ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" },
    },
    child,
  );
  new aws.vpc.SecurityGroupEgressRule(
    `${name}-balancer-out`,
    { region, securityGroupId: balancer.id, referencedSecurityGroupId: tasks.id, ...port },
    child,
  );
  new aws.vpc.SecurityGroupIngressRule(
    `${name}-tasks-in`,
    { region, securityGroupId: tasks.id, referencedSecurityGroupId: balancer.id, ...port },
    child,
  );
  new aws.vpc.SecurityGroupEgressRule(
    `${name}-tasks-out`,
    { region, securityGroupId: tasks.id, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
    child,
  );
  return { balancer, tasks };
}
