import { expect, it } from "vitest";
import { watchJournal } from "../../../runtime/rehearsal/observer/journal-watch.js";
import type {
  EmulatedService,
  ServiceReply,
  ServiceRequest,
} from "../../../runtime/rehearsal/services/service.js";
import { principalOfRole } from "../../../runtime/rehearsal/services/sessions.js";
import { defaultStart } from "../../../runtime/rehearsal/virtual-clock.js";

const lane = "111111111111/us-east-1";

function requestOf(service: string, path: string, body: object): ServiceRequest {
  return {
    service,
    region: "us-east-1",
    principal: principalOfRole("arn:aws:iam::111111111111:role/x", "test"),
    method: "POST",
    path,
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(JSON.stringify(body)),
  };
}

const start = (...servers: readonly string[]): ServiceRequest =>
  requestOf("drs", "/StartRecovery", {
    sourceServers: servers.map((sourceServerID) => ({ sourceServerID })),
  });

const terminate = (...recoveryInstanceIDs: readonly string[]): ServiceRequest =>
  requestOf("drs", "/TerminateRecoveryInstances", { recoveryInstanceIDs });

const written = (sk: string, openBatches: readonly object[]): ServiceRequest =>
  requestOf("dynamodb", "/", {
    Item: {
      pk: { S: "EXECUTION#x-1" },
      sk: { S: sk },
      body: { S: JSON.stringify({ openBatches }) },
    },
  });

/** Tables that answer as they are told, and the batch by which a call after these writes is known. */
async function batchAfter(
  writes: readonly ServiceRequest[],
  call: ServiceRequest,
  status = 200,
): Promise<string | undefined> {
  const reply: ServiceReply = { status, headers: {}, body: "{}" };
  const tables: EmulatedService = {
    signingNames: ["dynamodb"],
    operationOf: () => "PutItem",
    rightsOf: () => [],
    answer: async () => reply,
    denied: () => reply,
  };
  const watch = watchJournal(tables, { now: () => defaultStart });
  for (const write of writes) await watch.tables.answer(write);
  watch.arrived(call);
  expect(watch.sent).toMatchObject([{ lane, at: defaultStart }]);
  return watch.sent[0]?.batch;
}

const launch = { number: 3, servers: ["s-1", "s-2"] };
const end = { number: 4, servers: ["s-1"], instances: ["i-1"] };

it("knows a call by the batch of the very servers that the lane's item holds", async () => {
  const item = written(`LANE#${lane}`, [launch, end]);
  expect(await batchAfter([item], start("s-2", "s-1"))).toBe(`x-1 ${lane}#3`);
  expect(await batchAfter([item], terminate("i-1"))).toBe(`x-1 ${lane}#4`);
});

it.each([
  ["before the write", [], start("s-1", "s-2")],
  ["of some of the servers", [written(`LANE#${lane}`, [launch])], start("s-1")],
  ["of more servers", [written(`LANE#${lane}`, [launch])], start("s-1", "s-2", "s-3")],
  ["of another lane's batch", [written("LANE#x/y", [launch])], start("s-1", "s-2")],
  [
    "of a batch that the item let go of",
    [written(`LANE#${lane}`, [launch]), written(`LANE#${lane}`, [])],
    start("s-1", "s-2"),
  ],
  ["that starts what is to be ended", [written(`LANE#${lane}`, [end])], start("s-1")],
  ["that ends what is to be started", [written(`LANE#${lane}`, [launch])], terminate("s-1", "s-2")],
])("does not know a call %s", async (_what, writes, call) => {
  expect(await batchAfter(writes, call)).toBeUndefined();
});

it("believes no write that was refused", async () => {
  const item = written(`LANE#${lane}`, [launch]);
  expect(await batchAfter([item], start("s-1", "s-2"), 400)).toBeUndefined();
});
