import type * as pulumi from "@pulumi/pulumi";

/** An AWS resource by its name, and the ARN that follows from it. */
export interface Named {
  readonly name: string;
  readonly arn: string;
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
