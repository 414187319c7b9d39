import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import type { DynamoBench } from "./dynamo-bench.js";

/** Does something to a store and tells, in the words of `storeBehaviours`, what the store did. */
type Probe = (client: DynamoDBClient) => Promise<string>;

const TableName = "executions";
const key = (sk: string) => ({ pk: { S: "p" }, sk: { S: sk } });
const absent = "attribute_not_exists(pk)";

/** Tells `done`, or the name of the error. */
async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "done";
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

function put(client: DynamoDBClient, sk: string, more: Partial<PutItemCommandInput> = {}) {
  const { Item: item = {}, ...rest } = more;
  return client.send(new PutItemCommand({ TableName, Item: { ...key(sk), ...item }, ...rest }));
}

function transact(client: DynamoDBClient, input: TransactWriteItemsCommandInput) {
  return client.send(new TransactWriteItemsCommand(input));
}

function query(client: DynamoDBClient, more: Partial<QueryCommandInput> = {}) {
  const input: QueryCommandInput = {
    TableName,
    ConsistentRead: true,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": { S: "p" } },
    ...more,
  };
  return client.send(new QueryCommand(input));
}

async function stored(client: DynamoDBClient, sk: string) {
  const { Item: item } = await client.send(
    new GetItemCommand({ TableName, Key: key(sk), ConsistentRead: true }),
  );
  return item;
}

/** Puts items of 300 KB each. */
async function putLarge(client: DynamoDBClient, count: number): Promise<void> {
  const Item = { body: { S: "x".repeat(300_000) } };
  for (let number = 0; number < count; number += 1) await put(client, `large-${number}`, { Item });
}

/** What an item of so many bytes comes to: its names count, as its values do. */
function itemOfBytes(bytes: number): Probe {
  return (client) => {
    const S = "x".repeat(bytes - "pkp".length - "skone".length - "body".length);
    return outcomeOf(put(client, "one", { Item: { body: { S } } }));
  };
}

function actionsOf(count: number): TransactWriteItemsCommandInput {
  const TransactItems = Array.from({ length: count }, (_, number) => ({
    Put: { TableName, Item: key(`action-${number}`) },
  }));
  return { TransactItems };
}

async function pagesOf(next: (start: object | undefined) => Promise<object>): Promise<string> {
  let pages = 0;
  let start: object | undefined;
  do {
    const page: { LastEvaluatedKey?: object } = await next(start);
    start = page.LastEvaluatedKey;
    pages += 1;
  } while (start);
  return `${pages} pages`;
}

