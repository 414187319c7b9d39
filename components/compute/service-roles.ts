import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { partitionOf } from "../../runtime/core/partition.js";
import { allow, policyDocument, trustService } from "../iam/document.js";
import type { ContainerServiceArgs } from "./container-service.js";
import { type Image, parseImage } from "./image.js";
import type { ServiceNames } from "./names.js";

/** What tasks may do, and what ECS may do to start them. */
export interface ServiceRoles {
  readonly task: aws.iam.Role;
  readonly execution: aws.iam.Role;
  /** Without these no task starts. */
  readonly policies: readonly aws.iam.RolePolicy[];
}

/** The role that ECS takes to start tasks, and that of the tasks themselves, which may do nothing yet. */
export function serviceRoles(
  name: string,
  args: ContainerServiceArgs,
  names: ServiceNames,
  child: pulumi.CustomResourceOptions,
): ServiceRoles {
  const { cell, network, service } = args;
  const trust = JSON.stringify(trustOf(cell.account, network.region));
  const role = (key: string, roleName: string, description: string) =>
    new aws.iam.Role(
      `${name}-${key}`,
      { name: roleName, description, assumeRolePolicy: trust },
      child,
    );
  const execution = role("execution", names.executionRole.name, `ECS starts tasks of ${service}`);
  const task = role("task", names.taskRole.name, `Tasks of ${service} in ${network.region}`);
  const policy = (key: string, document: pulumi.Input<string>) =>
    new aws.iam.RolePolicy(
      `${name}-execution-${key}`,
      { role: execution.name, name: key, policy: document },
      child,
    );
  const image = parseImage(args.image);
  const policies = [
    ...(image ? [policy("start", JSON.stringify(startPolicy(image, names)))] : []),
    ...(hasSecrets(args) ? [policy("secrets", pulumi.jsonStringify(secretsPolicy(args)))] : []),
  ];
  return { task, execution, policies };
}

/** Source of the condition: Amazon ECS Developer Guide, task execution role, confused deputy. */
function trustOf(account: string, region: string) {
  return trustService("ecs-tasks.amazonaws.com", {
    StringEquals: { "aws:SourceAccount": account },
    ArnLike: { "aws:SourceArn": `arn:${partitionOf(region)}:ecs:${region}:${account}:*` },
  });
}

function startPolicy({ account, region, repository }: Image, { logs }: ServiceNames) {
  const pull = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
  ];
  const source = `arn:${partitionOf(region)}:ecr:${region}:${account}:repository/${repository}`;
  return policyDocument(
    // Takes no resource. Source: Service Authorization Reference, Amazon Elastic Container Registry.
    allow("EnterRegistry", ["ecr:GetAuthorizationToken"], ["*"]),
    allow("PullImage", pull, [source]),
    allow("WriteLog", ["logs:CreateLogStream", "logs:PutLogEvents"], [`${logs.arn}:*`]),
  );
}

function hasSecrets({ secretArns = {} }: ContainerServiceArgs): boolean {
  return Object.keys(secretArns).length > 0;
}

function secretsPolicy({ secretArns = {}, secretKeyArn }: ContainerServiceArgs) {
  const statement = (Sid: string, Action: string, Resource: readonly pulumi.Input<string>[]) => ({
    Sid,
    Effect: "Allow",
    Action: [Action],
    Resource,
  });
  return {
    Version: "2012-10-17",
    Statement: [
      statement("ReadSecrets", "secretsmanager:GetSecretValue", Object.values(secretArns)),
      ...(secretKeyArn === undefined
        ? []
        : [statement("DecryptSecrets", "kms:Decrypt", [secretKeyArn])]),
    ],
  };
}
