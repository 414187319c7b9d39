import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inputsOf, smallestInputsOf } from "../../support/service-model/inputs.js";
import { loadModel, type OperationModel } from "../../support/service-model/model.js";
import {
  account,
  type EmulatorBench,
  region,
  serverId,
  start,
  startEmulatorBench,
} from "./bench.js";
import { type Answered, callOf } from "./model-call.js";

const model = loadModel("drs");
const operations = Object.values(model.operations);

/** Ids of what the bench has, by the shape that a request names it in. */
const known = {
  ARN: [`arn:aws:drs:${region}:${account}:source-server/${serverId(1)}`],
  AccountID: [account],
  SourceServerID: [serverId(1), serverId(2), serverId(3)],
};

const call = (
  bench: EmulatorBench,
  operation: OperationModel,
  input: Readonly<Record<string, unknown>>,
  more?: { readonly where?: string; readonly body?: string },
): Promise<Answered> => callOf(model, bench, operation, input, more);

/** 404 is for what a request names and nobody has, never for the operation. */
function isAnswer({ status, code }: Answered): boolean {
  return status < 500 && (status !== 404 || code === "ResourceNotFoundException");
}

/** Four servers, one of them with an instance; another one in a job. */
async function busyBench(): Promise<EmulatorBench> {
  const bench = await startEmulatorBench();
  await start(bench, 1);
  await bench.control("POST /clock", { advanceSeconds: 1_200 });
  await start(bench, 2);
  return bench;
}

const wrongBodies = ["{}", "", "{", "[]", "null"];

describe("every operation of the published model", () => {
  it("is answered, whatever valid input it gets, by its result or an error of its own", async () => {
    const bench = await busyBench();
    for (const operation of operations) {
      const inputs = [
        ...fc.sample(smallestInputsOf(model, operation, known), { numRuns: 2, seed: 1 }),
        ...fc.sample(inputsOf(model, operation, known), { numRuns: 5, seed: 2 }),
      ];
      const answers = await Promise.all(inputs.map((input) => call(bench, operation, input)));
      expect(
        answers.filter((one) => !isAnswer(one)),
        operation.name,
      ).toEqual([]);
    }
  });

  it("is answered whatever its body is", async () => {
    const bench = await busyBench();
    for (const operation of operations) {
      const calls = wrongBodies.map((body) => call(bench, operation, {}, { body }));
      const answers = await Promise.all(calls);
      expect(
        answers.filter((one) => !isAnswer(one)),
        operation.name,
      ).toEqual([]);
    }
  });

  it("is answered in a lane where DRS is not initialised", async () => {
    const bench = await startEmulatorBench();
    for (const operation of operations) {
      const [input = {}] = fc.sample(smallestInputsOf(model, operation, known), {
        numRuns: 1,
        seed: 3,
      });
      const answered = await call(bench, operation, input, { where: "us-east-1" });
      expect(answered, operation.name).toSatisfy(isAnswer);
    }
  });
});

type Protocol = (operation: string) => Readonly<Record<string, string>>;

const json =
  (target: string): Protocol =>
  (operation) => ({
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `${target}.${operation}`,
  });
const form: Protocol = () => ({ "content-type": "application/x-www-form-urlencoded" });

const neighbours: readonly (readonly [service: string, Protocol, operations: readonly string[]])[] =
  [
    ["sts", form, ["AssumeRole", "GetCallerIdentity"]],
    ["sns", form, ["Publish"]],
    ["ec2", form, ["DescribeInstances"]],
    ["servicequotas", json("ServiceQuotasV20190624"), ["GetServiceQuota", "ListServiceQuotas"]],
    [
      "ssm",
      json("AmazonSSM"),
      ["StartAutomationExecution", "GetAutomationExecution", "DescribeAutomationExecutions"],
    ],
  ];

const oddForms = [
  "",
  "RoleArn=&TopicArn=&InstanceId.1=",
  "Message=%00&RoleArn=arn&DurationSeconds=x",
];
const oddInputs = [
  "{}",
  "null",
  "[]",
  "{",
  '{"ServiceCode":"drs","QuotaCode":"L-0","DocumentName":"d"}',
];

describe("every operation beside DRS", () => {
  it.each(neighbours)(
    "of %s is answered, whatever it is asked",
    async (service, headers, names) => {
      const { emulator } = await startEmulatorBench();
      const scope = `${account}/20260124/${region}/${service}/aws4_request`;
      const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${"0".repeat(64)}`;
      for (const name of names) {
        const bodies =
          headers === form ? oddForms.map((odd) => `Action=${name}&Version=1&${odd}`) : oddInputs;
        for (const body of bodies) {
          const sent = { authorization, ...headers(name) };
          const reply = await fetch(emulator.url, { method: "POST", headers: sent, body });
          expect([200, 400], `${name} ${body}: ${await reply.text()}`).toContain(reply.status);
        }
      }
    },
  );
});
