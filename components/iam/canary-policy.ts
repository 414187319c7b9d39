import { allow, type PolicyDocument, policyDocument } from "./document.js";

/** What a canary touches. */
export interface CanaryScope {
  readonly region: string;
  readonly bucketArn: string;
  /** Objects that it writes: records of its runs. */
  readonly runsArn: string;
  /** Log groups of its function. */
  readonly logsArn: string;
  /** Keys of its account in its Region: which of them it uses is known only after the deployment. */
  readonly keysArn: string;
}

/**
 * What a canary may do. Two actions know no resource; of the metrics only its own namespace is open.
 * Source: "Required roles and permissions for canaries", CloudWatch User Guide.
 */
export function canaryPolicy(scope: CanaryScope): PolicyDocument {
  const { region, bucketArn, runsArn, logsArn, keysArn } = scope;
  return policyDocument(
    allow("KeepRuns", ["s3:GetObject", "s3:PutObject"], [runsArn]),
    allow("FindBucket", ["s3:GetBucketLocation"], [bucketArn]),
    allow("FindBuckets", ["s3:ListAllMyBuckets"], ["*"]),
    allow("EncryptRuns", ["kms:Decrypt", "kms:GenerateDataKey"], [keysArn], {
      StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` },
      // With a bucket key the context is the bucket, without one the object.
      StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucketArn, runsArn] },
    }),
    allow(
      "WriteOwnLog",
      ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      [logsArn],
    ),
    allow("PublishResults", ["cloudwatch:PutMetricData"], ["*"], {
      StringEquals: { "cloudwatch:namespace": "CloudWatchSynthetics" },
    }),
  );
}
