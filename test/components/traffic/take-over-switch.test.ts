import { beforeAll, describe, expect, test } from "vitest";
import { TakeOverSwitch, type TakeOverSwitchArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

function takeOver(changes: Partial<TakeOverSwitchArgs> = {}) {
  return () => new TakeOverSwitch("switch", { cell: orders, ...changes });
}

function documentOf(run: MockRun, type: string, name: string, key: string) {
  return JSON.parse(String(run.one(type, name).inputs[key]));
}

const restApi = "aws:apigateway/restApi:RestApi";

describe("a switch by which a standby takes over", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(takeOver());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/take-over-switch.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(takeOver(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:traffic:TakeOverSwitch");
    expect(component?.inputs).toEqual({
      environment: "shop",
      cell: "orders",
      account: "111122223333",
      residency: "us",
      primaryRegion: "us-east-1",
      recoveryRegion: "us-west-2",
      turnsBy: "standby-takes-over",
    });
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      checkIds: {
        "us-east-1": "switch-turned-us-east-1-id",
        "us-west-2": "switch-turned-us-west-2-id",
      },
      flags: {
        "us-east-1": "s3://shop-orders-flag-us-east-1-111122223333/take-over",
        "us-west-2": "s3://shop-orders-flag-us-west-2-111122223333/take-over",
      },
    });
  });

  test.each([
    ["us-east-1", "us-west-2"],
    ["us-west-2", "us-east-1"],
  ])("turns the traffic of %s by what stands in %s alone", (turned, surviving) => {
    const { inputs } = run.one("aws:route53/healthCheck:HealthCheck", `switch-turned-${turned}`);
    expect(inputs).toMatchObject({
      fqdn: `switch-api-${surviving}-id.execute-api.${surviving}.amazonaws.com`,
      resourcePath: "/flag/take-over",
      invertHealthcheck: true,
    });
  });

  test("answers 200 for the flag, and 404 for all else that S3 may say", () => {
    const { paths } = documentOf(run, restApi, "switch-api-us-west-2", "body");
    expect(paths["/take-over"].get["x-amazon-apigateway-integration"]).toEqual({
      type: "aws",
      httpMethod: "GET",
      uri: "arn:aws:apigateway:us-west-2:s3:path/shop-orders-flag-us-west-2-111122223333/take-over",
      credentials: "arn:aws:iam::111122223333:role/shop-orders-flag-us-west-2",
      passthroughBehavior: "when_no_match",
      responses: { "200": { statusCode: "200" }, default: { statusCode: "404" } },
    });
  });

  test("lets the API read the flag, and nothing else", () => {
    const policy = documentOf(
      run,
      "aws:iam/rolePolicy:RolePolicy",
      "switch-reader-policy-us-west-2",
      "policy",
    );
    expect(policy.Statement).toEqual([
      {
        Sid: "ReadFlag",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: ["arn:aws:s3:::shop-orders-flag-us-west-2-111122223333/take-over"],
      },
    ]);
  });

  test("encrypts its buckets with a customer key, which the API may use", async () => {
    const keyOf = (region: string) => `arn:aws:kms:${region}:111122223333:key/1`;
    const keyArns = { "us-east-1": keyOf("us-east-1"), "us-west-2": keyOf("us-west-2") };
    const own = await runProgram(takeOver({ keyArns }));
    const name = "switch-reader-policy-us-west-2";
    const { Statement } = documentOf(own, "aws:iam/rolePolicy:RolePolicy", name, "policy");
    expect(Statement[1]).toMatchObject({
      Action: ["kms:Decrypt"],
      Resource: ["arn:aws:kms:us-west-2:111122223333:key/*"],
      Condition: {
        StringEquals: {
          "kms:ViaService": "s3.us-west-2.amazonaws.com",
          "kms:EncryptionContext:aws:s3:arn":
            "arn:aws:s3:::shop-orders-flag-us-west-2-111122223333",
        },
      },
    });
    expect(
      own.of(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      ),
    ).toHaveLength(2);
  });

  test("keeps its buckets private, and talks to nobody in clear", () => {
    const blocks = run.of("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
    expect(blocks).toHaveLength(2);
    for (const { inputs } of blocks) {
      expect(inputs).toMatchObject({
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
    }
    const type = "aws:s3/bucketPolicy:BucketPolicy";
    const [statement] = documentOf(run, type, "switch-flag-policy-us-east-1", "policy").Statement;
    expect(statement).toMatchObject({
      Effect: "Deny",
      Principal: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });

  test("hands bucket, API and check to the transforms last, and deploys an API's policy anew", async () => {
    const changed = await runProgram(
      takeOver({
        transformBucket: (given) => ({ ...given, tags: { owner: "on-call" } }),
        transformApi: (given) => ({ ...given, policy: "only checkers" }),
        transformCheck: (given) => ({ ...given, measureLatency: true }),
      }),
    );
    const all = (type: string, key: string) => changed.of(type).map(({ inputs }) => inputs[key]);
    expect(all("aws:s3/bucket:Bucket", "tags")).toEqual([
      { owner: "on-call" },
      { owner: "on-call" },
    ]);
    expect(all(restApi, "policy")).toEqual(["only checkers", "only checkers"]);
    expect(all("aws:route53/healthCheck:HealthCheck", "measureLatency")).toEqual([true, true]);
    const triggers = all("aws:apigateway/deployment:Deployment", "triggers");
    expect(triggers[0]).toMatchObject({ policy: "only checkers" });
  });
});

test("a switch refuses a cell whose names AWS would refuse, before it creates anything", async () => {
  const cell = { ...orders, environment: "production-of-the-west", name: "order-entries" };
  const { message, children } = await refusalOf(takeOver({ cell }));
  expect(message?.split("\n")).toEqual([
    'cell.name must leave the bucket of a flag at most 63 characters, got "production-of-the-west-order-entries-flag-us-east-1-111122223333" with 64. Shorten the name of the cell or of its environment.',
  ]);
  expect(children).toEqual([]);
});
