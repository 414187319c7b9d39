import type { Named } from "../named.js";
import {
  denyWithoutTls,
  type PolicyDocument,
  type ResourceStatement,
  resourcePolicy,
} from "./document.js";

/**
 * The policy of a bucket that trails of an account write to, and nobody without TLS.
 * Source: CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail".
 */
export function trailBucketPolicy(
  account: string,
  { arn }: Named,
  trailArns: readonly string[],
): PolicyDocument<ResourceStatement> {
  const trails = { "aws:SourceArn": trailArns };
  const owned = { "s3:x-amz-acl": "bucket-owner-full-control" };
  return resourcePolicy(
    denyWithoutTls(["s3:*"], [arn, `${arn}/*`]),
    byTrails("TrailsAsk", "s3:GetBucketAcl", arn, trails),
    byTrails("TrailsWrite", "s3:PutObject", `${arn}/AWSLogs/${account}/*`, { ...trails, ...owned }),
  );
}

function byTrails(
  Sid: string,
  action: string,
  resource: string,
  StringEquals: Readonly<Record<string, string | readonly string[]>>,
): ResourceStatement {
  return {
    Sid,
    Effect: "Allow",
    Principal: { Service: ["cloudtrail.amazonaws.com"] },
    Action: [action],
    Resource: [resource],
    Condition: { StringEquals },
  };
}
