import type * as pulumi from "@pulumi/pulumi";
import { partitionOf } from "../runtime/core/partition.js";

/** An AWS resource by its name, and the ARN that follows from it. */
export interface Named {
  readonly name: string;
  readonly arn: string;
}

/** Names a resource of a Region: `kind` is what stands before the name in the ARN. */
export function regionalNames(
  region: string,
  account: string,
): (service: string, kind: string, name: string) => Named {
  const partition = partitionOf(region);
  return (service, kind, name) => ({
    name,
    arn: `arn:${partition}:${service}:${region}:${account}:${kind}${name}`,
  });
}

/** Names a role. Roles are global; the Region tells the partition. */
export function roleNamed(region: string, account: string, name: string): Named {
  return { name, arn: `arn:${partitionOf(region)}:iam::${account}:role/${name}` };
}

/**
 * The ARN that follows from the name, as an output that waits for the resource. Unlike the
 * resource's own `arn` it is known at preview, so that policies and other stacks' previews see it.
 */
export function onceThere(
  deployedName: pulumi.Output<string>,
  { arn }: Named,
): pulumi.Output<string> {
  return deployedName.apply(() => arn);
}
