/** Types whose loss is a loss of data, as `service:Class`. */
export const holdsData: ReadonlySet<string> = new Set([
  "backup:Vault",
  "cloudwatch:LogGroup",
  "dynamodb:Table",
  "ecr:Repository",
  "eks:Cluster",
  "elasticache:GlobalReplicationGroup",
  "elasticache:ReplicationGroup",
  "kms:Key",
  "kms:ReplicaKey",
  "rds:Cluster",
  "rds:ClusterInstance",
  "rds:GlobalCluster",
  "rds:Instance",
  "s3:Bucket",
  "secretsmanager:Secret",
  "sqs:Queue",
]);

/** Type of the resource of a URN as `service:Class`. */
export function shortTypeOf(urn: string): string {
  const token = urn.split("::")[2]?.split("$").at(-1) ?? "";
  const [, module = "", className = ""] = token.split(":");
  return `${module.split("/")[0]}:${className}`;
}
