import type { PolicyResource } from "@pulumi/policy";
import { notYetKnown, type Value, valuesAt } from "../../runtime/core/cells/edges/values.js";
import { expectedAt } from "../expected.js";
import { type Finding, type Look, lookAtEach, problem, unknownAt } from "../findings.js";
import { partlyKnown } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { satellitesOf } from "../satellites.js";
import { pciDss } from "./frameworks.js";
import { isOwnOrchestration } from "./own-orchestration.js";

/** Where each store names the key of its data; `[]` stands for each element of a list. */
const keyPaths: Readonly<Record<string, readonly string[]>> = {
  "aws:backup/vault:Vault": ["kmsKeyArn"],
  "aws:cloudwatch/logGroup:LogGroup": ["kmsKeyId"],
  "aws:docdb/cluster:Cluster": ["kmsKeyId"],
  "aws:dynamodb/table:Table": ["serverSideEncryption.kmsKeyArn", "replicas[].kmsKeyArn"],
  "aws:ebs/volume:Volume": ["kmsKeyId"],
  "aws:ecr/repository:Repository": ["encryptionConfigurations[].kmsKey"],
  "aws:efs/fileSystem:FileSystem": ["kmsKeyId"],
  "aws:eks/cluster:Cluster": ["encryptionConfig.provider.keyArn"],
  "aws:elasticache/replicationGroup:ReplicationGroup": ["kmsKeyId"],
  "aws:kinesis/stream:Stream": ["kmsKeyId"],
  "aws:neptune/cluster:Cluster": ["kmsKeyArn"],
  "aws:rds/cluster:Cluster": ["kmsKeyId"],
  "aws:rds/instance:Instance": ["kmsKeyId"],
  "aws:secretsmanager/secret:Secret": ["kmsKeyId", "replicas[].kmsKeyId"],
  "aws:sns/topic:Topic": ["kmsMasterKeyId"],
  "aws:sqs/queue:Queue": ["kmsMasterKeyId"],
};

const keyTypes = [
  "aws:kms/externalKey:ExternalKey",
  "aws:kms/key:Key",
  "aws:kms/replicaExternalKey:ReplicaExternalKey",
  "aws:kms/replicaKey:ReplicaKey",
];
const bucketType = "aws:s3/bucket:Bucket";
const bucketEncryption =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const bucketKey = "rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId";

/** Only a customer's own key can be shared with another account, audited, and withdrawn. */
export const encryptedWithCustomerKey: Rule = {
  name: "dr-encrypted-with-customer-key",
  description: "Data at rest is encrypted with a key of the customer's own, in each Region.",
  why: "A key of AWS's own can be neither shared with the account that recovers, nor withdrawn.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Name a customer key of the Region that the data lies in.",
  framework: pciDss("3.5.1", "Stored account data is rendered unreadable with managed keys"),
  url: awsPages.customerKeys,
  validateStack: (args, report) => {
    lookAtEach(
      args,
      ({ type, urn }) => (isOwnOrchestration(urn) ? undefined : looks[type]),
      report,
    );
  },
};

const looks: Readonly<Record<string, Look>> = {
  ...Object.fromEntries(Object.entries(keyPaths).map(([type, paths]) => [type, keysOf(paths)])),
  [bucketType]: bucketKeys,
};

function keysOf(paths: readonly string[]): Look {
  return (resource) =>
    paths
      .flatMap((path) => expectedAt(partlyKnown(resource.props), path))
      .flatMap((key) => keyFindings(key, resource));
}

function bucketKeys(bucket: PolicyResource, all: readonly PolicyResource[]): readonly Finding[] {
  const told = satellitesOf(all, bucket, bucketEncryption, "bucket", "bucket");
  const findings = told.flatMap((one) =>
    valuesAt(partlyKnown(one.props), bucketKey).map((key) => keyFindings(key, one)),
  );
  if (findings.length > 0) return findings.flat();
  return problem(
    "bucket must be encrypted with a customer key, got none that is named. " +
      "Give it a BucketServerSideEncryptionConfiguration with kmsMasterKeyId.",
  );
}

/** A key that is not known yet is the customer's where the property was made of a key of the stack. */
function keyFindings({ path, value }: Value, resource: PolicyResource): readonly Finding[] {
  if (value === notYetKnown) return isMadeOfKey(resource, path) ? [] : unknownAt(path);
  if (typeof value === "string" && value !== "" && !/(^|:)alias\/aws\//.test(value)) return [];
  const got = typeof value === "string" ? `"${value}"` : "none";
  return problem(
    `${path} must name a customer key, got ${got}. Give the key of the Region that the data lies in.`,
  );
}

function isMadeOfKey({ propertyDependencies }: PolicyResource, path: string): boolean {
  const [property = path] = path.split(/[.[]/);
  return (propertyDependencies[property] ?? []).some(({ type }) => keyTypes.includes(type));
}
