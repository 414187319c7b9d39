import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CellCanary, type CellCanaryArgs } from "../../../components/index.js";
import { canaryScript } from "../../../components/watching/canary-script.js";
import { keyArns, orders } from "../../support/cells.js";
import { documentOf, policyLines, policyProblems } from "../../support/policy-checks.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const args: CellCanaryArgs = {
  cell: orders,
  keyArns,
  healthUrls: {
    "us-east-1": "https://east.orders.example.com/health",
    "us-west-2": "https://west.orders.example.com/health",
  },
};

const canaryType = "aws:synthetics/canary:Canary";

function canary(changes: Partial<CellCanaryArgs> = {}) {
  return () => new CellCanary("canary", { ...args, ...changes });
}

describe("the canaries of a cell", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(canary());
  });

  test("register what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/cell-canary.txt");
  });

  test("register at preview what they register at update", async () => {
    const preview = await runProgram(canary(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
    const policy = "canary-policy-us-east-1";
    const role = "aws:iam/rolePolicy:RolePolicy";
    expect(documentOf(preview, role, policy)).toEqual(documentOf(run, role, policy));
  });

  test("repeat their contract in their outputs, by the names that a watch asks for", () => {
    const [component] = run.of("aws-dr:watching:CellCanary");
    expect(component?.inputs).toMatchObject({
      canaryName: "shop-orders",
      answerSeconds: 10,
      canaryKeptDays: 31,
      runtimeVersion: "syn-nodejs-puppeteer-15.0",
    });
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      canaries: { "us-east-1": "shop-orders", "us-west-2": "shop-orders" },
    });
  });

  test("ask each the other Region, every minute", () => {
    const asked = run.of(canaryType).map(({ inputs }) => {
      const { environmentVariables } = Object(inputs.runConfig);
      return [inputs.region, environmentVariables.HEALTH_URL, Object(inputs.schedule).expression];
    });
    expect(asked).toEqual([
      ["us-east-1", "https://west.orders.example.com/health", "rate(1 minute)"],
      ["us-west-2", "https://east.orders.example.com/health", "rate(1 minute)"],
    ]);
  });

  test("stay stopped when somebody stopped them for a drill", () => {
    for (const { ignoreChanges } of run.of(canaryType))
      expect(ignoreChanges).toEqual(["startCanary"]);
  });

  test("may do no more than keep their runs, write their log and publish their results", async () => {
    const document = documentOf(run, "aws:iam/rolePolicy:RolePolicy", "canary-policy-us-west-2");
    expect(policyLines(document)).toEqual([
      "KeepRuns: Allow s3:GetObject s3:PutObject on arn:aws:s3:::shop-orders-canary-111122223333-us-west-2/runs/*",
      "FindBucket: Allow s3:GetBucketLocation on arn:aws:s3:::shop-orders-canary-111122223333-us-west-2",
      "FindBuckets: Allow s3:ListAllMyBuckets on *",
      'EncryptRuns: Allow kms:Decrypt kms:GenerateDataKey on arn:aws:kms:us-west-2:111122223333:key/* when {"StringEquals":{"kms:ViaService":"s3.us-west-2.amazonaws.com"},"StringLike":{"kms:EncryptionContext:aws:s3:arn":["arn:aws:s3:::shop-orders-canary-111122223333-us-west-2","arn:aws:s3:::shop-orders-canary-111122223333-us-west-2/runs/*"]}}',
      "WriteOwnLog: Allow logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents on arn:aws:logs:us-west-2:111122223333:log-group:/aws/lambda/cwsyn-shop-orders-*",
      'PublishResults: Allow cloudwatch:PutMetricData on * when {"StringEquals":{"cloudwatch:namespace":"CloudWatchSynthetics"}}',
    ]);
    expect(await policyProblems("canary", document)).toEqual([]);
  });

  test("take as much of a long cell's name as there is room for, and tell such cells apart", async () => {
    const named = async (name: string) => {
      const cell = { ...orders, environment: "production", name };
      const made = await runProgram(canary({ cell }));
      return String(made.of(canaryType)[0]?.inputs.name);
    };
    const names = [await named("orders-of-europe"), await named("orders-of-emirates")];
    expect(names[0]).toMatch(/^production-ord-[0-9a-f]{6}$/);
    expect(names[0]).toHaveLength(21);
    expect(new Set(names).size).toBe(2);
  });

  test("hand the arguments of canaries and buckets to the transforms last", async () => {
    const transformed = await runProgram(
      canary({
        transformCanary: (given) => ({ ...given, runConfig: { memoryInMb: 1_024 } }),
        transformBucket: (given) => ({ ...given, forceDestroy: false }),
      }),
    );
    expect(transformed.of(canaryType)[0]?.inputs.runConfig).toEqual({ memoryInMb: 1_024 });
    expect(transformed.of("aws:s3/bucket:Bucket")[0]?.inputs.forceDestroy).toBe(false);
  });
});

