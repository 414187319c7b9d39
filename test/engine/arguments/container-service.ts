import type { ContainerServiceArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import { type ArgumentTable, inPlace, replaces } from "../support/argument-table.js";
import { logKeyArn, network, networkElsewhere, networkMoved, renamed } from "./values.js";

const task = ["ecs:TaskDefinition"];
const revision = "ECS keeps revisions of a task definition and changes none; the tasks roll";
const all = [
  "appautoscaling:Policy",
  "appautoscaling:Target",
  "cloudwatch:LogGroup",
  "ec2:SecurityGroup",
  "ecs:Cluster",
  "ecs:Service",
  "ecs:TaskDefinition",
  "iam:Role",
  "iam:RolePolicy",
  "lb:Listener",
  "lb:LoadBalancer",
  "lb:TargetGroup",
  "vpc:SecurityGroupEgressRule",
  "vpc:SecurityGroupIngressRule",
];
const renames = "all of it is known by its name; nothing here holds data but logs";
const arn = (service: string, what: string) => `arn:aws:${service}:us-east-1:111122223333:${what}`;

export const containerService: ArgumentTable<ContainerServiceArgs> = {
  component: "ContainerService",
  sample: {
    cell: orders,
    network,
    service: "api",
    tasks: { resting: 10, normal: 50, failover: 100 },
    image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders/api:1.4.0",
    containerPort: 8080,
    certificateArn: arn("acm", "certificate/api"),
    healthCheckPath: "/health/deep",
  },
  rows: {
    cell: replaces(renamed, all, renames),
    network: [
      inPlace(networkMoved),
      replaces(networkElsewhere, all, "all of it lies in one Region", {
        also: {
          image: "111122223333.dkr.ecr.us-west-2.amazonaws.com/orders/api:1.4.0",
          certificateArn: "arn:aws:acm:us-west-2:111122223333:certificate/api",
        },
      }),
    ],
    service: replaces("shop", all, renames),
    tasks: inPlace({ resting: 12, normal: 60, failover: 120 }),
    image: replaces(
      "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders/api:1.5.0",
      task,
      revision,
    ),
    containerPort: replaces(9090, [...task, "lb:TargetGroup"], "targets have one port"),
    certificateArn: inPlace(arn("acm", "certificate/other")),
    healthCheckPath: inPlace("/health"),
    cpuUnits: replaces(2_048, task, revision, { beside: { memoryMib: 4_096 } }),
    memoryMib: replaces(4_096, task, revision),
    targetCpuPercent: inPlace(50),
    environment: replaces({ LEVEL: "info" }, task, revision),
    secretArns: replaces({ TOKEN: arn("secretsmanager", "secret:token-abcdef") }, task, revision),
    secretKeyArn: inPlace(logKeyArn, {
      beside: { secretArns: { TOKEN: arn("secretsmanager", "secret:token-abcdef") } },
    }),
    accessLogsBucket: inPlace("shop-orders-access-logs"),
    keepLoadBalancer: inPlace(false),
    logRetentionDays: inPlace(400),
    logKeyArn: inPlace(logKeyArn),
    transformTaskDefinition: replaces(
      (given) => ({ ...given, runtimePlatform: { cpuArchitecture: "ARM64" } }),
      task,
      revision,
    ),
    transformService: inPlace((given) => ({ ...given, enableExecuteCommand: true })),
    transformLoadBalancer: inPlace((given) => ({ ...given, idleTimeout: 120 })),
  },
};
