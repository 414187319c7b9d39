import { clusterNodes } from "../../runtime/limits.js";
import { Problems, resourceName } from "../arguments.js";
import { checkCell } from "../cells/cell.js";
import { checkNameLength } from "../cells/name-length.js";
import { checkRegion } from "../cells/regional.js";
import { checkCapacity } from "./capacity.js";
import type { KubernetesClusterArgs } from "./kubernetes-cluster.js";
import { clusterNames } from "./names.js";

/** Everything that is wrong with a cluster's arguments, before anything is created. */
export function kubernetesProblems(args: KubernetesClusterArgs): Problems {
  const { cell, network, cluster, version, instanceTypes, administratorRoleArns } = args;
  const { region } = network;
  const problems = new Problems();
  checkCell(problems, cell);
  checkRegion(problems, cell, region, "network.region");
  problems.check("cluster", resourceName, cluster);
  if (!/^1\.\d{2}$/.test(version)) {
    problems.add(
      "version",
      `must be a minor version such as "1.33", got "${version}". EKS takes no patch version`,
    );
  }
  checkCapacity(problems, "nodes", clusterNodes, args.nodes);
  if (instanceTypes.length === 0) {
    problems.add("instanceTypes", "must name at least one type, got none. Name several");
  }
  problems.add("keyArn", keyProblem(args.keyArn, region));
  problems.add("administratorRoleArns", rolesProblem(administratorRoleArns));
  const names = clusterNames(cell, region, cluster);
  checkNameLength(problems, "role", names.controlPlaneRole.name, 64);
  checkNameLength(problems, "node group", names.nodeGroup, 63);
  return problems;
}

function keyProblem(arn: unknown, region: string): string | undefined {
  if (typeof arn !== "string") return undefined;
  const [, , service, where] = arn.split(":");
  if (service === "kms" && where === region) return undefined;
  return `must be the ARN of a key in "${region}", got "${arn}". A cluster decrypts with a key of its own Region`;
}

function rolesProblem(arns: readonly string[]): string | undefined {
  const wrong = arns.find((arn) => !/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(arn));
  if (wrong !== undefined) {
    return `must be ARNs of roles, got "${wrong}". Users and groups come and go; let them take a role`;
  }
  const names = arns.map((arn) => arn.split("/").at(-1));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    return `must be roles of different names, got "${twice}" twice. Leave one out`;
  if (arns.length > 0) return undefined;
  return "must name at least one role, got none. Nobody else gets into the cluster";
}
