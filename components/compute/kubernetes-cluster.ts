import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ignoredAfterFailover } from "../../runtime/core/cells/drift-guards.js";
import { logRetentionDays } from "../../runtime/limits.js";
import { checked, retentionPeriod, type Transform, unchanged } from "../arguments.js";
import { type Cell, cellContract } from "../cells/cell.js";
import type { Capacity } from "./capacity.js";
import { administrators, controlPlaneLogs } from "./cluster-access.js";
import { clusterRoles } from "./cluster-roles.js";
import { kubernetesProblems } from "./kubernetes-problems.js";
import { clusterNames } from "./names.js";
import { type RegionNetwork, threeSubnets } from "./region-network.js";

/** What a {@link KubernetesCluster} needs to know. */
export interface KubernetesClusterArgs {
  readonly cell: Cell;
  /** The Region's network: its PilotLightRegion, or what is told of one that is there. */
  readonly network: RegionNetwork;
  /** Name of the cluster, the same in both Regions. */
  readonly cluster: string;
  /** Version of Kubernetes, such as 1.33: the same in both Regions, or workloads differ when it matters. */
  readonly version: string;
  /** Nodes of the cluster in this Region: resting, normal, failover. */
  readonly nodes: Capacity;
  /** Types of the nodes' instances, best first. Several are more likely to be had when everybody asks. */
  readonly instanceTypes: readonly string[];
  /**
   * Kind of the nodes' image, which must be made for the instance types' processor.
   *
   * @defaultValue "AL2023_x86_64_STANDARD"
   */
  readonly amiType?: string;

  /** ARN of the key, in this Region, that encrypts the secrets in the cluster. */
  readonly keyArn: pulumi.Input<string>;
  /** Roles whose holders administer the cluster. Nobody else gets in, not even who deployed it. */
  readonly administratorRoleArns: readonly string[];

  /**
   * Whether the cluster is protected, by Pulumi and by AWS. What it knows of its workloads is lost with it.
   *
   * @defaultValue true
   */
  readonly keepData?: boolean;

  /**
   * How long logs of the control plane are kept.
   *
   * @unit days
   * @defaultValue 365
   */
  readonly logRetentionDays?: pulumi.Input<number>;

  /** ARN of the key that encrypts them; CloudWatch Logs' own when absent. */
  readonly logKeyArn?: pulumi.Input<string>;

  /** Last word on the cluster's arguments. */
  readonly transformCluster?: Transform<aws.eks.ClusterArgs>;

  /** Last word on the node group's arguments. */
  readonly transformNodeGroup?: Transform<aws.eks.NodeGroupArgs>;
}

/** A Kubernetes cluster in one Region of a cell, with a node group that rests small and is ready to grow. */
export class KubernetesCluster extends pulumi.ComponentResource {
  readonly clusterName: pulumi.Output<string>;
  readonly nodeGroupName: pulumi.Output<string>;
  /** Where its interface answers, inside of the VPC alone. */
  readonly endpoint: pulumi.Output<string>;
  readonly certificateAuthority: pulumi.Output<string>;
  /** Group of the control plane and of the nodes, for what lets them in. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: KubernetesClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cell, network, cluster: named, version, keepData = true } = args;
    const { region } = network;
    const { resting, normal, failover } = args.nodes;
    const contract = {
      ...cellContract(cell),
      region,
      cluster: named,
      version,
      capacity: { unit: "nodes", resting, normal, failover },
      instanceTypes: args.instanceTypes,
    };
    super("aws-dr:compute:KubernetesCluster", name, contract, opts);
    kubernetesProblems(args).refuse(this);
    const subnetIds = checked<string[]>(
      this,
      "network.privateSubnetIds",
      [threeSubnets],
      network.privateSubnetIds,
    );
    const retentionInDays = checked(
      this,
      "logRetentionDays",
      [retentionPeriod],
      args.logRetentionDays ?? logRetentionDays.default,
    );
    const { transformCluster = unchanged, transformNodeGroup = unchanged } = args;
    const names = clusterNames(cell, region, named);
    const child = { parent: this };

    const logs = controlPlaneLogs(name, args, names, retentionInDays, child);
    const roles = clusterRoles(name, args, names, child);
    const cluster = new aws.eks.Cluster(
      `${name}-cluster`,
      transformCluster({
        region,
        name: names.cluster,
        version,
        roleArn: roles.controlPlane.name.apply(() => names.controlPlaneRole.arn),
        vpcConfig: { subnetIds, endpointPrivateAccess: true, endpointPublicAccess: false },
        accessConfig: {
          authenticationMode: "API",
          bootstrapClusterCreatorAdminPermissions: false,
        },
        bootstrapSelfManagedAddons: false,
        encryptionConfig: { provider: { keyArn: args.keyArn }, resources: ["secrets"] },
        enabledClusterLogTypes: [
          ...["api", "audit", "authenticator", "controllerManager", "scheduler"],
        ],
        zonalShiftConfig: { enabled: true },
        deletionProtection: keepData,
      }),
      { ...child, protect: keepData, dependsOn: [logs, ...roles.ofControlPlane] },
    );
    administrators(name, args, cluster, child);
    const addon = (addonName: string, dependsOn: readonly pulumi.Resource[]) =>
      new aws.eks.Addon(
        `${name}-${addonName}`,
        { region, clusterName: cluster.name, addonName },
        { ...child, dependsOn: [...dependsOn] },
      );
    // Nodes are ready only with their network, and CoreDNS runs on nodes.
    const beforeNodes = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"].map((each) =>
      addon(each, []),
    );
    const nodeGroup = new aws.eks.NodeGroup(
      `${name}-nodes`,
      transformNodeGroup({
        region,
        clusterName: cluster.name,
        nodeGroupName: names.nodeGroup,
        nodeRoleArn: roles.nodes.name.apply(() => names.nodesRole.arn),
        subnetIds,
        instanceTypes: [...args.instanceTypes],
        amiType: args.amiType ?? "AL2023_x86_64_STANDARD",
        scalingConfig: { minSize: resting, desiredSize: resting, maxSize: failover },
        updateConfig: { maxUnavailablePercentage: 33 },
        nodeRepairConfig: { enabled: true },
      }),
      {
        ...child,
        dependsOn: [...beforeNodes, ...roles.ofNodes],
        ignoreChanges: ignoredAfterFailover("aws:eks/nodeGroup:NodeGroup"),
      },
    );
    addon("coredns", [nodeGroup]);

    this.clusterName = cluster.name;
    this.nodeGroupName = nodeGroup.nodeGroupName;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.data;
    this.securityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    this.registerOutputs({
      ...contract,
      clusterName: this.clusterName,
      nodeGroupName: this.nodeGroupName,
      endpoint: this.endpoint,
    });
  }
}
