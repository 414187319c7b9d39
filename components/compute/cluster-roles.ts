import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { partitionOf } from "../../runtime/core/partition.js";
import { trustService } from "../iam/document.js";
import type { KubernetesClusterArgs } from "./kubernetes-cluster.js";
import type { ClusterNames } from "./names.js";

/** What EKS and the nodes may do, by AWS's own policies: their list changes with the versions. */
export interface ClusterRoles {
  readonly controlPlane: aws.iam.Role;
  readonly nodes: aws.iam.Role;
  readonly ofControlPlane: readonly pulumi.Resource[];
  readonly ofNodes: readonly pulumi.Resource[];
}

export function clusterRoles(
  name: string,
  { network: { region }, cluster }: KubernetesClusterArgs,
  names: ClusterNames,
  child: pulumi.CustomResourceOptions,
): ClusterRoles {
  const role = (key: string, roleName: string, service: string) =>
    new aws.iam.Role(
      `${name}-${key}`,
      {
        name: roleName,
        description: `Cluster ${cluster} of ${region}: ${key}`,
        assumeRolePolicy: JSON.stringify(trustService(service)),
      },
      child,
    );
  const attached = (key: string, to: aws.iam.Role, policy: string) =>
    new aws.iam.RolePolicyAttachment(
      `${name}-${key}-${policy}`,
      { role: to.name, policyArn: `arn:${partitionOf(region)}:iam::aws:policy/${policy}` },
      child,
    );
  const controlPlane = role("control-plane", names.controlPlaneRole.name, "eks.amazonaws.com");
  const nodes = role("node", names.nodesRole.name, "ec2.amazonaws.com");
  return {
    controlPlane,
    nodes,
    ofControlPlane: [attached("control-plane", controlPlane, "AmazonEKSClusterPolicy")],
    ofNodes: nodePolicies.map((policy) => attached("node", nodes, policy)),
  };
}

/** Source: Amazon EKS User Guide, node IAM role. */
const nodePolicies = [
  "AmazonEKSWorkerNodePolicy",
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonEKS_CNI_Policy",
] as const;
