import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { partitionOf } from "../../runtime/core/partition.js";
import { type Transform, unchanged } from "../arguments.js";
import type { Cell } from "../cells/cell.js";
import {
  allow,
  policyDocument,
  resourcePolicy,
  type Statement,
  trustService,
} from "../iam/document.js";
import { type FlagNames, flagKey, flagNames } from "./take-over-names.js";

const stageName = "flag";

/** Path at which a flag is seen: 200 when it is there, 404 in every other case. */
export const flagPath = `/${stageName}/${flagKey}`;

/** What serves a Region's flag. */
export interface Flag {
  /** Name of the host that answers, once it does. */
  readonly host: pulumi.Output<string>;
  /** The object whose presence is the flag. */
  readonly object: pulumi.Output<string>;
}

/** Last words on what serves a flag. */
export interface FlagTransforms {
  readonly transformBucket?: Transform<aws.s3.BucketArgs>;
  readonly transformApi?: Transform<aws.apigateway.RestApiArgs>;
}

/**
 * A private bucket for one object, and an API that tells the whole world whether the object is
 * there, and nothing else. No code of ours runs.
 */
export function servedFlag(
  name: string,
  { cell, region, keyArn, transforms }: FlagRequest,
  child: pulumi.CustomResourceOptions,
): Flag {
  const names = flagNames(cell, region);
  const bucket = privateBucket(name, region, names, transforms.transformBucket, child);
  if (keyArn !== undefined) encrypted(name, region, bucket, keyArn, child);
  const readers = flagReader(
    name,
    region,
    names,
    { account: cell.account, isEncrypted: keyArn !== undefined },
    child,
  );
  const { transformApi = unchanged } = transforms;
  const apiArgs = transformApi({
    region,
    name: names.api,
    description: `Shows whether ${region} takes over`,
    endpointConfiguration: { types: "REGIONAL" },
    body: JSON.stringify(apiBody(region, names)),
  });
  const api = new aws.apigateway.RestApi(`${name}-api-${region}`, apiArgs, {
    ...child,
    dependsOn: [bucket, ...readers],
  });
  const { body, policy } = apiArgs;
  const triggers = { body: textOf(body), policy: textOf(policy) };
  const deployment = new aws.apigateway.Deployment(
    `${name}-deployment-${region}`,
    { region, restApi: api.id, triggers },
    child,
  );
  const stage = new aws.apigateway.Stage(
    `${name}-stage-${region}`,
    { region, restApi: api.id, deployment: deployment.id, stageName },
    child,
  );
  const host = stage.restApi.apply((id) => `${id}.execute-api.${region}.${suffixOf(region)}`);
  return { host, object: bucket.bucket.apply((made) => `s3://${made}/${flagKey}`) };
}

/** A deployment of an API holds what the API was, so another body or policy asks for another one. */
function textOf(value: pulumi.Input<string | undefined> | undefined): pulumi.Output<string> {
  return pulumi.output(value).apply((text) => text ?? "");
}

interface FlagRequest {
  readonly cell: Cell;
  readonly region: string;
  /** Key of the Region that encrypts the bucket; S3's own when absent. */
  readonly keyArn: pulumi.Output<string> | undefined;
  readonly transforms: FlagTransforms;
}

function privateBucket(
  name: string,
  region: string,
  { bucket: named }: FlagNames,
  transformBucket: Transform<aws.s3.BucketArgs> = unchanged,
  child: pulumi.CustomResourceOptions,
): aws.s3.Bucket {
  // A flag is no data: one that was left behind does not keep its bucket from being deleted.
  const bucketArgs = transformBucket({ region, bucket: named.name, forceDestroy: true });
  const bucket = new aws.s3.Bucket(`${name}-flag-${region}`, bucketArgs, child);
  const block = new aws.s3.BucketPublicAccessBlock(
    `${name}-flag-block-${region}`,
    {
      region,
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    child,
  );
  const policy = resourcePolicy({
    Sid: "OnlyEncrypted",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:*"],
    Resource: [named.arn, `${named.arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
  new aws.s3.BucketPolicy(
    `${name}-flag-policy-${region}`,
    { region, bucket: bucket.bucket, policy: JSON.stringify(policy) },
    { ...child, dependsOn: [block] },
  );
  return bucket;
}

function encrypted(
  name: string,
  region: string,
  { bucket }: aws.s3.Bucket,
  kmsMasterKeyId: pulumi.Output<string>,
  child: pulumi.CustomResourceOptions,
): void {
  const byDefault = { sseAlgorithm: "aws:kms", kmsMasterKeyId };
  new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}-flag-encryption-${region}`,
    {
      region,
      bucket,
      rules: [{ applyServerSideEncryptionByDefault: byDefault, bucketKeyEnabled: true }],
    },
    child,
  );
}

/** The role that the API takes: it may read the flag, and nothing besides. */
function flagReader(
  name: string,
  region: string,
  { role: named, bucket }: FlagNames,
  { account, isEncrypted }: { readonly account: string; readonly isEncrypted: boolean },
  child: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const role = new aws.iam.Role(
    `${name}-reader-${region}`,
    {
      name: named.name,
      description: `Reads the flag in ${region}`,
      assumeRolePolicy: JSON.stringify(trustService("apigateway.amazonaws.com")),
    },
    child,
  );
  const read = allow("ReadFlag", ["s3:GetObject"], [`${bucket.arn}/${flagKey}`]);
  const statements = isEncrypted ? [read, decryptFlag(region, account, bucket.arn)] : [read];
  const policy = JSON.stringify(policyDocument(...statements));
  const policyArgs = { role: role.name, name: "own-work", policy };
  const attached = new aws.iam.RolePolicy(`${name}-reader-policy-${region}`, policyArgs, child);
  return [role, attached];
}

/**
 * Known at preview, when a new key has no ARN yet: the bucket tells which key it is. With a bucket key
 * the encryption context is the bucket. Source: S3 User Guide, reducing the cost of SSE-KMS.
 */
function decryptFlag(region: string, account: string, bucketArn: string): Statement {
  const keys = `arn:${partitionOf(region)}:kms:${region}:${account}:key/*`;
  return allow("DecryptFlag", ["kms:Decrypt"], [keys], {
    StringEquals: {
      "kms:ViaService": `s3.${region}.amazonaws.com`,
      "kms:EncryptionContext:aws:s3:arn": bucketArn,
    },
  });
}

/** S3 answers 403 for what is not there, because the reader may not list; all that is not 200 is 404. */
function apiBody(region: string, { api, bucket, role }: FlagNames) {
  const integration = {
    type: "aws",
    httpMethod: "GET",
    uri: `arn:${partitionOf(region)}:apigateway:${region}:s3:path/${bucket.name}/${flagKey}`,
    credentials: role.arn,
    passthroughBehavior: "when_no_match",
    responses: { "200": { statusCode: "200" }, default: { statusCode: "404" } },
  };
  const responses = { "200": { description: "taken over" }, "404": { description: "not" } };
  return {
    openapi: "3.0.1",
    info: { title: api, version: "1" },
    paths: {
      [`/${flagKey}`]: { get: { responses, "x-amazon-apigateway-integration": integration } },
    },
  };
}

function suffixOf(region: string): string {
  return partitionOf(region) === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
