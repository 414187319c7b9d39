import type { LaneKey } from "../../../runtime/core/lane.js";
import type { AuditEntry, Journal, WriteResult } from "../../../runtime/core/ports.js";
import type { Member } from "../../../runtime/core/recovery/plan.js";
import type { EndedBatch, Head, LaneState } from "../../../runtime/core/recovery/state.js";

/** A journal that keeps its rules in memory, and lets a test look inside. */
export interface MemoryJournal extends Journal {
  readonly audits: readonly AuditEntry[];
  /** Every lane state ever written, in order. */
  readonly laneWrites: readonly LaneState[];
}

export function memoryJournal(): MemoryJournal {
  const heads = new Map<string, Head>();
  const members = new Map<string, readonly Member[]>();
  const lanes = new Map<string, LaneState>();
  const batches = new Map<string, Map<string, EndedBatch>>();
  const gates = new Map<string, { done: Set<LaneKey>; broken: Set<LaneKey> }>();
  const locks = new Map<string, string>();
  const audits: AuditEntry[] = [];
  const laneWrites: LaneState[] = [];
  const key = (id: string, lane: LaneKey) => `${id}#${lane}`;
  const gateOf = (id: string, wave: string) => {
    const gate = gates.get(`${id}#${wave}`) ?? { done: new Set(), broken: new Set() };
    gates.set(`${id}#${wave}`, gate);
    return gate;
  };
  const writeHead = async (head: Head): Promise<WriteResult> => {
    if ((heads.get(head.executionId)?.revision ?? 0) !== head.revision - 1) return "lost";
    heads.set(head.executionId, head);
    return "written";
  };
  return {
    audits,
    laneWrites,
    head: async (id) => heads.get(id),
    createHead: writeHead,
    updateHead: writeHead,
    putMembers: async (id, lane, list) => void members.set(key(id, lane), list),
    members: async (id, lane) => members.get(key(id, lane)) ?? [],
    lane: async (id, lane) => lanes.get(key(id, lane)),
    lanes: async (id) =>
      [...lanes.values()]
        .filter(({ executionId }) => executionId === id)
        .toSorted((a, b) => (a.lane < b.lane ? -1 : 1)),
    async writeLane(lane) {
      const at = key(lane.executionId, lane.lane);
      if ((lanes.get(at)?.revision ?? 0) !== lane.revision - 1) return "lost";
      const stored = structuredClone(lane);
      lanes.set(at, stored);
      laneWrites.push(stored);
      return "written";
    },
    async putEndedBatch(id, lane, batch) {
      const ofLane = batches.get(key(id, lane)) ?? new Map<string, EndedBatch>();
      batches.set(key(id, lane), ofLane);
      const name = `${batch.number}#${batch.outcome}`;
      if (!ofLane.has(name)) ofLane.set(name, structuredClone(batch));
    },
    endedBatches: async (id, lane) =>
      [...(batches.get(key(id, lane))?.values() ?? [])].toSorted((a, b) => a.number - b.number),
    async markGate(id, wave, lane, broken) {
      const gate = gateOf(id, wave);
      gate.done.add(lane);
      if (broken) gate.broken.add(lane);
    },
    gates: async (id, waves) => waves.map((wave) => ({ wave, ...gateOf(id, wave) })),
    async lockPlan(plan, id) {
      const holder = locks.get(plan) ?? id;
      if (holder !== id) return { heldBy: holder };
      locks.set(plan, id);
      return {};
    },
    async unlockPlan(plan, id) {
      if (locks.get(plan) === id) locks.delete(plan);
    },
    async takeOverLock(plan, from, id) {
      const holder = locks.get(plan);
      if (holder !== from && holder !== id) return "lost";
      locks.set(plan, id);
      return "written";
    },
    audit: async (_id, _at, entry) => void audits.push(entry),
  };
}
