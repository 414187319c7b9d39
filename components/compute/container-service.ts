import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { logRetentionDays, targetCpuPercent } from "../../runtime/limits.js";
import { checked, retentionPeriod, type Transform } from "../arguments.js";
import { type Cell, cellContract } from "../cells/cell.js";
import type { Capacity } from "./capacity.js";
import { containerServiceProblems } from "./container-service-problems.js";
import { fargateService } from "./fargate-service.js";
import { parseImage } from "./image.js";
import { entrance } from "./load-balancer.js";
import { serviceNames } from "./names.js";
import { type RegionNetwork, threeSubnets } from "./region-network.js";
import { serviceScaling } from "./service-scaling.js";

/** What a {@link ContainerService} needs to know. */
export interface ContainerServiceArgs {
  readonly cell: Cell;
  /** The Region's network: its PilotLightRegion, or what is told of one that is there. */
  readonly network: RegionNetwork;
  /** Name of the service, the same in both Regions. */
  readonly service: string;
  /** Tasks of the service in this Region: resting, normal, failover. */
  readonly tasks: Capacity;
  /** Image of the tasks, in a registry of this Region, with tag or digest. */
  readonly image: string;
  /** Port on which a task takes HTTP. */
  readonly containerPort: number;
  /** ARN of the load balancer's certificate, in this Region. */
  readonly certificateArn: pulumi.Input<string>;

  /**
   * Path that answers 200 only when the task reaches all that it needs. Shallow ones keep traffic on a
   * Region whose data is gone.
   */
  readonly healthCheckPath: string;

  /**
   * Processor of a task.
   *
   * @unit CPU units, 1,024 a vCPU
   * @defaultValue 1024
   */
  readonly cpuUnits?: number;

  /**
   * Memory of a task.
   *
   * @unit MiB
   * @defaultValue 2048
   */
  readonly memoryMib?: number;

  /**
   * Load that scaling keeps the tasks at.
   *
   * @unit percent of the processor of all tasks
   * @defaultValue 60
   */
  readonly targetCpuPercent?: number;

  /** Variables of the tasks' environment. No secrets: they stand in plain text. */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;

  /** Variables that ECS fills from secrets of this Region, by ARN. */
  readonly secretArns?: Readonly<Record<string, pulumi.Input<string>>>;

  /** ARN of the key that encrypts them, unless it is that of Secrets Manager. */
  readonly secretKeyArn?: pulumi.Input<string>;

  /** Name of a bucket of this Region that takes the load balancer's access logs; none are kept when absent. */
  readonly accessLogsBucket?: pulumi.Input<string>;

  /**
   * Whether AWS refuses to delete the load balancer.
   *
   * @defaultValue true
   */
  readonly keepLoadBalancer?: boolean;

  /**
   * How long the tasks' logs are kept.
   *
   * @unit days
   * @defaultValue 365
   */
  readonly logRetentionDays?: pulumi.Input<number>;

  /** ARN of the key that encrypts them; CloudWatch Logs' own when absent. */
  readonly logKeyArn?: pulumi.Input<string>;

  /** Last word on the task definition's arguments. */
  readonly transformTaskDefinition?: Transform<aws.ecs.TaskDefinitionArgs>;

  /** Last word on the service's arguments. */
  readonly transformService?: Transform<aws.ecs.ServiceArgs>;

  /** Last word on the load balancer's arguments. */
  readonly transformLoadBalancer?: Transform<aws.lb.LoadBalancerArgs>;
}

/** A service of containers in one Region of a cell: Fargate tasks behind a load balancer, ready to grow. */
export class ContainerService extends pulumi.ComponentResource {
  readonly loadBalancerArn: pulumi.Output<string>;
  /** Where traffic is sent: the target of an alias record. */
  readonly loadBalancerDnsName: pulumi.Output<string>;
  /** Hosted zone of that name, as an alias record wants it. */
  readonly loadBalancerZoneId: pulumi.Output<string>;
  /** Dimension `LoadBalancer` of its metrics. */
  readonly loadBalancerArnSuffix: pulumi.Output<string>;
  /** Dimension `TargetGroup` of its metrics. */
  readonly targetGroupArnSuffix: pulumi.Output<string>;
  readonly clusterName: pulumi.Output<string>;
  readonly serviceName: pulumi.Output<string>;
  /** By which Application Auto Scaling knows the number of tasks: what a failover raises. */
  readonly scalableResourceId: pulumi.Output<string>;
  /** Role of the tasks. It may do nothing until a policy is added. */
  readonly taskRoleName: pulumi.Output<string>;
  /** Group that the tasks are in, for what lets them in. */
  readonly tasksSecurityGroupId: pulumi.Output<string>;

  constructor(name: string, args: ContainerServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cell, network, service, tasks, healthCheckPath, keepLoadBalancer = true } = args;
    const { region } = network;
    const { resting, normal, failover } = tasks;
    const contract = {
      ...cellContract(cell),
      region,
      service,
      capacity: { unit: "tasks", resting, normal, failover },
      imageRegistryRegion: parseImage(args.image)?.region ?? "",
      healthCheckPath,
    };
    super("aws-dr:compute:ContainerService", name, contract, opts);
    containerServiceProblems(args).refuse(this);
    const subnets = (key: "publicSubnetIds" | "privateSubnetIds") =>
      checked<string[]>(this, `network.${key}`, [threeSubnets], network[key]);
    const retentionInDays = checked(
      this,
      "logRetentionDays",
      [retentionPeriod],
      args.logRetentionDays ?? logRetentionDays.default,
    );
    const publicSubnetIds = subnets("publicSubnetIds");
    const privateSubnetIds = subnets("privateSubnetIds");
    const names = serviceNames(cell, region, service, args.containerPort);
    const child = { parent: this };

    const way = { publicSubnetIds, healthCheckPath, keepLoadBalancer };
    const front = entrance(name, args, names, way, child);
    const settings = { privateSubnetIds, retentionInDays, front };
    const { running, cluster, taskRole } = fargateService(name, args, names, settings, child);
    const { default: defaultPercent } = targetCpuPercent;
    const load = { tasks, targetCpuPercent: args.targetCpuPercent ?? defaultPercent };
    const scalable = serviceScaling(name, { region, names, running, ...load }, child);

    const { loadBalancer } = front;
    this.loadBalancerArn = loadBalancer.arn;
    this.loadBalancerDnsName = loadBalancer.dnsName;
    this.loadBalancerZoneId = loadBalancer.zoneId;
    this.loadBalancerArnSuffix = loadBalancer.arnSuffix;
    this.targetGroupArnSuffix = front.targetGroup.arnSuffix;
    this.clusterName = cluster.name;
    this.serviceName = running.name;
    this.scalableResourceId = scalable.resourceId;
    this.taskRoleName = taskRole.name;
    this.tasksSecurityGroupId = front.tasksGroup.id;
    this.registerOutputs({
      ...contract,
      loadBalancerArn: this.loadBalancerArn,
      loadBalancerDnsName: this.loadBalancerDnsName,
      clusterName: this.clusterName,
      serviceName: this.serviceName,
      scalableResourceId: this.scalableResourceId,
      taskRoleName: this.taskRoleName,
    });
  }
}
