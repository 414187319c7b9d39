import type { RegisteredResource } from "../../runtime/rehearsal/program/registered.js";
import type { EmulatedService } from "../../runtime/rehearsal/services/service.js";
import { notOurs } from "../support/service-model/ledger.js";
import type { Moto } from "./moto.js";

/** Moto's DynamoDB as the one behind the gateway, with the registered tables and nothing else in it. */
export async function motoTables(
  moto: Moto,
  tables: readonly RegisteredResource[],
): Promise<EmulatedService> {
  await moto.reset();
  for (const { inputs, region } of tables) {
    const reply = await moto.answer({
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "DynamoDB_20120810.CreateTable",
        authorization: `AWS4-HMAC-SHA256 Credential=key/20260124/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=none`,
      },
      body: Buffer.from(JSON.stringify(tableOf(inputs))),
    });
    if (reply.status !== 200) throw new Error(`moto refused a table: ${reply.body.toString()}`);
  }
  return {
    signingNames: ["dynamodb"],
    operationOf: ({ headers }) => headers["x-amz-target"]?.split(".")[1] ?? "Unknown",
    rightsOf: () => [],
    answer: async (request) => notOurs(await moto.answer(request)),
    denied: () => ({ status: 400, headers: {}, body: "{}" }),
  };
}

function tableOf({ name, hashKey, rangeKey }: Readonly<Record<string, unknown>>): object {
  const keys = [hashKey, ...(rangeKey === undefined ? [] : [rangeKey])];
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: keys.map((key) => ({ AttributeName: key, AttributeType: "S" })),
    KeySchema: keys.map((key, index) => ({
      AttributeName: key,
      KeyType: index === 0 ? "HASH" : "RANGE",
    })),
  };
}
