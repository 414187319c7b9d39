import { bucket, type DeclaredEdge, pulled, pushed, type Reference } from "./declared-edge.js";

const tableTarget = "rule.destinations[].destinationTableBucketArn";
const tableBucket: Reference = { type: "aws:s3tables/tableBucket:TableBucket", property: "arn" };

/** Where a delivery stream writes to: one of these, and the copies of what it could not deliver. */
const streamTargets = [
  "elasticsearchConfiguration.s3Configuration",
  "extendedS3Configuration",
  "extendedS3Configuration.s3BackupConfiguration",
  "httpEndpointConfiguration.s3Configuration",
  "icebergConfiguration.s3Configuration",
  "opensearchConfiguration.s3Configuration",
  "opensearchserverlessConfiguration.s3Configuration",
  "redshiftConfiguration.s3BackupConfiguration",
  "redshiftConfiguration.s3Configuration",
  "snowflakeConfiguration.s3Configuration",
  "splunkConfiguration.s3Configuration",
].map((at) => `${at}.bucketArn`);

const workflowSteps = ["steps[]", "onExceptionSteps[]"].flatMap((steps) =>
  ["copyStepDetails", "decryptStepDetails"].map(
    (step) => `${steps}.${step}.destinationFileLocation.s3FileLocation.bucket`,
  ),
);

/** Where each type writes customers' data into a bucket. */
const written: Readonly<Record<string, readonly string[]>> = {
  "aws:appfabric/ingestionDestination:IngestionDestination": [
    "destinationConfiguration.auditLog.destination.s3Bucket.bucketName",
  ],
  "aws:bedrock/agentcoreBrowser:AgentcoreBrowser": ["recording.s3Location.bucket"],
  "aws:bedrock/agentcoreMemoryStrategy:AgentcoreMemoryStrategy": [
    "configuration.selfManagedConfiguration.invocationConfiguration.payloadDeliveryBucketName",
  ],
  "aws:chimesdkmediapipelines/mediaInsightsPipelineConfiguration:MediaInsightsPipelineConfiguration":
    ["elements[].s3RecordingSinkConfiguration.destination"],
  "aws:cleanrooms/membership:Membership": [
    "defaultResultConfiguration.outputConfiguration.s3.bucket",
  ],
  "aws:customerprofiles/domain:Domain": [
    "matching.exportingConfig.s3Exporting.s3BucketName",
    "ruleBasedMatching.exportingConfig.s3Exporting.s3BucketName",
  ],
  "aws:connect/instanceStorageConfig:InstanceStorageConfig": ["storageConfig.s3Config.bucketName"],
  "aws:dataexchange/eventAction:EventAction": [
    "action.exportRevisionToS3.revisionDestination.bucket",
  ],
  "aws:datasync/s3Location:S3Location": ["s3BucketArn"],
  "aws:dms/s3Endpoint:S3Endpoint": ["bucketName"],
  "aws:dynamodb/tableExport:TableExport": ["s3Bucket"],
  "aws:elastictranscoder/pipeline:Pipeline": ["outputBucket"],
  "aws:evidently/project:Project": ["dataDelivery.s3Destination.bucket"],
  "aws:imagebuilder/distributionConfiguration:DistributionConfiguration": [
    "distributions[].s3ExportConfiguration.s3Bucket",
  ],
  "aws:iot/topicRule:TopicRule": ["errorAction.s3.bucketName", "s3[].bucketName"],
  "aws:ivs/recordingConfiguration:RecordingConfiguration": [
    "destinationConfiguration.s3.bucketName",
  ],
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": streamTargets,
  "aws:mailmanager/ruleSet:RuleSet": ["rules[].actions[].writeToS3.s3Bucket"],
  "aws:msk/channel:Channel": [
    "icebergDestination.deadLetterQueueS3.bucketArn",
    "s3Destination.deadLetterQueueS3.bucketArn",
    "s3Destination.storage.bucketArn",
  ],
  "aws:rekognition/streamProcessor:StreamProcessor": ["output.s3Destination.bucket"],
  "aws:s3/bucket:Bucket": ["replicationConfiguration.rules[].destination.bucket"],
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": ["rules[].destination.bucket"],
  "aws:s3/bucketV2:BucketV2": ["replicationConfigurations[].rules[].destinations[].bucket"],
  "aws:ses/receiptRule:ReceiptRule": ["s3Actions[].bucketName"],
  "aws:timestreamquery/scheduledQuery:ScheduledQuery": [
    "errorReportConfiguration.s3Configuration.bucketName",
  ],
  "aws:timestreamwrite/table:Table": [
    "magneticStoreWriteProperties.magneticStoreRejectedDataLocation.s3Configuration.bucketName",
  ],
  "aws:transfer/workflow:Workflow": workflowSteps,
};

/** The ways by which data goes into a bucket. */
export const bucketEdges: readonly DeclaredEdge[] = [
  ...Object.entries(written).flatMap(([type, paths]) =>
    paths.map((path) => pushed(type, "bucket", path, bucket)),
  ),
  pushed(
    "aws:s3tables/tableBucketReplication:TableBucketReplication",
    "bucket",
    tableTarget,
    tableBucket,
  ),
  pushed("aws:s3tables/tableReplication:TableReplication", "bucket", tableTarget, tableBucket),
  pulled(
    "aws:ebs/snapshotImport:SnapshotImport",
    "image",
    "diskContainer.userBucket.s3Bucket",
    bucket,
  ),
  pushed("aws:storagegateway/nfsFileShare:NfsFileShare", "bucket", "bucketRegion"),
  pushed("aws:storagegateway/smbFileShare:SmbFileShare", "bucket", "bucketRegion"),
];
