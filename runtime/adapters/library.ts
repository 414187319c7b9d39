import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  ScanCommand,
  type ScanCommandOutput,
} from "@aws-sdk/client-dynamodb";
import type { Documents, Estate, EstateLane, WriteResult } from "../core/ports.js";
import type { Revised } from "../core/recovery/plan.js";
import { getItem, type Item, keyItem, type Table } from "./items.js";

/** Groups or plans in their table, one item a document. */
export function dynamoDocuments<T extends { readonly name: string }>(table: Table): Documents<T> {
  return {
    async get(name) {
      const item = await getItem(table, { name: { S: name } });
      return item ? revised<T>(item) : undefined;
    },
    async list() {
      return (await scan(table)).map(revised<T>).toSorted(byName);
    },
    put: (document, expected) => put(table, document, expected),
    remove: (name, expected) => remove(table, name, expected),
  };
}

function byName(a: Revised<{ name: string }>, b: Revised<{ name: string }>): number {
  return a.document.name < b.document.name ? -1 : 1;
}

function revised<T>(item: Item): Revised<T> {
  return {
    revision: Number(item.revision?.N ?? 0),
    managedBy: item.managedBy?.S === "pulumi" ? "pulumi" : "operator",
    document: JSON.parse(item.document?.S ?? "null") as T,
  };
}

async function scan(table: Table): Promise<readonly Item[]> {
  const items: Item[] = [];
  let start: Record<string, AttributeValue> | undefined;
  do {
    const page: ScanCommandOutput = await table.client.send(
      new ScanCommand({
        TableName: table.name,
        ConsistentRead: true,
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

async function put(
  table: Table,
  document: { readonly name: string },
  expected: number,
): Promise<WriteResult> {
  const body = JSON.stringify(document);
  return conditional(table, document.name, body, () =>
    table.client.send(
      new PutItemCommand({
        TableName: table.name,
        Item: {
          name: { S: document.name },
          revision: { N: String(expected + 1) },
          managedBy: { S: "operator" },
          document: { S: body },
        },
        ...at(expected),
      }),
    ),
  );
}

async function remove(table: Table, name: string, expected: number): Promise<WriteResult> {
  return conditional(table, name, undefined, () =>
    table.client.send(
      new DeleteItemCommand({ TableName: table.name, Key: { name: { S: name } }, ...at(expected) }),
    ),
  );
}

function at(expected: number) {
  return expected === 0
    ? {
        ConditionExpression: "attribute_not_exists(#name)",
        ExpressionAttributeNames: { "#name": "name" },
      }
    : {
        ConditionExpression: "revision = :expected",
        ExpressionAttributeValues: { ":expected": { N: String(expected) } },
      };
}

/** A write whose reply was lost is recognised by what it left. */
async function conditional(
  table: Table,
  name: string,
  left: string | undefined,
  write: () => Promise<unknown>,
): Promise<WriteResult> {
  try {
    await write();
    return "written";
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const stored = await getItem(table, { name: { S: name } });
    return stored?.document?.S === left ? "written" : "lost";
  }
}

/** Lanes of the estate, as the deployment wrote them beside the journal. */
export function dynamoEstate(table: Table): Estate {
  return {
    async lanes() {
      const item = await getItem(table, keyItem({ pk: "ESTATE", sk: "LANES" }));
      return JSON.parse(item?.lanes?.S ?? "[]") as readonly EstateLane[];
    },
  };
}
