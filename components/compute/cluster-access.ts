import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { partitionOf } from "../../runtime/core/partition.js";
import type { KubernetesClusterArgs } from "./kubernetes-cluster.js";
import type { ClusterNames } from "./names.js";

/** Lets the holders of roles administer the cluster. */
export function administrators(
  name: string,
  { network: { region }, administratorRoleArns }: KubernetesClusterArgs,
  cluster: aws.eks.Cluster,
  child: pulumi.CustomResourceOptions,
): void {
  for (const principalArn of administratorRoleArns) {
    const role = `${name}-${principalArn.split("/").at(-1)}`;
    const entry = new aws.eks.AccessEntry(
      role,
      { region, clusterName: cluster.name, principalArn },
      child,
    );
    const policyArn = `arn:${partitionOf(region)}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`;
    new aws.eks.AccessPolicyAssociation(
      role,
      {
        region,
        clusterName: cluster.name,
        principalArn,
        policyArn,
        accessScope: { type: "cluster" },
      },
      { ...child, dependsOn: [entry] },
    );
  }
}

/** The group that EKS writes to. It makes one itself where there is none, which keeps everything for ever. */
export function controlPlaneLogs(
  name: string,
  { network: { region }, logKeyArn }: KubernetesClusterArgs,
  names: ClusterNames,
  retentionInDays: pulumi.Output<number>,
  child: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    `${name}-logs`,
    {
      region,
      name: names.logs,
      retentionInDays,
      ...(logKeyArn !== undefined && { kmsKeyId: logKeyArn }),
    },
    child,
  );
}
