import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Transform, unchanged } from "../arguments.js";
import { denyWithoutTls, resourcePolicy } from "../iam/document.js";
import type { Named } from "../named.js";

/** Where a canary's script and the records of its runs lie, under the bucket. */
export const scriptPrefix = "script/";
export const runsPrefix = "runs/";

/** A bucket of one canary. */
export interface CanaryBucketArgs {
  readonly region: string;
  readonly named: Named;
  readonly keyArn: pulumi.Output<string>;
  readonly keptDays: number;
  readonly transformBucket?: Transform<aws.s3.BucketArgs>;
}

/** A private bucket, and what must be settled before something is put into it. */
export interface CanaryBucket {
  readonly bucket: aws.s3.Bucket;
  readonly settled: readonly pulumi.Resource[];
}

/** A bucket for a canary: private, encrypted, with versions, and rid of what is old. */
export function canaryBucket(
  name: string,
  { region, named, keyArn, keptDays, transformBucket = unchanged }: CanaryBucketArgs,
  child: pulumi.CustomResourceOptions,
): CanaryBucket {
  // Records of runs are no data: they do not keep the bucket from being deleted.
  const bucketArgs = transformBucket({ region, bucket: named.name, forceDestroy: true });
  const bucket = new aws.s3.Bucket(`${name}-bucket-${region}`, bucketArgs, child);
  const of = { region, bucket: bucket.bucket };
  const versioning = new aws.s3.BucketVersioning(
    `${name}-versioning-${region}`,
    { ...of, versioningConfiguration: { status: "Enabled" } },
    child,
  );
  const byDefault = { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn };
  const encryption = new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}-encryption-${region}`,
    { ...of, rules: [{ applyServerSideEncryptionByDefault: byDefault, bucketKeyEnabled: true }] },
    child,
  );
  const block = new aws.s3.BucketPublicAccessBlock(
    `${name}-block-${region}`,
    {
      ...of,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    child,
  );
  const policy = resourcePolicy(denyWithoutTls(["s3:*"], [named.arn, `${named.arn}/*`]));
  new aws.s3.BucketPolicy(
    `${name}-bucket-policy-${region}`,
    { ...of, policy: JSON.stringify(policy) },
    { ...child, dependsOn: [block] }, // S3 refuses two changes of a bucket's access at once
  );
  new aws.s3.BucketLifecycleConfiguration(
    `${name}-lifecycle-${region}`,
    { ...of, rules: lifecycle(keptDays) },
    { ...child, dependsOn: [versioning] },
  );
  return { bucket, settled: [versioning, encryption, block] };
}

/** Runs expire; of the script the newest version stays. */
function lifecycle(keptDays: number) {
  const noncurrentVersionExpiration = { noncurrentDays: keptDays };
  const expiration = { days: keptDays };
  return [
    {
      id: "runs",
      status: "Enabled",
      filter: { prefix: runsPrefix },
      expiration,
      noncurrentVersionExpiration,
    },
    {
      id: "script",
      status: "Enabled",
      filter: { prefix: scriptPrefix },
      noncurrentVersionExpiration,
    },
  ];
}
