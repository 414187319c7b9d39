import { describe, expect, test } from "vitest";
import { declaredEdges } from "../../../../runtime/core/cells/edges/declared-edges.js";
import { exempted } from "./exempted.js";
import { type SdkInput, sdkInputs } from "./sdk-inputs.js";

const inputs = sdkInputs();

/** `backup/plan rules.copyActions.destinationVaultArn` */
function named({ type, path }: { readonly type: string; readonly path: string }): string {
  return `${type.split(":")[1]} ${path.replaceAll("[]", "")}`;
}

/** What the name of an input that may hold another place ends in. */
const endings = [
  /region\w*$/i,
  /^(replicate|replicationSource)\w*$/,
  /^global(?!Network)\w+(Id|Identifier|Arn)$/,
  /^(target|source)(?!Group)(\w*[a-z])?Arn$/,
  /destination(s|\w*Arn|Configs)?$/i,
  /bucketArn$/i,
  /^(delivery)?s3Bucket(Name)?$/i,
];

/** Names of buckets are as many as stars: those are looked at that are written to. */
const written = /log|destination|deliver|report|output|record|target|export/i;

/** Whether an input looks like a Region, a replica or a destination of another place. */
function looksLikePlace({ path, declared }: SdkInput): boolean {
  const leaf = path.split(".").at(-1) ?? path;
  if (path === "region" || /RoleArn$/.test(leaf) || !/string|enums|Region/.test(declared)) {
    return false;
  }
  const isBucket = /bucket(Name)?$/i.test(leaf) && written.test(path);
  return isBucket || endings.some((ending) => ending.test(leaf));
}

const declared = new Set(declaredEdges.map(named));
const exempt = new Set(Object.values(exempted).flat());

describe("the inputs of the AWS provider that look like another place", () => {
  const found = inputs.filter(looksLikePlace).map(named);

  test("are each declared as an edge, or exempted by name with a reason", () => {
    expect(found.filter((one) => !declared.has(one) && !exempt.has(one))).toEqual([]);
  });

  test("are exempted only where they are, and are no edge", () => {
    expect([...exempt].filter((one) => !found.includes(one) || declared.has(one))).toEqual([]);
  });

  test("hold what an auditor would ask for first", () => {
    expect(found).toEqual(
      expect.arrayContaining([
        "cloudtrail/trail s3BucketName",
        "dynamodb/table replicas.regionName",
        "ec2/flowLog logDestination",
        "msk/replicator replicationInfoList.targetKafkaClusterArn",
        "s3/bucketReplicationConfig rules.destination.bucket",
      ]),
    );
  });
});

describe("an edge that this release knows", () => {
  const known = new Set(inputs.map(named));
  const parent = (name: string) => name.slice(0, name.lastIndexOf("."));

  test("is an input of the provider, or an entry of a map that is one", () => {
    expect([...declared].filter((one) => !known.has(one) && !known.has(parent(one)))).toEqual([]);
  });

  test("is declared once", () => {
    expect(declaredEdges.map(({ type, path }) => `${type} ${path}`).sort()).toEqual(
      [...new Set(declaredEdges.map(({ type, path }) => `${type} ${path}`))].sort(),
    );
  });
});
