import { beforeAll, describe, expect, test } from "vitest";
import { ReplicatedSecret, type ReplicatedSecretArgs } from "../../../components/index.js";
import { keyArns, orders } from "../../support/cells.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const rotationFunctionArn = "arn:aws:lambda:us-east-1:111122223333:function:rotate";
const args: ReplicatedSecretArgs = { cell: orders, name: "database", keyArns, rotationFunctionArn };
const secretType = "aws:secretsmanager/secret:Secret";

function secret(changes: Partial<ReplicatedSecretArgs> = {}) {
  return () => new ReplicatedSecret("database", { ...args, ...changes });
}

describe("a replicated secret", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(secret());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/replicated-secret.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(secret(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:data:ReplicatedSecret");
    expect(component?.inputs).toEqual({
      environment: "shop",
      cell: "orders",
      account: "111122223333",
      residency: "us",
      primaryRegion: "us-east-1",
      recoveryRegion: "us-west-2",
      name: "database",
      mechanism: "secret-replica",
      recoveryWindowDays: 30,
      rotateEveryDays: 30,
      keepData: true,
    });
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      secretName: "shop-orders-database",
      policyArns: {
        "us-east-1":
          "arn:aws:secretsmanager:us-east-1:111122223333:secret:shop-orders-database-??????",
        "us-west-2":
          "arn:aws:secretsmanager:us-west-2:111122223333:secret:shop-orders-database-??????",
      },
    });
  });

  test("encrypts in each Region with that Region's key, and ignores a replica that was set free", () => {
    const { protect, ignoreChanges, inputs } = run.one(secretType, "database-us-east-1");
    expect({ protect, ignoreChanges }).toEqual({ protect: true, ignoreChanges: ["replicas"] });
    expect(inputs).toMatchObject({
      kmsKeyId: keyArns["us-east-1"],
      replicas: [{ region: "us-west-2", kmsKeyId: keyArns["us-west-2"] }],
    });
  });

  test("never holds a value", async () => {
    const { rotationFunctionArn: _, ...still } = args;
    const empty = await runProgram(() => new ReplicatedSecret("database", still));
    expect(empty.resources.map(({ type }) => type)).toEqual([
      "aws-dr:data:ReplicatedSecret",
      secretType,
    ]);
    const given = [...run.resources, ...empty.resources].flatMap(({ inputs }) =>
      Object.keys(inputs),
    );
    expect(given.filter((key) => /secretString|secretBinary|password/i.test(key))).toEqual([]);
  });

  test("can be removed when nothing need be kept", async () => {
    const passing = await runProgram(secret({ keepData: false, recoveryWindowDays: 7 }));
    const { protect, inputs } = passing.one(secretType, "database-us-east-1");
    expect([protect, inputs.recoveryWindowInDays]).toEqual([false, 7]);
  });

  test("hands the secret's arguments to the transform last", async () => {
    const tags = { owner: "payments" };
    const tagged = await runProgram(secret({ transformSecret: (given) => ({ ...given, tags }) }));
    expect(tagged.one(secretType, "database-us-east-1").inputs.tags).toEqual(tags);
  });
});

describe("a replicated secret refuses, before it creates anything,", () => {
  test.each<[string, Partial<ReplicatedSecretArgs>, readonly string[]]>([
    [
      "numbers that break their rules, and a function of another Region",
      {
        recoveryWindowDays: 31,
        rotateEveryDays: 0,
        rotationFunctionArn: "arn:aws:lambda:us-west-2:111122223333:function:rotate",
      },
      [
        'rotationFunctionArn must be a function in us-east-1, got "arn:aws:lambda:us-west-2:111122223333:function:rotate". A replica does not rotate.',
        "rotateEveryDays must be 1 to 1000 days between two values, got 0.",
        "recoveryWindowDays must be 7 to 30 days from a deletion until the secret is gone, got 31.",
      ],
    ],
    [
      "a replica outside of its residency zone",
      {
        cell: { ...orders, regions: { primary: "us-east-1", recovery: "eu-west-1" } },
        keyArns: { ...keyArns, "eu-west-1": "arn:aws:kms:eu-west-1:111122223333:key/1" },
      },
      [
        'cell.residency must hold both Regions, got "us" (us-east-1, us-east-2, us-west-1, us-west-2) without "eu-west-1". Use a Region of the zone, or make two cells.',
      ],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(secret(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });

  test("a rhythm without anybody who makes the values", async () => {
    const { rotationFunctionArn: _, ...still } = args;
    const { message } = await refusalOf(
      () => new ReplicatedSecret("database", { ...still, rotateEveryDays: 7 }),
    );
    expect(message).toBe(
      "rotateEveryDays must not be set without rotationFunctionArn, got 7. Say who makes the values.",
    );
  });
});