describe("the canaries of a cell refuse, before they create anything,", () => {
  test.each<[string, Partial<CellCanaryArgs>, readonly string[]]>([
    [
      "numbers, names and runtimes out of bounds",
      {
        canaryName: "Production_Orders_Of_Europe",
        answerSeconds: 31,
        canaryKeptDays: 456,
        runtimeVersion: "syn-nodejs-puppeteer-9.1",
      },
      [
        'canaryName must be 1 to 21 lower-case letters, digits and hyphens, beginning with a letter, got "Production_Orders_Of_Europe". A longer one is cut in the name of its log.',
        "answerSeconds must be 1 to 30 seconds, got 31.",
        "canaryKeptDays must be 1 to 455 days, whole, got 456.",
        'runtimeVersion must be syn-nodejs-puppeteer-11.0 or later, got "syn-nodejs-puppeteer-9.1". Take one of "aws synthetics describe-runtime-versions".',
      ],
    ],
    [
      "a Region that nobody can ask, and an answer that anybody can forge",
      { healthUrls: { "us-east-1": "http://east.orders.example.com/" } },
      [
        'healthUrls must name both Regions of the cell, got "us-east-1" without "us-west-2". Their roles swap, so each needs its own.',
        'healthUrls["us-east-1"] must be a URL over https, got "http://east.orders.example.com/". An answer that anybody can forge decides nothing.',
      ],
    ],
    [
      "a Region without key",
      { keyArns: {} },
      ["us-east-1", "us-west-2"].map(
        (region) =>
          `keyArns["${region}"] must be the ARN of a customer key, got no Region. Take keyArns of a CellKey.`,
      ),
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(canary(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });
});

/** The script as Synthetics loads it: a CommonJS module with the globals of Node.js. */
function handlerWith(variables: Readonly<Record<string, string>>): () => Promise<string> {
  const module = { exports: { handler: async () => "" } };
  const process = { env: variables };
  const require = createRequire(import.meta.url);
  const globals = { module, exports: module.exports, require, process, fetch, AbortSignal };
  runInNewContext(canaryScript, globals);
  return module.exports.handler;
}

describe("the script of a canary", () => {
  let server: Server;
  let origin = "";
  beforeAll(async () => {
    server = createServer(({ url }, response) => {
      if (url === "/silent") return;
      const status = Number(url?.slice(1));
      response.writeHead(status, status === 302 ? { location: "/200" } : {}).end("told");
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = (path: string, TIMEOUT_SECONDS = "10") =>
    handlerWith({ HEALTH_URL: `${origin}${path}`, TIMEOUT_SECONDS })();

  test("ends well where the Region answers with success", async () => {
    expect(await ask("/200")).toBe(`${origin}/200 answered 200`);
    expect(await ask("/204")).toBe(`${origin}/204 answered 204`);
  });

  test.each(["/302", "/404", "/500", "/503"])("fails at %s, and says so", async (path) => {
    await expect(ask(path)).rejects.toThrow(`${origin}${path} answered ${path.slice(1)}`);
  });

  test("fails where no answer comes in time", async () => {
    await expect(ask("/silent", "0.05")).rejects.toThrow(/timeout/);
  });

  test("fails where nobody listens", async () => {
    const handler = handlerWith({ HEALTH_URL: "http://127.0.0.1:1/", TIMEOUT_SECONDS: "10" });
    await expect(handler()).rejects.toThrow();
  });
});
