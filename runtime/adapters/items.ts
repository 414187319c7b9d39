import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
} from "@aws-sdk/client-dynamodb";
import type { WriteResult } from "../core/ports.js";

export type Item = Readonly<Record<string, AttributeValue>>;

/** Address of an item in the executions table. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

export interface Table {
  readonly client: DynamoDBClient;
  readonly name: string;
}

/** Strongly consistent read of one item. */
export async function getItem(table: Table, key: Item): Promise<Item | undefined> {
  const { Item: item } = await table.client.send(
    new GetItemCommand({ TableName: table.name, Key: { ...key }, ConsistentRead: true }),
  );
  return item;
}

/** Every item of a partition whose sort key begins with a prefix, strongly consistent, in order. */
export async function queryItems(
  table: Table,
  pk: string,
  prefix: string,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let start: Record<string, AttributeValue> | undefined;
  do {
    const page: QueryCommandOutput = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues: { ":pk": { S: pk }, ":prefix": { S: prefix } },
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

/**
 * Writes a document under its revision: the stored one must stand one below, or be absent for
 * revision 1. The SDK repeats a write whose reply was lost and then meets its own success as a
 * failed condition, so a refusal is believed only when the stored document is not the very same.
 */
export async function putRevised(
  table: Table,
  key: ItemKey,
  revision: number,
  body: string,
): Promise<WriteResult> {
  const item = { ...keyItem(key), revision: { N: String(revision) }, body: { S: body } };
  const isStale = revision > 1;
  const command = new PutItemCommand({
    TableName: table.name,
    Item: item,
    ConditionExpression: isStale ? "revision = :below" : "attribute_not_exists(pk)",
    ...(isStale ? { ExpressionAttributeValues: { ":below": { N: String(revision - 1) } } } : {}),
  });
  try {
    await table.client.send(command);
    return "written";
  } catch (error) {
    const stored = await getItem(table, keyItem(key));
    if (stored?.body?.S === body) return "written";
    if (error instanceof ConditionalCheckFailedException) return "lost";
    throw error;
  }
}

/** Writes an item that is never changed: the first one stays. */
export async function putOnce(table: Table, key: ItemKey, body: string): Promise<void> {
  try {
    await table.client.send(
      new PutItemCommand({
        TableName: table.name,
        Item: { ...keyItem(key), body: { S: body } },
        ConditionExpression: "attribute_not_exists(pk)",
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

export function keyItem({ pk, sk }: ItemKey): Record<string, AttributeValue> {
  return { pk: { S: pk }, sk: { S: sk } };
}

export function bodyOf<T>(item: Item): T {
  return JSON.parse(item.body?.S ?? "null") as T;
}
