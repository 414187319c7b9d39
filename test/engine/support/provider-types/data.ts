import type { ProviderType } from "./provider-type.js";

/** Settings of a bucket are another bucket's when its name changes. */
const settingsOfBuckets: Readonly<Record<string, ProviderType>> = {
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    alsoReplacing: ["bucket", "expectedBucketOwner"],
  },
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": {
    alsoReplacing: ["bucket", "expectedBucketOwner", "objectLockEnabled"],
  },
  "aws:s3/bucketObjectv2:BucketObjectv2": { alsoReplacing: ["bucket", "key"] },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": { alsoReplacing: ["bucket"] },
  "aws:s3/bucketPolicy:BucketPolicy": { alsoReplacing: ["bucket"] },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": { alsoReplacing: ["bucket"] },
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": { alsoReplacing: ["bucket"] },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    alsoReplacing: ["bucket", "expectedBucketOwner"],
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    alsoReplacing: ["bucket", "expectedBucketOwner"],
  },
};

/** Stores and queues. */
export const data: Readonly<Record<string, ProviderType>> = {
  "aws:dynamodb/table:Table": {
    registryType: "AWS::DynamoDB::Table",
    inputs: { ImportSourceSpecification: ["importTable"], KeySchema: ["hashKey", "rangeKey"] },
    alsoReplacing: ["localSecondaryIndexes"],
  },
  "aws:dynamodb/tableItem:TableItem": { alsoReplacing: ["tableName", "hashKey", "rangeKey"] },
  "aws:s3/bucket:Bucket": {
    registryType: "AWS::S3::Bucket",
    inputs: { BucketName: ["bucket"], BucketNamePrefix: ["bucketPrefix"] },
  },
  ...settingsOfBuckets,
  "aws:secretsmanager/secret:Secret": { registryType: "AWS::SecretsManager::Secret" },
  "aws:secretsmanager/secretRotation:SecretRotation": {
    registryType: "AWS::SecretsManager::RotationSchedule",
  },
  "aws:sqs/queue:Queue": { registryType: "AWS::SQS::Queue" },
  "aws:sqs/queuePolicy:QueuePolicy": { alsoReplacing: ["queueUrl"] },
};