/** Behaviours by the names of `storeBehaviours`. */
const storeProbes: Readonly<Record<string, Probe>> = {
  "put refused by its condition": async (client) => {
    await put(client, "one");
    return outcomeOf(put(client, "one", { ConditionExpression: absent }));
  },
  "condition on a number": async (client) => {
    await put(client, "one", { Item: { revision: { N: "9" } } });
    const ExpressionAttributeValues = { ":below": { N: "9" } };
    const ConditionExpression = "revision = :below";
    return outcomeOf(put(client, "one", { ConditionExpression, ExpressionAttributeValues }));
  },
  "condition of several holders": async (client) => {
    await put(client, "one", { Item: { holder: { S: "b" } } });
    const ConditionExpression = "attribute_not_exists(pk) OR holder IN (:a, :b)";
    const ExpressionAttributeValues = { ":a": { S: "a" }, ":b": { S: "b" } };
    return outcomeOf(put(client, "one", { ConditionExpression, ExpressionAttributeValues }));
  },
  "item that refused a condition, in the error": async (client) => {
    await put(client, "one", { Item: { holder: { S: "other" } } });
    try {
      await put(client, "one", {
        ConditionExpression: absent,
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      });
    } catch (error) {
      const shown = error instanceof ConditionalCheckFailedException && error.Item !== undefined;
      return shown ? "shown" : "missing";
    }
    return "no error";
  },
  "item of 400 KB": itemOfBytes(409_600),
  "item above 400 KB": itemOfBytes(409_601),
  "set added to twice": async (client) => {
    const UpdateExpression = "ADD done :lane";
    for (const lane of ["a", "b", "b"]) {
      const ExpressionAttributeValues = { ":lane": { SS: [lane] } };
      const Key = key("gate");
      await client.send(
        new UpdateItemCommand({ TableName, Key, UpdateExpression, ExpressionAttributeValues }),
      );
    }
    return (await stored(client, "gate"))?.done?.SS?.toSorted().join(", ") ?? "nothing";
  },
  "empty set": (client) => outcomeOf(put(client, "one", { Item: { lanes: { SS: [] } } })),
  "empty text as a value": (client) => outcomeOf(put(client, "one", { Item: { a: { S: "" } } })),
  "empty text as a key": (client) => outcomeOf(put(client, "")),
  "order of a query": async (client) => {
    for (const sk of ["b", "é", "B", "a", "10", "9"]) await put(client, sk);
    const { Items: items = [] } = await query(client);
    return items.map(({ sk }) => sk?.S).join(" ");
  },
  "query of 1.2 MB": async (client) => {
    await putLarge(client, 4);
    return pagesOf((start) => query(client, start ? { ExclusiveStartKey: { ...start } } : {}));
  },
  "scan of 1.2 MB": async (client) => {
    await putLarge(client, 4);
    return pagesOf((start) =>
      client.send(
        new ScanCommand({ TableName, ...(start ? { ExclusiveStartKey: { ...start } } : {}) }),
      ),
    );
  },
  "query of an index that does not exist": (client) =>
    outcomeOf(query(client, { IndexName: "by-state", ConsistentRead: false })),
  "write to a table that does not exist": (client) =>
    outcomeOf(put(client, "one", { TableName: "gone" })),
  "number of 38 digits": async (client) => {
    const N = "12345678901234567890123456789012345678";
    await put(client, "one", { Item: { n: { N } } });
    return (await stored(client, "one"))?.n?.N === N ? "kept" : "changed";
  },
  "number of 39 digits": (client) =>
    outcomeOf(put(client, "one", { Item: { n: { N: "1".repeat(39) } } })),
  "number written as 1.50": async (client) => {
    await put(client, "one", { Item: { n: { N: "1.50" } } });
    return (await stored(client, "one"))?.n?.N ?? "nothing";
  },
  "value that no expression uses": (client) =>
    outcomeOf(
      put(client, "one", {
        ConditionExpression: absent,
        ExpressionAttributeValues: { ":unused": { S: "x" } },
      }),
    ),
  "reserved word in a condition": (client) =>
    outcomeOf(put(client, "one", { ConditionExpression: "attribute_not_exists(name)" })),
  "batch of 26 writes": (client) => {
    const requests = Array.from({ length: 26 }, (_, number) => ({
      PutRequest: { Item: key(`batch-${number}`) },
    }));
    return outcomeOf(
      client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } })),
    );
  },
  "batch of 101 reads": (client) => {
    const Keys = Array.from({ length: 101 }, (_, number) => key(`batch-${number}`));
    return outcomeOf(
      client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys } } })),
    );
  },
  "transaction of 2 writes": (client) => outcomeOf(transact(client, actionsOf(2))),
  "transaction of 101 writes": (client) => outcomeOf(transact(client, actionsOf(101))),
  "transaction repeated under its token": async (client) => {
    const Update = {
      TableName,
      Key: key("count"),
      UpdateExpression: "ADD n :one",
      ExpressionAttributeValues: { ":one": { N: "1" } },
    };
    const input = { TransactItems: [{ Update }], ClientRequestToken: "token" };
    const first = await outcomeOf(transact(client, input));
    if (first !== "done") return first;
    await transact(client, input);
    return `counted ${(await stored(client, "count"))?.n?.N}`;
  },
  "time to live switched on": (client) => {
    const TimeToLiveSpecification = { Enabled: true, AttributeName: "expiresAt" };
    return outcomeOf(
      client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification })),
    );
  },
  "item past its time to live": async (client) => {
    await put(client, "one", { Item: { expiresAt: { N: "1" } } });
    return (await stored(client, "one")) === undefined ? "gone" : "still read";
  },
};

export const probeNames = Object.keys(storeProbes);

/** What a store does, by the name of the behaviour. */
export function probe({ client }: DynamoBench, name: string): Promise<string> {
  const found = storeProbes[name];
  if (found === undefined) throw new Error(`no probe is named "${name}"`);
  return found(client);
}
