import { partitionOf } from "../../runtime/core/partition.js";
import type { Condition } from "./document.js";

/** Where a spoke's roles may act: its own account, in the Regions of its lanes. */
export interface SpokeScope {
  readonly account: string;
  readonly regions: readonly string[];
}

/** Keeps a statement to the Regions of the lanes; the ARNs leave the Region open. */
export function inRegions({ regions }: SpokeScope): Condition {
  return { StringEquals: { "aws:RequestedRegion": regions } };
}

export function drsArns(scope: SpokeScope, ...kinds: readonly DrsKind[]): readonly string[] {
  return kinds.map((kind) => `arn:${partitionOfScope(scope)}:drs:*:${scope.account}:${kind}/*`);
}

export type DrsKind = "job" | "recovery-instance" | "source-server";

/** Whose account stands in the ARN: `own`, or `any` where it may be shared, AWS's own or left out. */
const ec2Kinds = {
  fleet: "own",
  image: "any",
  instance: "own",
  "launch-template": "own",
  "network-interface": "own",
  "security-group": "any",
  snapshot: "any",
  subnet: "any",
  volume: "own",
  vpc: "any",
} as const;

export type Ec2Kind = keyof typeof ec2Kinds;

export function ec2Arns(scope: SpokeScope, ...kinds: readonly Ec2Kind[]): readonly string[] {
  return kinds.map((kind) => {
    const owner = ec2Kinds[kind] === "own" ? scope.account : "*";
    return `arn:${partitionOfScope(scope)}:ec2:*:${owner}:${kind}/*`;
  });
}

/** An account lies in one partition, so its first Region tells it. */
export function partitionOfScope({ regions: [first = ""] }: SpokeScope): string {
  return partitionOf(first);
}

/** Every one of the conditions; keys of one operator stand side by side. */
export function every(...conditions: readonly Condition[]): Condition {
  const joined: Record<string, Record<string, string | readonly string[]>> = {};
  for (const condition of conditions) {
    for (const [operator, keys] of Object.entries(condition)) {
      joined[operator] = { ...joined[operator], ...keys };
    }
  }
  return joined;
}
