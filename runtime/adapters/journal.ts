import { PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { type Instant, toIso } from "../core/instant.js";
import type { LaneKey } from "../core/lane.js";
import type { AuditEntry, Journal, NewId, WriteResult } from "../core/ports.js";
import type { Member } from "../core/recovery/plan.js";
import type { EndedBatch, GateState, Head, LaneState } from "../core/recovery/state.js";
import { membersPerItem } from "../limits.js";
import { bodyOf, getItem, keyItem, putOnce, putRevised, queryItems, type Table } from "./items.js";
import { planLocks } from "./plan-locks.js";

/** Members of an execution never change once its lanes have begun: a warm function reads them once. */
const keptMemberLists = 64;

/** The journal in the executions table. */
export function dynamoJournal(table: Table, newId: NewId): Journal {
  const memberLists = new Map<string, readonly Member[]>();
  return {
    ...planLocks(table),

    async head(executionId) {
      const item = await getItem(table, keyItem(headKey(executionId)));
      return item ? bodyOf<Head>(item) : undefined;
    },
    createHead: (head) => putHead(table, head),
    updateHead: (head) => putHead(table, head),

    async putMembers(executionId, lane, members) {
      memberLists.delete(`${executionId}#${lane}`);
      await putMembers(table, executionId, lane, members);
    },
    async members(executionId, lane) {
      const key = `${executionId}#${lane}`;
      const known = memberLists.get(key);
      if (known) return known;
      const members = await readMembers(table, executionId, lane);
      if (memberLists.size >= keptMemberLists) memberLists.clear();
      memberLists.set(key, members);
      return members;
    },

    async lane(executionId, lane) {
      const item = await getItem(table, keyItem(laneItemKey(executionId, lane)));
      return item ? bodyOf<LaneState>(item) : undefined;
    },
    async lanes(executionId) {
      const items = await queryItems(table, partition(executionId), "LANE#");
      return items.map(bodyOf<LaneState>);
    },
    writeLane: (lane) =>
      putRevised(
        table,
        laneItemKey(lane.executionId, lane.lane),
        lane.revision,
        JSON.stringify(lane),
      ),

    putEndedBatch: (executionId, lane, batch) =>
      putOnce(table, batchKey(executionId, lane, batch), JSON.stringify(batch)),
    async endedBatches(executionId, lane) {
      const items = await queryItems(table, partition(executionId), `BATCH#${lane}#`);
      return items.map(bodyOf<EndedBatch>);
    },

    markGate: (executionId, wave, lane, broken) => markGate(table, executionId, wave, lane, broken),
    gates: (executionId, waves) =>
      Promise.all(waves.map((wave) => readGate(table, executionId, wave))),

    audit: (executionId, at, entry) => putAudit(table, executionId, at, entry, newId()),
  };
}

function partition(executionId: string): string {
  return `EXECUTION#${executionId}`;
}

function headKey(executionId: string) {
  return { pk: partition(executionId), sk: "HEAD" };
}

function laneItemKey(executionId: string, lane: LaneKey) {
  return { pk: partition(executionId), sk: `LANE#${lane}` };
}

/** A batch that was void and then revived has two records: one of each life. */
function batchKey(executionId: string, lane: LaneKey, { number, outcome }: EndedBatch) {
  const life = outcome === "void" ? "#void" : "";
  const ordinal = String(number).padStart(6, "0");
  return { pk: partition(executionId), sk: `BATCH#${lane}#${ordinal}${life}` };
}

function putHead(table: Table, head: Head): Promise<WriteResult> {
  return putRevised(table, headKey(head.executionId), head.revision, JSON.stringify(head));
}

/** The first item tells how many belong together, so that a shorter list written later is whole. */
async function putMembers(
  table: Table,
  executionId: string,
  lane: LaneKey,
  members: readonly Member[],
): Promise<void> {
  const items = Math.max(1, Math.ceil(members.length / membersPerItem));
  for (let index = 0; index < items; index += 1) {
    const part = members.slice(index * membersPerItem, (index + 1) * membersPerItem);
    const sk = `MEMBERS#${lane}#${String(index).padStart(4, "0")}`;
    const body = JSON.stringify({ items, members: part });
    await table.client.send(
      new PutItemCommand({
        TableName: table.name,
        Item: { ...keyItem({ pk: partition(executionId), sk }), body: { S: body } },
      }),
    );
  }
}

async function readMembers(
  table: Table,
  executionId: string,
  lane: LaneKey,
): Promise<readonly Member[]> {
  const stored = await queryItems(table, partition(executionId), `MEMBERS#${lane}#`);
  const parts = stored.map(bodyOf<{ items: number; members: readonly Member[] }>);
  return parts.slice(0, parts[0]?.items ?? 0).flatMap(({ members }) => members);
}

/** Adding a lane to a set twice adds it once. */
async function markGate(
  table: Table,
  executionId: string,
  wave: string,
  lane: LaneKey,
  broken: boolean,
): Promise<void> {
  await table.client.send(
    new UpdateItemCommand({
      TableName: table.name,
      Key: keyItem(gateKey(executionId, wave)),
      UpdateExpression: broken ? "ADD done :lane, broken :lane" : "ADD done :lane",
      ExpressionAttributeValues: { ":lane": { SS: [lane] } },
    }),
  );
}

async function readGate(table: Table, executionId: string, wave: string): Promise<GateState> {
  const item = await getItem(table, keyItem(gateKey(executionId, wave)));
  const lanes = (name: string) => new Set((item?.[name]?.SS ?? []) as LaneKey[]);
  return { wave, done: lanes("done"), broken: lanes("broken") };
}

function gateKey(executionId: string, wave: string) {
  return { pk: partition(executionId), sk: `GATE#${wave}` };
}

async function putAudit(
  table: Table,
  executionId: string,
  at: Instant,
  entry: AuditEntry,
  id: string,
): Promise<void> {
  const sk = `AUDIT#${toIso(at)}#${id}`;
  await putOnce(table, { pk: partition(executionId), sk }, JSON.stringify({ at, ...entry }));
}
