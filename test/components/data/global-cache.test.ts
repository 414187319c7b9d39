import { beforeAll, describe, expect, test } from "vitest";
import { GlobalCache, type GlobalCacheArgs } from "../../../components/index.js";
import { guardsFor } from "../../../runtime/core/cells/drift-guards.js";
import { keyArn, keyArns, sessions } from "../../support/placements.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const replicationGroup = "aws:elasticache/replicationGroup:ReplicationGroup";
const globalGroup = "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup";

function cache(changes: Partial<GlobalCacheArgs> = {}) {
  return () => new GlobalCache("sessions", { ...sessions, ...changes });
}

describe("a global cache", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(cache());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/global-cache.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(cache(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:data:GlobalCache");
    expect(component?.inputs).toEqual({
      environment: "shop",
      cell: "orders",
      account: "111122223333",
      residency: "us",
      primaryRegion: "us-east-1",
      recoveryRegion: "us-west-2",
      name: "sessions",
      mechanism: "elasticache-global-datastore",
      activationSeconds: 120,
      engine: "valkey",
      engineVersion: "8.0",
      nodeType: "cache.r7g.large",
      shards: 3,
      replicasPerShard: 2,
      lagAlarmSeconds: 5,
      keepData: true,
    });
    const member = (region: string) =>
      expect.objectContaining({
        replicationGroupId: `shop-orders-sessions-${region}`,
        replicationGroupArn: `arn:aws:elasticache:${region}:111122223333:replicationgroup:shop-orders-sessions-${region}`,
        lagAlarmArn: `arn:aws:cloudwatch:${region}:111122223333:alarm:shop-orders-sessions-${region}-lag`,
      });
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      globalReplicationGroupId: "sessions-global-id",
      members: { "us-east-1": member("us-east-1"), "us-west-2": member("us-west-2") },
    });
  });

  test("guards the datastore against being replaced after a failover", () => {
    const { ignoreChanges, protect } = run.one(globalGroup, "sessions-global");
    expect(ignoreChanges).toEqual(
      guardsFor(globalGroup, () => true).flatMap((guard) => guard.ignoreChanges),
    );
    expect(protect).toBe(true);
  });

  test("leaves to the datastore what a member that joins may not say", () => {
    const { inputs } = run.one(replicationGroup, "sessions-us-west-2");
    // Source: terraform-provider-aws, resource aws_elasticache_replication_group, conflicts of global_replication_group_id.
    const conflicts = [
      "numNodeGroups",
      "parameterGroupName",
      "engine",
      "engineVersion",
      "nodeType",
      "transitEncryptionEnabled",
      "transitEncryptionMode",
      "atRestEncryptionEnabled",
    ];
    expect(conflicts.filter((property) => inputs[property] !== undefined)).toEqual([]);
    const { inputs: first } = run.one(replicationGroup, "sessions-us-east-1");
    expect(conflicts.filter((property) => first[property] === undefined)).toEqual([]);
  });

  test("keeps no secret: clients are users of a group in their own Region", () => {
    const groups = run.of(replicationGroup).map(({ inputs }) => inputs);
    expect(groups.map(({ userGroupIds }) => userGroupIds)).toEqual([["users-1"], ["users-2"]]);
    expect(groups.flatMap(({ authToken, authTokenWo }) => [authToken, authTokenWo])).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("watches every node of either Region, of which any may lead its shard", async () => {
    const one = await runProgram(cache({ shards: 2, replicasPerShard: 1 }));
    const alarms = one.of("aws:cloudwatch/metricAlarm:MetricAlarm");
    const nodes = ["0001-001", "0001-002", "0002-001", "0002-002"];
    const watched = alarms.map(({ inputs }) => Object.values(Object(inputs.dimensions)).join());
    expect(new Set(watched)).toEqual(
      new Set(
        ["us-east-1", "us-west-2"].flatMap((region) =>
          nodes.map((node) => `shop-orders-sessions-${region}-${node}`),
        ),
      ),
    );
  });

  test("can be removed where it need not be kept", async () => {
    const given = await runProgram(cache({ keepData: false }));
    expect(given.resources.filter(({ protect }) => protect)).toEqual([]);
  });

  test("hands the arguments of members and datastore to the transforms last", async () => {
    const given = await runProgram(
      cache({
        transformMember: (member) => ({ ...member, snapshotRetentionLimit: 7 }),
        transformGlobal: (global) => ({ ...global, parameterGroupName: "of-version-9" }),
      }),
    );
    expect(given.of(replicationGroup).map(({ inputs }) => inputs.snapshotRetentionLimit)).toEqual([
      7, 7,
    ]);
    expect(given.one(globalGroup, "sessions-global").inputs.parameterGroupName).toBe(
      "of-version-9",
    );
  });
});

describe("a global cache refuses, before it creates anything,", () => {
  test.each<[string, Partial<GlobalCacheArgs>, readonly string[]]>([
    [
      "numbers beyond their limits",
      { shards: 17, replicasPerShard: 0, lagAlarmSeconds: 0 },
      [
        "shards must be 1 to 16 shards, got 17.",
        "replicasPerShard must be 1 to 5 replicas a shard, got 0.",
        "lagAlarmSeconds must be 1 to 600 seconds, got 0.",
      ],
    ],
    [
      "nodes and versions that no global datastore takes",
      { nodeType: "cache.t4g.medium", engineVersion: "6.2" },
      [
        'engineVersion must be a version of valkey from 7.0 on, as major.minor, got "6.2". Give one such as "8.0".',
        'nodeType must be large or above of m5, m6g, m7g, r5, r6g, r6gd, r7g or c7gn, got "cache.t4g.medium". Take one such as "cache.r7g.large".',
      ],
    ],
    [
      "a Region without users",
      { userGroupIds: { "us-east-1": "users-1" } },
      [
        'userGroupIds["us-west-2"] must name the users of that Region, got none. ElastiCache copies no users: make a group there.',
      ],
    ],
    [
      "a key of another Region",
      { keyArns: { ...keyArns, "us-west-2": keyArn("us-east-1") } },
      [
        'keyArns["us-west-2"] must be the ARN of a key in that Region, got "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555". A service encrypts with keys of its own Region.',
      ],
    ],
    [
      "a name that makes identifiers too long",
      { name: "sessions-of-all-customers" },
      [
        'name must be shorter, so that identifiers have 40 characters at most, got 47 in "shop-orders-sessions-of-all-customers-us-east-1". Shorten it, or the names of environment and cell.',
      ],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(cache(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });
});
