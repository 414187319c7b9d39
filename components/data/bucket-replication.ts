import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { mechanisms } from "../../runtime/core/cells/mechanisms.js";
import { unchanged } from "../arguments.js";
import { cellPrefix } from "../cells/cell.js";
import { inRegion } from "../cells/regional.js";
import { trustService } from "../iam/document.js";
import { replicationKeysPolicy, replicationPolicy } from "../iam/replication-policy.js";
import type { BucketSettings } from "./bucket-in-region.js";
import { bucketNames, replicationRole, ruleId } from "./bucket-names.js";
import type { ReplicatedBucketArgs } from "./replicated-bucket.js";

/** One of the two ways in which objects are copied. */
interface Direction {
  readonly from: string;
  readonly to: string;
}

const boundSeconds = mechanisms["s3-replication-time-control"].rpoSeconds;
const withinBound = { minutes: boundSeconds / 60 };

/** Copies one bucket into the other: the role of this direction, and its rule. */
export function replicateBucket(
  name: string,
  direction: Direction,
  args: ReplicatedBucketArgs,
  settings: BucketSettings,
  child: pulumi.CustomResourceOptions,
): void {
  const { from, to } = direction;
  const { transformReplication = unchanged } = args;
  const names = bucketNames(args.cell, args.name);
  const role = roleFor(name, direction, args, settings, child);
  const replicationArgs = {
    region: from,
    role,
    bucket: inRegion(names, from).name,
    rules: [ruleTo(inRegion(names, to).arn, args.keyArns[to], settings)],
  };
  new aws.s3.BucketReplicationConfig(
    `${name}-replication-${from}`,
    transformReplication(replicationArgs),
    child,
  );
}

/** The role of a direction. What it may do with the buckets is known at preview, the keys are not. */
function roleFor(
  name: string,
  { from, to }: Direction,
  { cell, name: store, keyArns }: ReplicatedBucketArgs,
  { retentionYears }: BucketSettings,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const names = bucketNames(cell, store);
  const named = replicationRole(cell, store, from);
  const replication = {
    sourceArn: inRegion(names, from).arn,
    destinationArn: inRegion(names, to).arn,
    isLocked: retentionYears !== undefined,
  };
  const role = new aws.iam.Role(
    `${name}-role-${from}`,
    {
      name: named.name,
      description: `Cell ${cellPrefix(cell)}: S3 copies ${store} from ${from} to ${to}`,
      assumeRolePolicy: JSON.stringify(trustService("s3.amazonaws.com")),
    },
    child,
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-role-policy-${from}`,
    {
      role: role.name,
      name: "replicate",
      policy: JSON.stringify(replicationPolicy(replication)),
    },
    child,
  );
  const keyPolicy = new aws.iam.RolePolicy(
    `${name}-role-keys-${from}`,
    {
      role: role.name,
      name: "use-keys",
      policy: pulumi
        .all([keyArns[from] ?? "", keyArns[to] ?? ""])
        .apply(([sourceKeyArn, destinationKeyArn]) =>
          JSON.stringify(
            replicationKeysPolicy({
              sourceRegion: from,
              sourceKeyArn,
              destinationRegion: to,
              destinationKeyArn,
            }),
          ),
        ),
    },
    child,
  );
  return pulumi.all([policy.role, keyPolicy.role]).apply(() => named.arn);
}

function ruleTo(
  destinationArn: string,
  replicaKmsKeyId: pulumi.Input<string> | undefined,
  { replicateDeleteMarkers }: BucketSettings,
) {
  const on = { status: "Enabled" };
  return {
    id: ruleId,
    ...on,
    priority: 0,
    filter: { prefix: "" },
    deleteMarkerReplication: { status: replicateDeleteMarkers ? "Enabled" : "Disabled" },
    sourceSelectionCriteria: { sseKmsEncryptedObjects: on, replicaModifications: on },
    destination: {
      bucket: destinationArn,
      encryptionConfiguration: { replicaKmsKeyId: replicaKmsKeyId ?? "" },
      replicationTime: { ...on, time: withinBound },
      metrics: { ...on, eventThreshold: withinBound },
    },
  };
}
