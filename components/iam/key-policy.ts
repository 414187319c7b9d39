import { partitionOf } from "../../runtime/core/partition.js";
import {
  type Condition,
  type PolicyDocument,
  type ResourceStatement,
  resourcePolicy,
} from "./document.js";

/**
 * Services that use a key for the account's own roles, as their policies say. All but `eks` are seen
 * by KMS as those through which a role calls; `eks` holds a grant of whoever made the cluster.
 */
export const keyServices = [
  "backup",
  "dynamodb",
  "ecr",
  "eks",
  "elasticache",
  "rds",
  "s3",
  "secretsmanager",
  "sns",
  "sqs",
] as const;

export type KeyService = (typeof keyServices)[number];

/** Services that use a key in their own name: `alarms` notify, `logs` and `trails` write, `topics` deliver. */
export const keyCallers = ["alarms", "events", "logs", "topics", "trails"] as const;

export type KeyCaller = (typeof keyCallers)[number];

/** A cell, or anything else that lies in one account. */
export interface KeyOwner {
  readonly account: string;
}

/** Who may use a key, and how. */
export interface KeyUse {
  readonly services: readonly KeyService[];
  readonly callers: readonly KeyCaller[];
  /** ARNs of roles and users that call KMS themselves. */
  readonly users: readonly string[];
  /** Whether the key has a replica in the cell's other Region. */
  readonly isMultiRegion: boolean;
}

/** What changes a key, and what reads its settings; nothing that uses it. */
const administration = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:DisableKeyRotation",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListKeyRotations",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:RevokeGrant",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

const use = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/** What a service needs that encrypts what it passes on. */
const passOn = ["kms:Decrypt", "kms:GenerateDataKey"];

/**
 * The policy of a key in a Region. In a key policy the resource `*` is the key itself.
 *
 * The account administers the key, as KMS demands: without that statement nobody could ever change
 * the policy again. It gives no use of the key. The account's roles use it only through the named
 * services, or hand it to a cluster, and only as far as their own policies say.
 */
export function keyPolicy(
  cell: KeyOwner,
  region: string,
  { services, callers, users, isMultiRegion }: KeyUse,
): PolicyDocument<ResourceStatement> {
  const account = [`arn:${partitionOf(region)}:iam::${cell.account}:root`];
  const replication = isMultiRegion ? ["kms:ReplicateKey"] : [];
  const called = services.filter((service) => service !== "eks");
  return resourcePolicy(
    statement("AccountAdministers", { AWS: account }, [...administration, ...replication]),
    ...(called.length > 0 ? throughServices(cell, region, account, called) : []),
    ...(services.includes("eks") ? [forClusters(cell, account)] : []),
    ...(users.length > 0 ? [statement("NamedUsersUse", { AWS: users }, use)] : []),
    ...callers.map((caller) => ofCaller(cell, region, caller)),
  );
}

function throughServices(
  cell: KeyOwner,
  region: string,
  account: readonly string[],
  services: readonly KeyService[],
): readonly ResourceStatement[] {
  const through = {
    "kms:CallerAccount": cell.account,
    "kms:ViaService": services.map((service) => `${service}.${region}.amazonaws.com`),
  };
  return [
    statement("RolesUseThroughServices", { AWS: account }, use, { StringEquals: through }),
    // Services that work while nobody calls them, such as DynamoDB, RDS and Backup, hold a grant.
    statement("ServicesKeepGrants", { AWS: account }, ["kms:CreateGrant"], {
      StringEquals: through,
      Bool: { "kms:GrantIsForAWSResource": "true" },
    }),
  ];
}

/**
 * Whoever makes a cluster grants EKS the use of its key. Source: Amazon EKS User Guide, "Encrypt
 * Kubernetes secrets with KMS": CreateCluster needs kms:CreateGrant and kms:DescribeKey, which the
 * account's administration has, and does not support the condition kms:GrantIsForAWSResource.
 */
function forClusters(cell: KeyOwner, account: readonly string[]): ResourceStatement {
  return statement("ClusterMakersGrant", { AWS: account }, ["kms:CreateGrant"], {
    StringEquals: { "kms:CallerAccount": cell.account },
  });
}

function ofCaller({ account }: KeyOwner, region: string, caller: KeyCaller): ResourceStatement {
  const forAccount = { StringEquals: { "aws:SourceAccount": account } };
  switch (caller) {
    case "alarms":
      return statement(
        "AlarmsNotify",
        { Service: ["cloudwatch.amazonaws.com"] },
        passOn,
        forAccount,
      );
    case "events":
      return statement("EventsNotify", { Service: ["events.amazonaws.com"] }, passOn, forAccount);
    case "topics":
      return statement("TopicsDeliver", { Service: ["sns.amazonaws.com"] }, passOn, forAccount);
    case "logs": {
      // Source: CloudWatch Logs User Guide, "Encrypt log data": the context names the log group.
      const groups = `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:*`;
      const withContext = use.filter((action) => action !== "kms:DescribeKey");
      return statement("LogsWrite", { Service: [`logs.${region}.amazonaws.com`] }, withContext, {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": groups },
      });
    }
    case "trails": {
      // Source: CloudTrail User Guide, "Configure AWS KMS key policies for CloudTrail": a bucket with
      // a Bucket Key needs Decrypt, and a trail is named by aws:SourceArn.
      const trails = `arn:${partitionOf(region)}:cloudtrail:*:${account}:trail/*`;
      const writing = [...passOn, "kms:DescribeKey"];
      return statement("TrailsWrite", { Service: ["cloudtrail.amazonaws.com"] }, writing, {
        ArnLike: { "aws:SourceArn": trails },
      });
    }
  }
}

function statement(
  Sid: string,
  Principal: Readonly<Record<string, readonly string[]>>,
  Action: readonly string[],
  Condition?: Condition,
): ResourceStatement {
  const given = { Sid, Effect: "Allow", Principal, Action, Resource: ["*"] } as const;
  return { ...given, ...(Condition && { Condition }) };
}
