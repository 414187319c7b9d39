import { Readable } from "node:stream";
import dynalite from "dynalite";
import { partitionOf } from "../core/partition.js";
import type { RegisteredResource } from "./program/registered.js";
import type {
  EmulatedService,
  NeededRight,
  ServiceReply,
  ServiceRequest,
} from "./services/service.js";

/** DynamoDB with the tables and items that a program registered. */
export interface Tables {
  readonly service: EmulatedService;
  /** Every item of every registered table, as DynamoDB writes items. */
  items(): Promise<readonly TableItem[]>;
}

/** Attributes by name, each with its type: `{ pk: { S: "PLAN#payments" } }`. */
export type TableItem = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What is asked of one store: an operation with its parameters as JSON. */
interface StoreRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** One DynamoDB of an account in a Region. */
interface Store {
  call(request: StoreRequest): Promise<ServiceReply>;
}

const tableType = "aws:dynamodb/table:Table";
const itemType = "aws:dynamodb/tableItem:TableItem";

/**
 * Creates the registered tables, each in the store of its account and Region, and puts the
 * registered items into them.
 *
 * Point-in-time recovery, TTL, encryption, streams and replicas are left out: the store has none of
 * them. It answers `UnknownOperationException` to transactions.
 */
export async function createTables(resources: readonly RegisteredResource[]): Promise<Tables> {
  const stores = new Map<string, Store>();
  const storeOf = (account: string, region: string): Store => {
    const key = `${account}/${region}`;
    const store = stores.get(key) ?? createStore();
    stores.set(key, store);
    return store;
  };
  const homeOf = ({ account = "", region = "" }: RegisteredResource): Store =>
    storeOf(account, region);
  const tables = resources.filter(({ type }) => type === tableType);
  for (const table of tables) await createTable(homeOf(table), table.inputs);
  for (const item of resources.filter(({ type }) => type === itemType)) {
    await putItem(homeOf(item), item);
  }
  return {
    service: {
      signingNames: ["dynamodb"],
      operationOf,
      rightsOf,
      answer: (request) => storeOf(request.principal.account, request.region).call(request),
      denied: (_request, message) => accessDenied(message),
    },
    async items() {
      const found = tables.map((table) => itemsOf(homeOf(table), String(table.inputs.name)));
      return (await Promise.all(found)).flat();
    },
  };
}

/** Requests go to the store in this process, as if a socket had brought them. */
function createStore(): Store {
  const server = dynalite({ createTableMs: 0 });
  return {
    call: ({ headers, body }) =>
      new Promise((resolve) => {
        const request = Object.assign(Readable.from([body]), { method: "POST", url: "/", headers });
        const replyHeaders: Record<string, string> = {};
        const response = {
          statusCode: 200,
          contentType: "",
          setHeader: (name: string, value: unknown) => {
            replyHeaders[name.toLowerCase()] = String(value);
          },
          end: (text: string) =>
            resolve({ status: response.statusCode, headers: replyHeaders, body: text }),
        };
        server.emit("request", request, response);
      }),
  };
}

async function createTable(store: Store, inputs: Readonly<Record<string, unknown>>): Promise<void> {
  const name = String(inputs.name);
  await ask(store, "CreateTable", {
    TableName: name,
    AttributeDefinitions: list(inputs.attributes).map((attribute) => ({
      AttributeName: attribute.name,
      AttributeType: attribute.type,
    })),
    KeySchema: keySchemaOf(inputs),
    BillingMode: "PAY_PER_REQUEST",
    ...indexes("GlobalSecondaryIndexes", inputs.globalSecondaryIndexes, inputs),
    ...indexes("LocalSecondaryIndexes", inputs.localSecondaryIndexes, inputs),
  });
  for (;;) {
    const { Table: table } = await ask(store, "DescribeTable", { TableName: name });
    if (isRecord(table) && table.TableStatus === "ACTIVE") return;
    await new Promise(setImmediate);
  }
}

async function putItem(store: Store, { urn, inputs }: RegisteredResource): Promise<void> {
  if (typeof inputs.item !== "string") {
    throw new Error(`${urn} must have an item that is known, to be rehearsed.`);
  }
  await ask(store, "PutItem", { TableName: inputs.tableName, Item: JSON.parse(inputs.item) });
}

async function itemsOf(store: Store, table: string): Promise<readonly TableItem[]> {
  const items: TableItem[] = [];
  let next: object = {};
  do {
    const page = await ask(store, "Scan", { TableName: table, ...next });
    items.push(...(page.Items as readonly TableItem[]));
    next = page.LastEvaluatedKey ? { ExclusiveStartKey: page.LastEvaluatedKey } : {};
  } while ("ExclusiveStartKey" in next);
  return items;
}

function keySchemaOf({ hashKey, rangeKey }: Readonly<Record<string, unknown>>): readonly object[] {
  const hash = { AttributeName: hashKey, KeyType: "HASH" };
  return typeof rangeKey === "string"
    ? [hash, { AttributeName: rangeKey, KeyType: "RANGE" }]
    : [hash];
}

function indexes(
  name: string,
  registered: unknown,
  { hashKey }: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const indexList = list(registered).map((index) => ({
    IndexName: index.name,
    KeySchema: keySchemaOf({ hashKey, ...index }),
    Projection: {
      ProjectionType: index.projectionType,
      ...(index.nonKeyAttributes ? { NonKeyAttributes: index.nonKeyAttributes } : {}),
    },
  }));
  return indexList.length > 0 ? { [name]: indexList } : {};
}

/** Asks a store outside of any function, and throws what it refuses. */
async function ask(
  store: Store,
  operation: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const headers = {
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": `DynamoDB_20120810.${operation}`,
    "x-amz-date": "20260124T020000Z",
    authorization: "AWS4-HMAC-SHA256 Credential=deployment, SignedHeaders=host, Signature=none",
  };
  const reply = await store.call({ headers, body: Buffer.from(JSON.stringify(parameters)) });
  const answer: unknown = JSON.parse(reply.body.toString());
  if (reply.status !== 200 || !isRecord(answer)) {
    const what = `${operation} ${String(parameters.TableName)}`;
    throw new Error(`The emulated DynamoDB refused ${what}: ${reply.body.toString()}`);
  }
  return answer;
}

function operationOf({ headers }: ServiceRequest): string {
  return headers["x-amz-target"]?.split(".")[1] ?? "Unknown";
}

/** IAM asks for the operation on each table, or on the index where one is read. */
function rightsOf(request: ServiceRequest): readonly NeededRight[] {
  const operation = operationOf(request);
  const body = parsed(request.body);
  const { region, principal } = request;
  const tableArn = (table: string): string =>
    table.startsWith("arn:")
      ? table
      : `arn:${partitionOf(region)}:dynamodb:${region}:${principal.account}:table/${table}`;
  const index = typeof body.IndexName === "string" ? `/index/${body.IndexName}` : "";
  const tables = isRecord(body.RequestItems)
    ? Object.keys(body.RequestItems)
    : [body.TableName].filter((name) => typeof name === "string");
  const resources = tables.map((table) => tableArn(table) + index);
  const action = `dynamodb:${operation}`;
  return [{ action, resources: resources.length > 0 ? resources : ["*"], context: {} }];
}

function accessDenied(message: string): ServiceReply {
  const type = "com.amazon.coral.service#AccessDeniedException";
  return {
    status: 400,
    headers: { "content-type": "application/x-amz-json-1.0" },
    body: JSON.stringify({ __type: type, message }),
  };
}

function parsed(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString());
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function list(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
