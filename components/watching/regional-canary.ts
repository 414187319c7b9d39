import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ignoredAfterFailover } from "../../runtime/core/cells/drift-guards.js";
import { partitionOf } from "../../runtime/core/partition.js";
import { type Transform, unchanged } from "../arguments.js";
import type { Cell } from "../cells/cell.js";
import { canaryPolicy } from "../iam/canary-policy.js";
import { trustService } from "../iam/document.js";
import { type CanaryBucket, canaryBucket, runsPrefix, scriptPrefix } from "./canary-bucket.js";
import { type CanaryNames, canaryNames } from "./canary-names.js";
import { canaryScript, scriptHandler, scriptPath } from "./canary-script.js";

/** The longest that a run may take, its cold start included, so that the next one finds it gone. */
const runSeconds = 55;
const memoryMib = 960; // the least that Synthetics takes

/** A canary in one Region. */
export interface RegionalCanaryArgs {
  readonly cell: Cell;
  readonly region: string;
  readonly other: string;
  readonly canaryName: string;
  /** What the other Region answers at. */
  readonly healthUrl: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  readonly timeoutSeconds: number;
  readonly keptDays: number;
  readonly runtimeVersion: string;
  readonly transformCanary?: Transform<aws.synthetics.CanaryArgs>;
  readonly transformBucket?: Transform<aws.s3.BucketArgs>;
}

/** Asks the other Region each minute, with a role, a script and a bucket of its own Region. */
export function regionalCanary(
  name: string,
  args: RegionalCanaryArgs,
  child: pulumi.CustomResourceOptions,
): aws.synthetics.Canary {
  const { cell, region, keyArn, keptDays, transformCanary = unchanged, transformBucket } = args;
  const names = canaryNames(cell, args.canaryName, region);
  const bucket = canaryBucket(
    name,
    {
      region,
      named: names.bucket,
      keyArn,
      keptDays,
      ...(transformBucket && { transformBucket }),
    },
    child,
  );
  const script = scriptObject(name, region, bucket, child);
  const allowed = canaryRole(name, args, names, child);
  const canaryArgs: aws.synthetics.CanaryArgs = {
    region,
    name: names.canary.name,
    runtimeVersion: args.runtimeVersion,
    handler: scriptHandler,
    s3Bucket: script.bucket,
    s3Key: script.key,
    s3Version: script.versionId,
    executionRoleArn: names.role.arn,
    artifactS3Location: `s3://${names.bucket.name}/${runsPrefix}`,
    artifactConfig: { s3Encryption: { encryptionMode: "SSE_KMS", kmsKeyArn: keyArn } },
    schedule: { expression: "rate(1 minute)" },
    runConfig: {
      timeoutInSeconds: runSeconds,
      memoryInMb: memoryMib,
      environmentVariables: {
        HEALTH_URL: args.healthUrl,
        TIMEOUT_SECONDS: String(args.timeoutSeconds),
      },
    },
    successRetentionPeriod: keptDays,
    failureRetentionPeriod: keptDays,
    startCanary: true,
    deleteLambda: true,
  };
  return new aws.synthetics.Canary(`${name}-${region}`, transformCanary(canaryArgs), {
    ...child,
    dependsOn: allowed,
    ignoreChanges: ignoredAfterFailover("aws:synthetics/canary:Canary"),
  });
}

/** Another script is another version of the object, which the canary then takes. */
function scriptObject(
  name: string,
  region: string,
  { bucket, settled }: CanaryBucket,
  child: pulumi.CustomResourceOptions,
): aws.s3.BucketObjectv2 {
  const source = new pulumi.asset.AssetArchive({
    [scriptPath]: new pulumi.asset.StringAsset(canaryScript),
  });
  return new aws.s3.BucketObjectv2(
    `${name}-script-${region}`,
    { region, bucket: bucket.bucket, key: `${scriptPrefix}ask-region.zip`, source },
    { ...child, dependsOn: [...settled] },
  );
}

function canaryRole(
  name: string,
  { cell, region, other }: RegionalCanaryArgs,
  names: CanaryNames,
  child: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const role = new aws.iam.Role(
    `${name}-role-${region}`,
    {
      name: names.role.name,
      description: `Asks from ${region} whether ${other} answers`,
      assumeRolePolicy: JSON.stringify(trustService("lambda.amazonaws.com")),
    },
    child,
  );
  const policy = canaryPolicy({
    region,
    bucketArn: names.bucket.arn,
    runsArn: `${names.bucket.arn}/${runsPrefix}*`,
    logsArn: names.logs,
    keysArn: `arn:${partitionOf(region)}:kms:${region}:${cell.account}:key/*`,
  });
  const policyArgs = { role: role.name, name: "own-work", policy: JSON.stringify(policy) };
  return [role, new aws.iam.RolePolicy(`${name}-policy-${region}`, policyArgs, child)];
}
