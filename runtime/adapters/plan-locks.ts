import { ConditionalCheckFailedException, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Journal, WriteResult } from "../core/ports.js";
import { getItem, keyItem, type Table } from "./items.js";

/** Holder of a plan that nobody holds. No execution's id has parentheses. */
const free = "(free)";

/** One execution a plan: the lock names it, and stays with it until it ends. */
export function planLocks(table: Table): Pick<Journal, "lockPlan" | "unlockPlan" | "takeOverLock"> {
  return {
    lockPlan: (plan, executionId) => lockPlan(table, plan, executionId),
    async unlockPlan(plan, executionId) {
      await put(table, plan, [executionId], free);
    },
    takeOverLock: (plan, from, executionId) => put(table, plan, [from, executionId], executionId),
  };
}

/** A lock whose holder lets go of it between the refusal and the look at it is asked for again. */
async function lockPlan(
  table: Table,
  plan: string,
  executionId: string,
): Promise<{ readonly heldBy?: string }> {
  for (;;) {
    if ((await put(table, plan, [free, executionId], executionId)) === "written") return {};
    const heldBy = await holderOf(table, plan);
    if (heldBy !== undefined && heldBy !== executionId) return { heldBy };
  }
}

/** Writes the holder where the present one is among those expected. An absent lock is free. */
async function put(
  table: Table,
  plan: string,
  expected: readonly string[],
  holder: string,
): Promise<WriteResult> {
  const names = expected.map((_, index) => `:holder${index}`);
  const held = `executionId IN (${names.join(", ")})`;
  const command = new PutItemCommand({
    TableName: table.name,
    Item: { ...keyItem(lockKey(plan)), executionId: { S: holder } },
    ConditionExpression: expected.includes(free) ? `attribute_not_exists(pk) OR ${held}` : held,
    ExpressionAttributeValues: Object.fromEntries(
      expected.map((value, index) => [`:holder${index}`, { S: value }]),
    ),
  });
  try {
    await table.client.send(command);
    return "written";
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return "lost";
    throw error;
  }
}

async function holderOf(table: Table, plan: string): Promise<string | undefined> {
  const item = await getItem(table, keyItem(lockKey(plan)));
  const holder = item?.executionId?.S;
  return holder === free ? undefined : holder;
}

function lockKey(plan: string) {
  return { pk: `PLAN#${plan}`, sk: "LOCK" };
}
