import type { Properties } from "../sdk.js";
import {
  arnOf,
  globalArn,
  type Made,
  type Making,
  named,
  type StandInType,
  text,
} from "./making.js";

/** Settings of a bucket go by its name. */
const ofBucket: StandInType = {
  make: ({ inputs }) => ({ id: text(inputs.bucket), outputs: {} }),
};

/** Stores and queues. */
export const dataTypes: Readonly<Record<string, StandInType>> = {
  "aws:dynamodb/table:Table": named((making) => ({
    id: making.name,
    outputs: {
      arn: arnOf(making, "dynamodb", `table/${making.name}`),
      billingMode: "PROVISIONED",
      tableClass: "STANDARD",
    },
  })),
  "aws:dynamodb/tableItem:TableItem": { make: tableItem },
  "aws:s3/bucket:Bucket": {
    nameInput: "bucket",
    make: (making) => ({
      id: making.name,
      outputs: {
        arn: globalArn(making, "s3", making.name),
        bucketDomainName: `${making.name}.s3.amazonaws.com`,
        bucketRegionalDomainName: `${making.name}.s3.${making.region}.amazonaws.com`,
      },
    }),
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket,
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": ofBucket,
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    nameInput: "key",
    make: ({ inputs, name, partition, digits }) => ({
      id: `${text(inputs.bucket)}/${name}`,
      outputs: {
        arn: `arn:${partition}:s3:::${text(inputs.bucket)}/${name}`,
        versionId: digits.slice(0, 32),
      },
    }),
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ofBucket,
  "aws:s3/bucketPolicy:BucketPolicy": ofBucket,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket,
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": ofBucket,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    ofBucket,
  "aws:s3/bucketVersioning:BucketVersioning": ofBucket,
  "aws:secretsmanager/secret:Secret": named((making) => {
    const suffix = making.digits.slice(0, 6);
    const arn = arnOf(making, "secretsmanager", `secret:${making.name}-${suffix}`);
    return { id: arn, outputs: { arn } };
  }),
  "aws:secretsmanager/secretRotation:SecretRotation": {
    make: ({ inputs }) => ({ id: text(inputs.secretId), outputs: { rotationEnabled: true } }),
  },
  "aws:sqs/queuePolicy:QueuePolicy": {
    make: ({ inputs }) => ({ id: text(inputs.queueUrl), outputs: {} }),
  },
  "aws:sqs/queue:Queue": named((making) => {
    const url = `https://sqs.${making.region}.amazonaws.com/${making.account}/${making.name}`;
    return { id: url, outputs: { arn: arnOf(making, "sqs", making.name), url } };
  }),
};

function tableItem({ inputs }: Making): Made {
  const keys = [inputs.hashKey, inputs.rangeKey].map(text).filter((key) => key !== "");
  const item = itemOf(inputs.item);
  const values = keys.map((key) => Object.values(item[key] ?? {}).join(""));
  return { id: [text(inputs.tableName), ...keys, ...values].join("|"), outputs: {} };
}

function itemOf(json: unknown): Readonly<Record<string, Properties>> {
  try {
    return JSON.parse(text(json)) as Readonly<Record<string, Properties>>;
  } catch {
    return {};
  }
}
