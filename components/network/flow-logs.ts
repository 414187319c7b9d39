import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { partitionOf } from "../../runtime/core/partition.js";
import type { Cell } from "../cells/cell.js";
import { allow, policyDocument, trustService } from "../iam/document.js";
import { networkNames } from "./names.js";

/** What the flow logs of a VPC need to know. */
export interface FlowLogsArgs {
  readonly cell: Cell;
  readonly region: string;
  readonly vpcId: pulumi.Output<string>;
  readonly retentionInDays: pulumi.Output<number>;
  readonly logKeyArn: pulumi.Input<string> | undefined;
}

/** Records of all connections of a VPC, in a log group of its Region. */
export function flowLogs(
  name: string,
  { cell, region, vpcId, retentionInDays, logKeyArn }: FlowLogsArgs,
  child: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
  const names = networkNames(cell, region);
  const logs = new aws.cloudwatch.LogGroup(
    `${name}-flow-logs`,
    {
      region,
      name: names.flowLogs.name,
      retentionInDays,
      ...(logKeyArn !== undefined && { kmsKeyId: logKeyArn }),
    },
    child,
  );
  const role = new aws.iam.Role(
    `${name}-flow-logs-role`,
    {
      name: names.flowLogsRole.name,
      description: `Flow logs into ${names.flowLogs.name} of ${region}`,
      assumeRolePolicy: JSON.stringify(trustOf(cell, region)),
    },
    child,
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-flow-logs-policy`,
    { role: role.name, name: "own-work", policy: JSON.stringify(policyOf(cell, region)) },
    child,
  );
  new aws.ec2.FlowLog(
    `${name}-flow-log`,
    {
      region,
      vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: logs.name.apply(() => names.flowLogs.arn),
      iamRoleArn: role.name.apply(() => names.flowLogsRole.arn),
    },
    { ...child, dependsOn: [policy] },
  );
  return logs;
}

/** Source of the condition: Amazon VPC User Guide, IAM role for publishing flow logs, confused deputy. */
function trustOf({ account }: Cell, region: string) {
  const partition = partitionOf(region);
  const flows = `arn:${partition}:ec2:${region}:${account}:vpc-flow-log/*`;
  return trustService("vpc-flow-logs.amazonaws.com", {
    StringEquals: { "aws:SourceAccount": account },
    ArnLike: { "aws:SourceArn": flows },
  });
}

/** Without CreateLogGroup: the group is there already, with its retention. */
function policyOf(cell: Cell, region: string) {
  const { arn } = networkNames(cell, region).flowLogs;
  const anyGroup = arn.replace(/:log-group:.*/, ":log-group:*");
  return policyDocument(
    allow("WriteFlowLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [`${arn}:*`]),
    allow("FindStreams", ["logs:DescribeLogStreams"], [arn, `${arn}:*`]),
    allow("FindGroup", ["logs:DescribeLogGroups"], [anyGroup]),
  );
}
