import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ignoredAfterFailover } from "../../runtime/core/cells/drift-guards.js";
import { cpuUnits, memoryMib } from "../../runtime/limits.js";
import { unchanged } from "../arguments.js";
import type { ContainerServiceArgs } from "./container-service.js";
import type { Entrance } from "./load-balancer.js";
import type { ServiceNames } from "./names.js";
import { serviceRoles } from "./service-roles.js";

interface FargateSettings {
  readonly privateSubnetIds: pulumi.Output<string[]>;
  readonly retentionInDays: pulumi.Output<number>;
  readonly front: Entrance;
}

/** A cluster with one service, whose tasks begin at rest. */
export function fargateService(
  name: string,
  args: ContainerServiceArgs,
  names: ServiceNames,
  { privateSubnetIds, retentionInDays, front }: FargateSettings,
  child: pulumi.CustomResourceOptions,
) {
  const { network, tasks, containerPort, logKeyArn, transformService = unchanged } = args;
  const { transformTaskDefinition = unchanged } = args;
  const { region } = network;
  const logs = new aws.cloudwatch.LogGroup(
    `${name}-logs`,
    {
      region,
      name: names.logs.name,
      retentionInDays,
      ...(logKeyArn !== undefined && { kmsKeyId: logKeyArn }),
    },
    child,
  );
  const roles = serviceRoles(name, args, names, child);
  const cluster = new aws.ecs.Cluster(
    `${name}-cluster`,
    { region, name: names.service, settings: [{ name: "containerInsights", value: "enabled" }] },
    child,
  );
  const taskDefinition = new aws.ecs.TaskDefinition(
    `${name}-task`,
    transformTaskDefinition({
      region,
      family: names.service,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: String(args.cpuUnits ?? cpuUnits.default),
      memory: String(args.memoryMib ?? memoryMib.default),
      executionRoleArn: roles.execution.name.apply(() => names.executionRole.arn),
      taskRoleArn: roles.task.name.apply(() => names.taskRole.arn),
      containerDefinitions: containerDefinitions(args, names),
    }),
    { ...child, dependsOn: [...roles.policies, logs] },
  );
  const running = new aws.ecs.Service(
    `${name}-service`,
    transformService({
      region,
      name: names.service,
      cluster: cluster.arn,
      taskDefinition: taskDefinition.arn,
      launchType: "FARGATE",
      desiredCount: tasks.resting,
      availabilityZoneRebalancing: "ENABLED",
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      healthCheckGracePeriodSeconds: 60,
      networkConfiguration: {
        subnets: privateSubnetIds,
        securityGroups: [front.tasksGroup.id],
        assignPublicIp: false,
      },
      loadBalancers: [
        {
          targetGroupArn: front.targetGroup.arn,
          containerName: args.service,
          containerPort,
        },
      ],
    }),
    {
      ...child,
      // ECS refuses a target group that no load balancer uses yet.
      dependsOn: [front.listener],
      ignoreChanges: ignoredAfterFailover("aws:ecs/service:Service"),
    },
  );
  return { running, cluster, taskRole: roles.task };
}

function containerDefinitions(
  {
    network,
    service,
    image,
    containerPort,
    environment = {},
    secretArns = {},
  }: ContainerServiceArgs,
  { logs }: ServiceNames,
): pulumi.Output<string> {
  const container = {
    name: service,
    image,
    essential: true,
    portMappings: [{ containerPort, protocol: "tcp" }],
    environment: Object.entries(environment).map(([key, value]) => ({ name: key, value })),
    secrets: Object.entries(secretArns).map(([key, valueFrom]) => ({ name: key, valueFrom })),
    logConfiguration: {
      logDriver: "awslogs",
      options: {
        "awslogs-group": logs.name,
        "awslogs-region": network.region,
        "awslogs-stream-prefix": service,
      },
    },
  };
  return pulumi.jsonStringify([container]);
}
