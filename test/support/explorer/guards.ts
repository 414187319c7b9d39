import { plusSeconds } from "../../../runtime/core/instant.js";
import type { Drs, Journal } from "../../../runtime/core/ports.js";
import type { JobServer } from "../../../runtime/core/recovery/observation.js";
import type { EndedBatch } from "../../../runtime/core/recovery/state.js";
import { voidAfterSeconds } from "../../../runtime/limits.js";
import { laneA } from "../execution/build.js";
import type { Mutation } from "./turn.js";

/** Ways to take one guard out of the engine, between a turn and its ports. */
export const withoutGuard = {
  /** LANE is written whatever its revision. */
  conditionalWrite: onJournal((journal) => ({
    writeLane: async (lane) => {
      const stored = await journal.lane(lane.executionId, lane.lane);
      return journal.writeLane({ ...lane, revision: (stored?.revision ?? 0) + 1 });
    },
  })),

  /** A turn whose write was refused goes on as if it had won. */
  refusedWriteStops: onJournal((journal) => ({
    writeLane: async (lane) => {
      await journal.writeLane(lane);
      return "written";
    },
  })),

  /** All turns have one name, so that one takes the other's write for its own. */
  ownerToken: ((deps) => ({ ...deps, newId: () => "turn" })) satisfies Mutation,

  /** Jobs carry no tag by which they are found again. */
  jobTags: onDrs((drs) => ({ startRecovery: (call) => drs.startRecovery({ ...call, tags: {} }) })),

  /** LANE is written without what is about to be called. */
  intentBeforeEffect: onJournal((journal) => ({
    writeLane: (lane) => {
      const openBatches = lane.openBatches.filter(({ jobId }) => jobId !== undefined);
      return journal.writeLane({ ...lane, openBatches });
    },
  })),

  /** An intent without a job is void as soon as somebody looks. */
  voidDelay: onJournal((journal) => ({
    lane: async (id, key) => {
      const lane = await journal.lane(id, key);
      if (!lane) return lane;
      const openBatches = lane.openBatches.map((batch) =>
        batch.jobId === undefined
          ? { ...batch, intendedAt: plusSeconds(batch.intendedAt, -voidAfterSeconds - 1) }
          : batch,
      );
      return { ...lane, openBatches };
    },
  })),

  /** What others do to a server is not looked at. */
  serverClaims: onDrs((drs) => ({
    jobsSince: async (from) => {
      const jobs = await drs.jobsSince(from);
      return jobs.filter(({ tags }) => Object.keys(tags).length > 0);
    },
  })),

  /** A launch that has ended is taken for launched. */
  failureIsSeen: onDrs((drs) => ({
    jobsSince: async (from) => {
      const jobs = await drs.jobsSince(from);
      return jobs.map((job) => ({ ...job, servers: job.servers.map(takenForLaunched) }));
    },
  })),

  /** A batch's end is recorded only after LANE has let go of it. */
  endedBeforeLetGo: onJournal((journal) => {
    const kept: EndedBatch[] = [];
    return {
      putEndedBatch: async (_id, _lane, batch) => void kept.push(batch),
      writeLane: async (lane) => {
        const result = await journal.writeLane(lane);
        for (const batch of kept.splice(0)) {
          await journal.putEndedBatch(lane.executionId, lane.lane, batch);
        }
        return result;
      },
    };
  }),

  /** Every gate counts as passed. */
  gates: onJournal(() => ({
    gates: async (_id, waves) =>
      waves.map((wave) => ({ wave, done: new Set([laneA]), broken: new Set() })),
  })),

  /** Ended batches are read before the lane that may have let go of them. */
  laneReadFirst: onJournal((journal) => {
    let ended: readonly EndedBatch[] = [];
    return {
      lane: async (id, lane) => {
        ended = await journal.endedBatches(id, lane);
        return journal.lane(id, lane);
      },
      endedBatches: async () => ended,
    };
  }),

  /** The SDK repeats a call that nobody answered. */
  calledOnce: onDrs((drs) => ({
    startRecovery: async (call) => {
      const answer = await drs.startRecovery(call);
      return answer.kind === "indefinite" ? drs.startRecovery(call) : answer;
    },
  })),

  /** What nobody answered is taken for refused. */
  indefiniteStaysOpen: onDrs((drs) => ({
    startRecovery: async (call) => {
      const answer = await drs.startRecovery(call);
      const { kind } = answer;
      return kind === "indefinite" ? { kind: "conflict", message: "taken for refused" } : answer;
    },
  })),
} as const;

function takenForLaunched(server: JobServer): JobServer {
  return server.launchStatus === "FAILED" ? { ...server, launchStatus: "LAUNCHED" } : server;
}

function onJournal(change: (journal: Journal) => Partial<Journal>): Mutation {
  return (deps) => ({ ...deps, journal: over(deps.journal, change(deps.journal)) });
}

function onDrs(change: (drs: Drs) => Partial<Drs>): Mutation {
  return (deps) => ({
    ...deps,
    drs: (lane) => {
      const port = deps.drs(lane);
      return over(port, change(port));
    },
  });
}

function over<T extends object>(port: T, changed: Partial<T>): T {
  return new Proxy(port, {
    get: (target, name) => Reflect.get(Reflect.has(changed, name) ? changed : target, name),
  });
}
