import { describe } from "vitest";
import { encryptedInTransit } from "../../../policies/residency-and-compliance/encrypted-in-transit.js";
import { encryptedWithCustomerKey } from "../../../policies/residency-and-compliance/encrypted-with-customer-key.js";
import { type Shown, unknown } from "../in-process.js";
import { bucket, type Case, cannotCheck, held, one, withBucket } from "./cases.js";

const key = "arn:aws:kms:eu-west-1:111122223333:key/1";
const encryption =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";

const cluster = "aws:rds/cluster:Cluster";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";

describe("data at rest", () => {
  const alias: Shown = { type: "aws:kms/getAlias:getAlias", name: "theirs", props: {} };
  const noKey = (path: string, got = "none") =>
    `mandatory: ${path} must name a customer key, got ${got}. Give the key of the Region that the data lies in.`;
  const withKey = (kmsMasterKeyId: unknown) =>
    withBucket(encryption, {
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId } }],
    });
  held(encryptedWithCustomerKey, [
    ["has a customer key", one(cluster, { kmsKeyId: key }), []],
    ...[
      "aws:kms/externalKey:ExternalKey",
      "aws:kms/key:Key",
      "aws:kms/replicaExternalKey:ReplicaExternalKey",
      "aws:kms/replicaKey:ReplicaKey",
    ].map((type): Case => {
      const made = { type, name: "own", props: {} };
      const kmsKeyId = { kmsKeyId: unknown };
      const store = { type: cluster, props: kmsKeyId, madeOf: { kmsKeyId: [made] } };
      return [`has a key of the stack that is not known yet, a ${type}`, [made, store], []];
    }),
    [
      "has a key that is not known yet, nor of the stack",
      one(cluster, { kmsKeyId: unknown }),
      cannotCheck(encryptedWithCustomerKey, "kmsKeyId"),
    ],
    [
      "has what is made of something else than a key",
      [alias, { type: cluster, props: { kmsKeyId: unknown }, madeOf: { kmsKeyId: [alias] } }],
      cannotCheck(encryptedWithCustomerKey, "kmsKeyId"),
    ],
    ["has none", one(cluster, {}), [noKey("kmsKeyId")]],
    [
      "has a key of AWS's own",
      one("aws:sqs/queue:Queue", { kmsMasterKeyId: "alias/aws/sqs" }),
      [noKey("kmsMasterKeyId", '"alias/aws/sqs"')],
    ],
    [
      "has one in each Region of a table",
      one("aws:dynamodb/table:Table", {
        serverSideEncryption: { enabled: true, kmsKeyArn: key },
        replicas: [{ regionName: "eu-central-1", kmsKeyArn: key }],
      }),
      [],
    ],
    [
      "lacks one in another Region of a table",
      one("aws:dynamodb/table:Table", {
        serverSideEncryption: { enabled: true, kmsKeyArn: key },
        replicas: [{ regionName: "eu-central-1" }, unknown],
      }),
      [noKey("replicas[0].kmsKeyArn"), ...cannotCheck(encryptedWithCustomerKey, "replicas[1]")],
    ],
    [
      "lies in a bucket without a key",
      [bucket],
      [
        "mandatory: bucket must be encrypted with a customer key, got none that is named. Give it a BucketServerSideEncryptionConfiguration with kmsMasterKeyId.",
      ],
    ],
    ["lies in a bucket with a key", withKey(key), []],
    [
      "lies in a bucket with a key that is not known yet",
      withKey(unknown),
      cannotCheck(
        encryptedWithCustomerKey,
        "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId",
      ),
    ],
    [
      "lies in a bucket with a key of AWS's own",
      withKey("arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"),
      [
        noKey(
          "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId",
          '"arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"',
        ),
      ],
    ],
    ["is what a log group holds, without a key", one(logGroup, {}), [noKey("kmsKeyId")]],
    ["is what a log group holds, with a key", one(logGroup, { kmsKeyId: key }), []],
    ["is none of a type that keeps none", one("aws:iam/role:Role", {}), []],
  ]);
});

describe("connections", () => {
  const listener = "aws:lb/listener:Listener";
  const clear = (protocol: string) =>
    `mandatory: protocol must be HTTPS or TLS, or HTTP that only redirects to HTTPS, got "${protocol}". Add a certificate.`;
  const deny = (value: string) =>
    JSON.stringify({
      Statement: { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": value } } },
    });
  const openBucket =
    'mandatory: bucket must refuse requests without TLS, got no policy that does. Deny s3:* under { "Bool": { "aws:SecureTransport": "false" } }.';
  const policy = "aws:s3/bucketPolicy:BucketPolicy";
  held(encryptedInTransit, [
    [
      "are encrypted in a cache",
      one("aws:elasticache/replicationGroup:ReplicationGroup", { transitEncryptionEnabled: true }),
      [],
    ],
    [
      "are in clear in a cache",
      one("aws:elasticache/replicationGroup:ReplicationGroup", {}),
      ["mandatory: transitEncryptionEnabled must be true, got nothing. Turn it on."],
    ],
    [
      "follow the primary in a cache's secondary",
      one("aws:elasticache/replicationGroup:ReplicationGroup", {
        globalReplicationGroupId: unknown,
      }),
      [],
    ],
    [
      "are not known yet in a cache",
      one("aws:elasticache/replicationGroup:ReplicationGroup", {
        transitEncryptionEnabled: unknown,
      }),
      cannotCheck(encryptedInTransit, "transitEncryptionEnabled"),
    ],
    [
      "are HTTP at a listener",
      one(listener, { protocol: "HTTP", defaultActions: [{ type: "forward" }] }),
      [clear("HTTP")],
    ],
    [
      "are sent on to HTTPS by a listener",
      one(listener, {
        protocol: "HTTP",
        defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS" } }],
      }),
      [],
    ],
    ["are TCP at a listener", one(listener, { protocol: "TCP" }), [clear("TCP")]],
    [
      "are TLS 1.2 at a listener",
      one(listener, { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }),
      [],
    ],
    [
      "are TLS 1.2 with forward secrecy at a listener",
      one(listener, { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-FS-1-2-Res-2020-10" }),
      [],
    ],
    [
      "are TLS 1.0 at a listener without a policy",
      one(listener, { protocol: "HTTPS" }),
      [
        'mandatory: sslPolicy must ask for TLS 1.2 or later, got nothing. Use "ELBSecurityPolicy-TLS13-1-2-2021-06".',
      ],
    ],
    [
      "are TLS 1.0 at a listener with an old policy",
      one(listener, { protocol: "TLS", sslPolicy: "ELBSecurityPolicy-2016-08" }),
      [
        'mandatory: sslPolicy must ask for TLS 1.2 or later, got "ELBSecurityPolicy-2016-08". Use "ELBSecurityPolicy-TLS13-1-2-2021-06".',
      ],
    ],
    ["are taken in clear by a bucket", [bucket], [openBucket]],
    ["are refused in clear by a bucket", withBucket(policy, { policy: deny("false") }), []],
    [
      "are refused the wrong way round by a bucket",
      withBucket(policy, { policy: deny("true") }),
      [openBucket],
    ],
    [
      "are under a policy that is not known yet",
      withBucket(policy, { policy: unknown }),
      cannotCheck(encryptedInTransit, "policy"),
    ],
  ]);
});
