import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { partitionOf } from "../../runtime/core/partition.js";
import { unchanged } from "../arguments.js";
import { type Cell, cellPrefix, regionsOf } from "../cells/cell.js";
import { roleOf } from "../cells/regional.js";
import { trustService } from "../iam/document.js";
import { creationKeysPolicy, creationPolicy } from "../iam/registry-policy.js";
import type { Named } from "../named.js";
import type { ReplicatedRegistryArgs } from "./replicated-registry.js";

/** What is settled about the repositories, defaults filled in. */
export interface RegistrySettings {
  /** How the names of the repositories begin; ends in `/`. */
  readonly prefix: string;
  readonly keepImages: number;
  readonly keepData: boolean;
  /** Role with which ECR makes repositories that replication needs. */
  readonly roleArn: pulumi.Output<string>;
}

/** The repositories of one Region by name, and how ECR makes others below their prefix. */
export function registryInRegion(
  name: string,
  region: string,
  args: ReplicatedRegistryArgs,
  settings: RegistrySettings,
  child: pulumi.CustomResourceOptions,
): Readonly<Record<string, pulumi.Output<string>>> {
  const { keepData, prefix } = settings;
  const { transformRepository = unchanged } = args;
  const kmsKey = args.keyArns[region];
  const encryptionConfigurations = [
    { encryptionType: "KMS", ...(kmsKey !== undefined && { kmsKey }) },
  ];
  const imageTagMutability = "IMMUTABLE";
  const lifecycle = lifecyclePolicy(settings.keepImages);
  new aws.ecr.RepositoryCreationTemplate(
    `${name}-template-${region}`,
    {
      region,
      prefix: prefix.slice(0, -1),
      appliedFors: ["REPLICATION"],
      description: `Cell ${cellPrefix(args.cell)}: repositories that replication makes`,
      customRoleArn: settings.roleArn,
      encryptionConfigurations,
      imageTagMutability,
      lifecyclePolicy: lifecycle,
    },
    child,
  );
  const urls = args.repositories.map((repository) => {
    const repositoryName = `${prefix}${repository}`;
    const made = new aws.ecr.Repository(
      `${name}-${repository}-${region}`,
      transformRepository({
        region,
        name: repositoryName,
        encryptionConfigurations,
        imageTagMutability,
        imageScanningConfiguration: { scanOnPush: true },
        forceDelete: !keepData,
      }),
      { ...child, protect: keepData },
    );
    new aws.ecr.LifecyclePolicy(
      `${name}-${repository}-lifecycle-${region}`,
      { region, repository: made.name, policy: lifecycle },
      child,
    );
    const url = `${args.cell.account}.dkr.ecr.${region}.${domainOf(region)}/${repositoryName}`;
    return [repository, made.name.apply(() => url)] as const;
  });
  return Object.fromEntries(urls);
}

/** The role with which ECR makes repositories below a registry's prefix. */
export function creationRoleOf(cell: Cell, registry: string): Named {
  return roleOf(cell, `${cellPrefix(cell)}-${registry}-creation`);
}

/** The role by which ECR makes a repository with a customer key when replication needs one. */
export function creationRole(
  name: string,
  { cell, name: registry, keyArns }: ReplicatedRegistryArgs,
  prefix: string,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const named = creationRoleOf(cell, registry);
  const role = new aws.iam.Role(
    `${name}-role`,
    {
      name: named.name,
      description: `Cell ${cellPrefix(cell)}: ECR makes repositories of ${registry} that replication needs`,
      assumeRolePolicy: JSON.stringify(trustService("ecr.amazonaws.com")),
    },
    child,
  );
  const regions = regionsOf(cell);
  const policy = new aws.iam.RolePolicy(
    `${name}-role-policy`,
    {
      role: role.name,
      name: "create",
      policy: JSON.stringify(creationPolicy(cell, prefix)),
    },
    child,
  );
  const keysPolicy = new aws.iam.RolePolicy(
    `${name}-role-keys`,
    {
      role: role.name,
      name: "use-keys",
      policy: pulumi
        .all(regions.map((region) => keyArns[region] ?? ""))
        .apply((arns) => JSON.stringify(creationKeysPolicy(arns))),
    },
    child,
  );
  return pulumi.all([policy.role, keysPolicy.role]).apply(() => named.arn);
}

/** Days after which an image that has no tag any more is deleted. */
const untaggedDays = 14;

function lifecyclePolicy(keepImages: number): string {
  const action = { type: "expire" };
  const untagged = {
    tagStatus: "untagged",
    countType: "sinceImagePushed",
    countUnit: "days",
    countNumber: untaggedDays,
  };
  const newest = {
    tagStatus: "any",
    countType: "imageCountMoreThan",
    countNumber: keepImages,
  };
  return JSON.stringify({
    rules: [
      { rulePriority: 1, description: "without a tag", selection: untagged, action },
      { rulePriority: 2, description: "all but the newest", selection: newest, action },
    ],
  });
}

function domainOf(region: string): string {
  return partitionOf(region) === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
