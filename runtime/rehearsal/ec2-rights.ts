import { partitionOf } from "../core/partition.js";

import type { NeededRight } from "./services/service.js";

/**
 * Kinds of resources on which EC2 asks for a right when DRS launches or ends an instance.
 * Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon EC2".
 */
const kindsOf: Readonly<Record<string, readonly string[]>> = {
  "ec2:AttachVolume": ["instance", "volume"],
  "ec2:CreateFleet": ["fleet", "launch-template", "subnet"],
  "ec2:CreateNetworkInterface": ["network-interface", "security-group", "subnet"],
  "ec2:CreateSecurityGroup": ["security-group", "vpc"],
  "ec2:CreateVolume": ["volume"],
  "ec2:DeleteVolume": ["volume"],
  "ec2:RunInstances": [
    "image",
    "instance",
    "network-interface",
    "security-group",
    "subnet",
    "volume",
  ],
  "ec2:TerminateInstances": ["instance"],
};

/**
 * The right with resources of the kinds that EC2 would ask about, as policies name them. No such
 * resource exists in a rehearsal, so one stands for all of its kind. Images belong to no account.
 */
export function ec2Right(right: NeededRight, account: string): NeededRight {
  const region = right.context["aws:RequestedRegion"] ?? "";
  const kinds = kindsOf[right.action];
  if (!kinds) return right;
  const arn = (kind: string): string => {
    const owner = kind === "image" ? "" : account;
    return `arn:${partitionOf(region)}:ec2:${region}:${owner}:${kind}/rehearsed`;
  };
  return { ...right, resources: kinds.map(arn) };
}
