import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { onTestFinished } from "vitest";
import type { Table } from "../../runtime/adapters/items.js";
import { systemClock } from "../../runtime/adapters/system.js";
import type { RegisteredResource } from "../../runtime/rehearsal/program/registered.js";
import { type GatewayOptions, startGateway } from "../../runtime/rehearsal/services/gateway.js";
import { ReplyLost } from "../../runtime/rehearsal/services/reply-lost.js";
import type { EmulatedService } from "../../runtime/rehearsal/services/service.js";
import { createSessions } from "../../runtime/rehearsal/services/sessions.js";
import { createTables } from "../../runtime/rehearsal/tables.js";
import { createVirtualClock } from "../../runtime/rehearsal/virtual-clock.js";

const account = "111122223333";
const region = "us-east-1";

/** A table as a deployment registers it. */
function tableResource(name: string, hashKey: string, rangeKey?: string): RegisteredResource {
  const keys = [hashKey, ...(rangeKey === undefined ? [] : [rangeKey])];
  return {
    urn: `urn:pulumi:dev::dr::aws:dynamodb/table:Table::${name}`,
    type: "aws:dynamodb/table:Table",
    name,
    custom: true,
    protect: false,
    ignoreChanges: [],
    dependencies: [],
    inputs: {
      name,
      hashKey,
      ...(rangeKey === undefined ? {} : { rangeKey }),
      attributes: keys.map((key) => ({ name: key, type: "S" })),
    },
    outputs: {},
    id: name,
    account,
    region,
  };
}

/** What happens to calls of one operation, before or after they took effect. */
export interface Disturbance {
  /** Replies of this operation that do not arrive, although the call took effect. */
  loseReplies(operation: string, count: number): void;
  /** Runs once, when the next call of this operation has taken effect and before its reply leaves. */
  afterNext(operation: string, run: () => Promise<unknown>): void;
  /** How many calls of an operation arrived. */
  arrived(operation: string): number;
}

export interface DynamoBench extends Disturbance {
  readonly client: DynamoDBClient;
  readonly executions: Table;
  readonly groups: Table;
}

/** Creates tables as a deployment registers them, and answers for them. */
export type TableStore = (tables: readonly RegisteredResource[]) => Promise<EmulatedService>;

const inMemory: TableStore = async (tables) => (await createTables(tables)).service;

/** A DynamoDB behind a signed gateway, reached through the real SDK with its retries. */
export async function startDynamo(store: TableStore = inMemory): Promise<DynamoBench> {
  const service = await store([
    tableResource("executions", "pk", "sk"),
    tableResource("groups", "name"),
  ]);
  // The SDK repeats refused calls where the service's clock differs much from its own.
  const timeline = createVirtualClock(systemClock.now());
  const sessions = createSessions({ newId: () => "session" });
  const disturbed = disturbing();
  const gateway = await startGateway({
    services: [service],
    sessions,
    authorize: () => ({ allowed: true, reason: "" }),
    timeline,
    onCall: () => {},
    around: disturbed.around,
  });
  const client = new DynamoDBClient({
    endpoint: gateway.url,
    region,
    credentials: sessions.issue(`arn:aws:iam::${account}:role/x`, "test", timeline.now(), 43_200),
  });
  onTestFinished(async () => {
    client.destroy();
    await gateway.close();
  });
  return {
    ...disturbed.by,
    client,
    executions: { client, name: "executions" },
    groups: { client, name: "groups" },
  };
}

function disturbing(): { around: NonNullable<GatewayOptions["around"]>; by: Disturbance } {
  const lost = new Map<string, number>();
  const counts = new Map<string, number>();
  const after = new Map<string, () => Promise<unknown>>();
  return {
    by: {
      loseReplies: (operation, count) => void lost.set(operation, count),
      afterNext: (operation, run) => void after.set(operation, run),
      arrived: (operation) => counts.get(operation) ?? 0,
    },
    async around({ request, operation }, answer) {
      counts.set(operation, (counts.get(operation) ?? 0) + 1);
      const reply = await answer(request);
      const run = after.get(operation);
      after.delete(operation);
      await run?.();
      const left = lost.get(operation) ?? 0;
      if (left === 0) return reply;
      lost.set(operation, left - 1);
      throw new ReplyLost(operation);
    },
  };
}
