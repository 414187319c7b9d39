import { beforeAll, describe, expect, test } from "vitest";
import { CellKey, type CellKeyArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import { documentOf, policyLines, policyProblems } from "../../support/policy-checks.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const args: CellKeyArgs = { cell: orders, name: "stores", services: ["s3", "dynamodb"] };
const keyType = "aws:kms/key:Key";

function key(changes: Partial<CellKeyArgs> = {}) {
  return () => new CellKey("key", { ...args, ...changes });
}

describe("a cell's key", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(key());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/cell-key.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(key(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:data:CellKey");
    expect(component?.inputs).toEqual({
      environment: "shop",
      cell: "orders",
      account: "111122223333",
      residency: "us",
      primaryRegion: "us-east-1",
      recoveryRegion: "us-west-2",
      name: "stores",
      multiRegion: false,
      deletionWindowDays: 30,
      rotationDays: 365,
      keepData: true,
    });
    expect(component?.outputs).toMatchObject({
      ...component?.inputs,
      alias: "alias/shop-orders-stores",
    });
  });

  test("lets the account administer it, and use it through the named services of its Region alone", () => {
    const lines = policyLines(documentOf(run, keyType, "key-us-west-2"));
    const [administer = "", through, grants, ...others] = lines;
    expect(administer).toMatch(/^AccountAdministers: Allow arn:aws:iam::111122223333:root kms:/);
    expect(administer).not.toMatch(/crypt|GenerateDataKey|CreateGrant|kms:\*/);
    const when =
      'when {"StringEquals":{"kms:CallerAccount":"111122223333",' +
      '"kms:ViaService":["s3.us-west-2.amazonaws.com","dynamodb.us-west-2.amazonaws.com"]}';
    expect(through).toContain("kms:Decrypt");
    expect(through).toContain(when);
    expect(grants).toContain(`kms:CreateGrant on * ${when},"Bool"`);
    expect(others).toEqual([]);
  });

  test("lets services and users in that are named, each with its own condition", async () => {
    const users = ["arn:aws:iam::111122223333:role/ledger"];
    const open = await runProgram(
      key({ services: [], callers: ["alarms", "events", "logs", "topics"], users }),
    );
    const document = documentOf(open, keyType, "key-us-east-1");
    const forAccount = 'when {"StringEquals":{"aws:SourceAccount":"111122223333"}}';
    expect(policyLines(document).slice(1)).toEqual([
      "NamedUsersUse: Allow arn:aws:iam::111122223333:role/ledger kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext kms:ReEncryptFrom kms:ReEncryptTo on *",
      `AlarmsNotify: Allow cloudwatch.amazonaws.com kms:Decrypt kms:GenerateDataKey on * ${forAccount}`,
      `EventsNotify: Allow events.amazonaws.com kms:Decrypt kms:GenerateDataKey on * ${forAccount}`,
      'LogsWrite: Allow logs.us-east-1.amazonaws.com kms:Decrypt kms:Encrypt kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext kms:ReEncryptFrom kms:ReEncryptTo on * when {"ArnLike":{"kms:EncryptionContext:aws:logs:arn":"arn:aws:logs:us-east-1:111122223333:log-group:*"}}',
      `TopicsDeliver: Allow sns.amazonaws.com kms:Decrypt kms:GenerateDataKey on * ${forAccount}`,
    ]);
    expect(await policyProblems("key", document)).toEqual([]);
  });

  test("lets who makes a cluster grant EKS its use, without the condition that CreateCluster does not know", async () => {
    const clusters = await runProgram(key({ services: ["eks"] }));
    const document = documentOf(clusters, keyType, "key-us-west-2");
    const [administer, ...others] = policyLines(document);
    expect(administer).toContain("kms:DescribeKey");
    expect(others).toEqual([
      'ClusterMakersGrant: Allow arn:aws:iam::111122223333:root kms:CreateGrant on * when {"StringEquals":{"kms:CallerAccount":"111122223333"}}',
    ]);
    expect(await policyProblems("key", document)).toEqual([]);
  });

  test("allows nothing that the Service Authorization Reference does not know", async () => {
    const document = documentOf(run, keyType, "key-us-east-1");
    expect(await policyProblems("key", document)).toEqual([]);
  });

  test("shares its material with the other Region only when asked to", async () => {
    const shared = await runProgram(key({ multiRegion: true }));
    expect(shared.of(keyType).map(({ name, inputs }) => [name, inputs.multiRegion])).toEqual([
      ["key-us-east-1", true],
    ]);
    const replica = shared.one("aws:kms/replicaKey:ReplicaKey", "key-us-west-2");
    expect(replica).toMatchObject({ protect: true, ignoreChanges: ["primaryKeyArn"] });
    expect(replica.inputs).toMatchObject({ region: "us-west-2", deletionWindowInDays: 30 });
    const [administer] = policyLines(documentOf(shared, keyType, "key-us-east-1"));
    expect(administer).toContain("kms:ReplicateKey");
  });

  test("can be removed when nothing need be kept", async () => {
    const passing = await runProgram(key({ keepData: false }));
    expect(passing.of(keyType).map(({ protect }) => protect)).toEqual([false, false]);
  });

  test("hands each key's arguments to the transform last", async () => {
    const tags = { owner: "payments" };
    const tagged = await runProgram(key({ transformKey: (given) => ({ ...given, tags }) }));
    expect(tagged.of(keyType).map(({ inputs }) => inputs.tags)).toEqual([tags, tags]);
  });
});

describe("a cell's key refuses, before it creates anything,", () => {
  test.each<[string, Partial<CellKeyArgs>, readonly string[]]>([
    [
      "names and numbers that break their rules",
      { name: "", deletionWindowDays: 6, rotationDays: 2_561 },
      [
        'name must be 1 to 40 lower-case letters, digits and hyphens, beginning with a letter, got "".',
        "deletionWindowDays must be 7 to 30 days from a deletion until nothing can be decrypted any more, got 6.",
        "rotationDays must be 90 to 2560 days between two rotations, got 2561.",
      ],
    ],
    [
      "a cell that leaves its residency zone",
      { cell: { ...orders, regions: { primary: "us-east-1", recovery: "eu-west-1" } } },
      [
        'cell.residency must hold both Regions, got "us" (us-east-1, us-east-2, us-west-1, us-west-2) without "eu-west-1". Use a Region of the zone, or make two cells.',
      ],
    ],
    [
      "a key that nothing may use",
      { services: [] },
      ["services must name a service if no users are named, got none. Name one."],
    ],
    [
      "services that it does not know, and whole accounts as users",
      {
        services: ["lambda" as "s3"],
        callers: ["mail" as "logs"],
        users: ["arn:aws:iam::111122223333:root"],
      },
      [
        'services[0] must be one of backup, dynamodb, ecr, eks, elasticache, rds, s3, secretsmanager, sns, sqs, got "lambda".',
        'callers[0] must be one of alarms, events, logs, topics, trails, got "mail".',
        'users[0] must be the ARN of a role or user, got "arn:aws:iam::111122223333:root". A whole account is no user of a key.',
      ],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(key(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });
});
