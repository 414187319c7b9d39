import { allow, type PolicyDocument, policyDocument } from "./document.js";

/** What is copied from where to where, by ARN. */
export interface Replication {
  readonly sourceArn: string;
  readonly destinationArn: string;
  /** Whether objects carry retention that must go with them. */
  readonly isLocked: boolean;
}

/** Keys that a replication decrypts and encrypts with, each in its Region. */
export interface ReplicationKeys {
  readonly sourceRegion: string;
  readonly sourceKeyArn: string;
  readonly destinationRegion: string;
  readonly destinationKeyArn: string;
}

/**
 * What a copy in one direction needs of the two buckets.
 * Source: S3 User Guide, "Setting up permissions for live replication", and for retention
 * "Using Object Lock with replication".
 */
export function replicationPolicy(replication: Replication): PolicyDocument {
  const { sourceArn, destinationArn, isLocked } = replication;
  const retention = ["s3:GetObjectLegalHold", "s3:GetObjectRetention"];
  return policyDocument(
    allow("ReadSource", ["s3:GetReplicationConfiguration", "s3:ListBucket"], [sourceArn]),
    allow(
      "ReadVersions",
      [
        ...(isLocked ? retention : []),
        "s3:GetObjectVersionAcl",
        "s3:GetObjectVersionForReplication",
        "s3:GetObjectVersionTagging",
      ],
      [`${sourceArn}/*`],
    ),
    allow(
      "WriteReplicas",
      ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
      [`${destinationArn}/*`],
    ),
  );
}

/** What the copy needs of the keys, through S3 alone. */
export function replicationKeysPolicy(keys: ReplicationKeys): PolicyDocument {
  const through = (region: string) => ({
    StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` },
  });
  return policyDocument(
    allow("DecryptSource", ["kms:Decrypt"], [keys.sourceKeyArn], through(keys.sourceRegion)),
    allow(
      "EncryptReplicas",
      ["kms:Encrypt", "kms:GenerateDataKey"],
      [keys.destinationKeyArn],
      through(keys.destinationRegion),
    ),
  );
}
