import {
  bucket,
  type DeclaredEdge,
  deliveryStream,
  lambda,
  logGroup,
  pulled,
  pushed,
  type Reference,
  stream,
} from "./declared-edge.js";

/** What takes logs by its ARN. */
const sink: Reference = { ...bucket, otherTypes: [deliveryStream, logGroup] };

/** Where each type writes logs, reports and findings into a bucket, or into any sink by its ARN. */
const written: Readonly<Record<string, readonly string[]>> = {
  "aws:auditmanager/assessment:Assessment": ["assessmentReportsDestination.destination"],
  "aws:apigateway/stage:Stage": ["accessLogSettings.destinationArn"],
  "aws:apigatewayv2/stage:Stage": ["accessLogSettings.destinationArn"],
  "aws:backup/reportPlan:ReportPlan": ["reportDeliveryChannel.s3BucketName"],
  "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration": [
    "loggingConfig.cloudwatchConfig.largeDataDeliveryS3Config.bucketName",
    "loggingConfig.s3Config.bucketName",
  ],
  "aws:cfg/conformancePack:ConformancePack": ["deliveryS3Bucket"],
  "aws:cfg/deliveryChannel:DeliveryChannel": ["s3BucketName"],
  "aws:cfg/organizationConformancePack:OrganizationConformancePack": ["deliveryS3Bucket"],
  "aws:cloudtrail/trail:Trail": ["s3BucketName"],
  "aws:cloudwatch/internetMonitor:InternetMonitor": [
    "internetMeasurementsLogDelivery.s3Config.bucketName",
  ],
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": [
    "deliveryDestinationConfiguration.destinationResourceArn",
  ],
  "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration": [
    "logConfigurations[].s3Configuration.bucketArn",
  ],
  "aws:datasync/task:Task": ["taskReportConfig.s3Destination.s3BucketArn"],
  "aws:ec2/flowLog:FlowLog": ["logDestination"],
  "aws:ecs/cluster:Cluster": [
    "configuration.executeCommandConfiguration.logConfiguration.s3BucketName",
  ],
  "aws:fis/experimentTemplate:ExperimentTemplate": [
    "experimentReportConfiguration.outputs.s3Configuration.bucketName",
    "logConfiguration.s3Configuration.bucketName",
  ],
  "aws:fsx/lustreFileSystem:LustreFileSystem": ["logConfiguration.destination"],
  "aws:fsx/windowsFileSystem:WindowsFileSystem": ["auditLogConfiguration.auditLogDestination"],
  "aws:guardduty/publishingDestination:PublishingDestination": ["destinationArn"],
  "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration": [
    "logging.s3Logs.s3BucketName",
  ],
  "aws:ivschat/loggingConfiguration:LoggingConfiguration": [
    "destinationConfiguration.s3.bucketName",
  ],
  "aws:macie2/classificationExportConfiguration:ClassificationExportConfiguration": [
    "s3Destination.bucketName",
  ],
  "aws:msk/channel:Channel": ["loggingInfo.s3.bucket"],
  "aws:msk/cluster:Cluster": ["loggingInfo.brokerLogs.s3.bucket"],
  "aws:msk/replicator:Replicator": ["logDelivery.replicatorLogDelivery.s3.bucket"],
  "aws:mskconnect/connector:Connector": ["logDelivery.workerLogDelivery.s3.bucket"],
  "aws:networkfirewall/loggingConfiguration:LoggingConfiguration": [
    "loggingConfiguration.logDestinationConfigs[].logDestination.bucketName",
  ],
  "aws:pipes/pipe:Pipe": ["logConfiguration.s3LogDestination.bucketName"],
  "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": ["destinationArn"],
  "aws:sfn/stateMachine:StateMachine": ["loggingConfiguration.logDestination"],
  "aws:sns/smsPreferences:SmsPreferences": ["usageReportS3Bucket"],
  "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask": [
    "taskInvocationParameters.runCommandParameters.outputS3Bucket",
  ],
  "aws:storagegateway/fileSystemAssociation:FileSystemAssociation": ["auditDestinationArn"],
  "aws:storagegateway/nfsFileShare:NfsFileShare": ["auditDestinationArn"],
  "aws:storagegateway/smbFileShare:SmbFileShare": ["auditDestinationArn"],
  "aws:timestreaminfluxdb/dbCluster:DbCluster": [
    "logDeliveryConfiguration.s3Configuration.bucketName",
  ],
  "aws:timestreaminfluxdb/dbInstance:DbInstance": [
    "logDeliveryConfiguration.s3Configuration.bucketName",
  ],
  "aws:verifiedaccess/instanceLoggingConfiguration:InstanceLoggingConfiguration": [
    "accessLogs.s3.bucketName",
  ],
  "aws:vpclattice/accessLogSubscription:AccessLogSubscription": ["destinationArn"],
  "aws:wafregional/webAcl:WebAcl": ["loggingConfiguration.logDestination"],
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": ["logDestinationConfigs[]"],
  "aws:workspacesweb/sessionLogger:SessionLogger": ["logConfiguration.s3.bucket"],
};

/** The Regions from which findings, settings and logs of several are gathered into one's own. */
const gathered: Readonly<Record<string, readonly string[]>> = {
  "aws:cfg/configurationAggregator:ConfigurationAggregator": [
    "accountAggregationSource.regions[]",
    "organizationAggregationSource.regions[]",
  ],
  "aws:securityhub/aggregatorV2:AggregatorV2": ["linkedRegions[]"],
  "aws:securityhub/findingAggregator:FindingAggregator": ["specifiedRegions[]"],
};

const centralization =
  "aws:observabilityadmin/centralizationRuleForOrganization:CentralizationRuleForOrganization";

/** The ways by which logs and what is observed go from Region to Region. */
export const logEdges: readonly DeclaredEdge[] = [
  ...Object.entries(written).flatMap(([type, paths]) =>
    paths.map((path) => pushed(type, "log", path, sink)),
  ),
  ...Object.entries(gathered).flatMap(([type, paths]) =>
    paths.map((path) => pulled(type, "observability", path)),
  ),
  pushed("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", "log", "destinationArn", {
    type: "aws:cloudwatch/logDestination:LogDestination",
    property: "name",
    otherTypes: [stream, deliveryStream, lambda],
  }),
  pushed("aws:cloudwatch/logDestination:LogDestination", "log", "targetArn", {
    type: stream,
    property: "name",
    otherTypes: [deliveryStream],
  }),
  pushed("aws:cloudwatch/logDelivery:LogDelivery", "log", "deliveryDestinationArn", {
    type: "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
    property: "arn",
  }),
  pulled("aws:cloudtrail/trail:Trail", "log", "isMultiRegionTrail", "cells"),
  pushed("aws:oam/link:Link", "observability", "sinkIdentifier", {
    type: "aws:oam/sink:Sink",
    property: "name",
    otherTypes: ["aws:oam/sinkPolicy:SinkPolicy"],
  }),
  pulled(centralization, "log", "rule.source.regions[]"),
  pushed(centralization, "log", "rule.destination.region"),
  pushed(
    centralization,
    "log",
    "rule.destination.destinationLogsConfiguration.backupConfiguration.region",
  ),
  pushed(
    centralization,
    "log",
    "rule.destination.destinationMetricsConfiguration.backupConfiguration.region",
  ),
  pushed(
    "aws:securitylake/dataLake:DataLake",
    "log",
    "configuration.replicationConfiguration.regions[]",
  ),
  pushed("aws:ssm/association:Association", "log", "outputLocation.s3Region"),
  pushed("aws:ssm/resourceDataSync:ResourceDataSync", "log", "s3Destination.region"),
];
