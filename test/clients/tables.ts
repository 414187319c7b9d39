import { onTestFinished } from "vitest";
import { systemClock } from "../../runtime/adapters/system.js";
import { createOperatorSessions } from "../../runtime/rehearsal/emulator/operators.js";
import type { RegisteredResource } from "../../runtime/rehearsal/program/registered.js";
import { startGateway } from "../../runtime/rehearsal/services/gateway.js";
import { createTables } from "../../runtime/rehearsal/tables.js";
import { createVirtualClock } from "../../runtime/rehearsal/virtual-clock.js";

/**
 * An endpoint for the tables that another orchestrator keeps for itself: `aws-dr emulate` has no
 * DynamoDB. Keys are as it takes them: ids of accounts. Answers the endpoint's URL.
 */
export async function tablesOf(resources: readonly RegisteredResource[]): Promise<string> {
  const [first] = resources;
  const { service } = await createTables(resources);
  const gateway = await startGateway({
    services: [service],
    sessions: createOperatorSessions({
      account: first?.account ?? "",
      newId: () => "session",
      realTime: systemClock,
    }),
    authorize: () => ({ allowed: true, reason: "" }),
    timeline: createVirtualClock(systemClock.now()),
    onCall: () => undefined,
  });
  onTestFinished(() => gateway.close());
  return gateway.url;
}
