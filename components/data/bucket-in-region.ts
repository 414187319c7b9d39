import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { unchanged } from "../arguments.js";
import { inRegion } from "../cells/regional.js";
import { denyWithoutTls, resourcePolicy } from "../iam/document.js";
import { bucketNames } from "./bucket-names.js";
import type { ReplicatedBucketArgs } from "./replicated-bucket.js";

/** What is settled about the buckets, defaults filled in. */
export interface BucketSettings {
  readonly replicateDeleteMarkers: boolean;
  readonly warnAtLatencySeconds: number;
  readonly versionDays: number;
  readonly keepData: boolean;
  readonly retentionYears?: number;
  readonly retentionMode?: string;
  readonly archiveAfterDays?: number;
  readonly archiveClass?: string;
  readonly expireAfterDays?: number;
}

/** A bucket of one Region, and what must be there before it takes part in a replication. */
export interface BucketInRegion {
  readonly bucket: aws.s3.Bucket;
  readonly neededByReplication: readonly pulumi.Resource[];
}

/** Days after which the parts of an upload that was never completed are removed. */
const abandonedUploadDays = 7;

/** One of the two buckets with all its settings. Both Regions have the same: S3 replicates none of them. */
export function bucketInRegion(
  name: string,
  region: string,
  args: ReplicatedBucketArgs,
  settings: BucketSettings,
  child: pulumi.CustomResourceOptions,
): BucketInRegion {
  const { keepData } = settings;
  const { transformBucket = unchanged, transformPolicy = unchanged, cell } = args;
  const { name: bucketName, arn } = inRegion(bucketNames(cell, args.name), region);
  const bucketArgs = { region, bucket: bucketName, forceDestroy: !keepData };
  // Nobody can empty a bucket under compliance, so destroying the stack leaves it where it is.
  const isKeptForLaw = settings.retentionMode === "COMPLIANCE";
  const bucket = new aws.s3.Bucket(`${name}-${region}`, transformBucket(bucketArgs), {
    ...child,
    protect: keepData,
    retainOnDelete: isKeptForLaw,
  });

  const of = { region, bucket: bucket.bucket };
  const versioning = new aws.s3.BucketVersioning(
    `${name}-versioning-${region}`,
    { ...of, versioningConfiguration: { status: "Enabled" } },
    child,
  );
  new aws.s3.BucketOwnershipControls(
    `${name}-ownership-${region}`,
    { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } },
    child,
  );
  const access = new aws.s3.BucketPublicAccessBlock(
    `${name}-access-${region}`,
    {
      ...of,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    child,
  );
  const encryption = new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}-encryption-${region}`,
    { ...of, rules: [encryptedWith(args.keyArns[region])] },
    child,
  );
  const policy = resourcePolicy(denyWithoutTls(["s3:*"], [arn, `${arn}/*`]));
  new aws.s3.BucketPolicy(
    `${name}-policy-${region}`,
    transformPolicy({ ...of, policy: JSON.stringify(policy) }),
    { ...child, dependsOn: access }, // S3 refuses two changes of a bucket's access at once
  );
  const versioned = { ...child, dependsOn: versioning };
  new aws.s3.BucketLifecycleConfiguration(
    `${name}-lifecycle-${region}`,
    { ...of, rules: [lifecycleRule(settings)] },
    versioned,
  );
  const lock = lockOf(settings).map((rule) => {
    const kept = { ...versioned, protect: keepData, retainOnDelete: isKeptForLaw };
    const lockArgs = { ...of, objectLockEnabled: "Enabled", rule };
    return new aws.s3.BucketObjectLockConfiguration(`${name}-lock-${region}`, lockArgs, kept);
  });
  return { bucket, neededByReplication: [versioning, encryption, ...lock] };
}

function encryptedWith(kmsMasterKeyId: pulumi.Input<string> | undefined) {
  return {
    bucketKeyEnabled: true,
    applyServerSideEncryptionByDefault: {
      sseAlgorithm: "aws:kms",
      ...(kmsMasterKeyId !== undefined && { kmsMasterKeyId }),
    },
  };
}

function lifecycleRule(settings: BucketSettings) {
  const { archiveAfterDays, archiveClass = "", expireAfterDays, versionDays } = settings;
  return {
    id: "age",
    status: "Enabled",
    filter: {},
    abortIncompleteMultipartUpload: { daysAfterInitiation: abandonedUploadDays },
    noncurrentVersionExpiration: { noncurrentDays: versionDays },
    ...(archiveAfterDays !== undefined && {
      transitions: [{ days: archiveAfterDays, storageClass: archiveClass }],
    }),
    ...(expireAfterDays !== undefined && { expiration: { days: expireAfterDays } }),
  };
}

/**
 * The lock is set on the bucket that stands, not at its creation: so it can be turned on later
 * without making the bucket anew. Source: S3 User Guide, "Configuring S3 Object Lock".
 */
function lockOf({ retentionYears, retentionMode = "" }: BucketSettings) {
  if (retentionYears === undefined) return [];
  return [{ defaultRetention: { mode: retentionMode, years: retentionYears } }];
}
