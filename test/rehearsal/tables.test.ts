import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import type { RegisteredResource } from "../../runtime/rehearsal/program/registered.js";
import type { EmulatedService, ServiceRequest } from "../../runtime/rehearsal/services/service.js";
import { createTables } from "../../runtime/rehearsal/tables.js";

const account = "777788889999";

function resource(type: string, inputs: Record<string, unknown>): RegisteredResource {
  const name = String(inputs.name ?? inputs.tableName);
  return {
    urn: `urn:pulumi:dev::dr::${type}::${name}`,
    type,
    name,
    custom: true,
    protect: false,
    ignoreChanges: [],
    dependencies: [],
    inputs,
    outputs: inputs,
    id: name,
    account,
    region: "us-east-1",
  };
}

const executions = resource("aws:dynamodb/table:Table", {
  name: "dr-x-executions",
  hashKey: "pk",
  rangeKey: "sk",
  attributes: [
    { name: "pk", type: "S" },
    { name: "sk", type: "S" },
    { name: "state", type: "S" },
  ],
  billingMode: "PAY_PER_REQUEST",
  globalSecondaryIndexes: [
    { name: "by-state", hashKey: "state", rangeKey: "sk", projectionType: "ALL" },
  ],
  pointInTimeRecovery: { enabled: true },
  replicas: [{ regionName: "us-west-2" }],
  ttl: { attributeName: "expiresAt", enabled: true },
});

const estate = resource("aws:dynamodb/tableItem:TableItem", {
  tableName: "dr-x-executions",
  hashKey: "pk",
  rangeKey: "sk",
  item: JSON.stringify({ pk: { S: "ESTATE" }, sk: { S: "LANES" }, lanes: { S: "[]" } }),
});

function requestOf(target: string, body: object, region = "us-east-1"): ServiceRequest {
  const roleArn = `arn:aws:iam::${account}:role/dr-x-execution`;
  return {
    service: "dynamodb",
    region,
    principal: { account, roleArn, arn: `arn:aws:sts::${account}:assumed-role/dr-x-execution/x` },
    method: "POST",
    path: "/",
    query: new URLSearchParams(),
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `DynamoDB_20120810.${target}`,
      "x-amz-date": "20260124T020000Z",
      authorization: "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c",
    },
    body: Buffer.from(JSON.stringify(body)),
  };
}

async function serve(
  service: EmulatedService,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)]);
  const reply = await service.answer({
    ...requestOf("", {}),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  });
  response.writeHead(reply.status, { ...reply.headers }).end(reply.body);
}

describe("tables of a rehearsal", () => {
  it("serves the SDK: registered items, conditional writes, queries of an index", async () => {
    const { service } = await createTables([executions, estate]);
    const server = createServer((message, response) => {
      void serve(service, message, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const client = new DynamoDBClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: "us-east-1",
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
    });
    const TableName = "dr-x-executions";
    const found = await client.send(
      new GetItemCommand({ TableName, Key: { pk: { S: "ESTATE" }, sk: { S: "LANES" } } }),
    );
    expect(found.Item?.lanes).toEqual({ S: "[]" });
    const head = { pk: { S: "EXECUTION#1" }, sk: { S: "HEAD" }, state: { S: "recovering" } };
    const create = new PutItemCommand({
      TableName,
      Item: head,
      ConditionExpression: "attribute_not_exists(pk)",
    });
    await client.send(create);
    await expect(client.send(create)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    const byState = await client.send(
      new QueryCommand({
        TableName,
        IndexName: "by-state",
        KeyConditionExpression: "#state = :state",
        ExpressionAttributeNames: { "#state": "state" },
        ExpressionAttributeValues: { ":state": { S: "recovering" } },
      }),
    );
    expect(byState.Items).toEqual([head]);
    client.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it("keeps accounts and Regions apart", async () => {
    const { service } = await createTables([executions]);
    const list = async (region: string): Promise<unknown> => {
      const reply = await service.answer(requestOf("ListTables", {}, region));
      return JSON.parse(reply.body.toString()).TableNames;
    };
    expect(await list("us-east-1")).toEqual(["dr-x-executions"]);
    expect(await list("us-west-2")).toEqual([]);
  });

  it("asks IAM for each operation on its tables and indexes", async () => {
    const { service } = await createTables([]);
    const table = `arn:aws:dynamodb:us-east-1:${account}:table/dr-x-executions`;
    expect(service.rightsOf(requestOf("PutItem", { TableName: "dr-x-executions" }))).toEqual([
      { action: "dynamodb:PutItem", resources: [table], context: {} },
    ]);
    const query = { TableName: "dr-x-executions", IndexName: "by-state" };
    expect(service.rightsOf(requestOf("Query", query))).toEqual([
      { action: "dynamodb:Query", resources: [`${table}/index/by-state`], context: {} },
    ]);
    const batch = { RequestItems: { "dr-x-executions": {}, other: {} } };
    expect(service.rightsOf(requestOf("BatchGetItem", batch))[0]?.resources).toHaveLength(2);
    expect(service.rightsOf(requestOf("ListTables", {}))[0]?.resources).toEqual(["*"]);
  });

  it("refuses an item whose key does not fit the table", async () => {
    const wrong = resource("aws:dynamodb/tableItem:TableItem", {
      tableName: "dr-x-executions",
      item: JSON.stringify({ pk: { S: "ESTATE" } }),
    });
    await expect(createTables([executions, wrong])).rejects.toThrow(
      "The emulated DynamoDB refused PutItem dr-x-executions: ",
    );
  });

  it("tell every item, however many pages they fill", async () => {
    const large = ["a", "b", "c"].map((sk) =>
      resource("aws:dynamodb/tableItem:TableItem", {
        tableName: "dr-x-executions",
        item: JSON.stringify({ pk: { S: "BIG" }, sk: { S: sk }, text: { S: "x".repeat(390_000) } }),
      }),
    );
    const tables = await createTables([executions, estate, ...large]);
    const items = await tables.items();
    expect(items.map(({ pk, sk }) => [pk?.S, sk?.S])).toEqual(
      expect.arrayContaining([
        ["ESTATE", "LANES"],
        ["BIG", "a"],
        ["BIG", "b"],
        ["BIG", "c"],
      ]),
    );
    expect(items).toHaveLength(4);
  });
});
