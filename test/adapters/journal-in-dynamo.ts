import { describe, expect, it } from "vitest";
import { queryItems } from "../../runtime/adapters/items.js";
import { dynamoJournal } from "../../runtime/adapters/journal.js";
import type { Journal } from "../../runtime/core/ports.js";
import {
  at,
  batch,
  endedBatch,
  head,
  laneA,
  laneState,
  servers,
} from "../support/execution/build.js";
import { keepsTheJournalsContract } from "../support/execution/journal-contract.js";
import type { DynamoBench } from "./dynamo-bench.js";

function journalIn({ executions }: DynamoBench): Journal {
  let ids = 0;
  return dynamoJournal(executions, () => {
    ids += 1;
    return `id-${ids}`;
  });
}

const id = "execution";
const second = laneState({ revision: 2, owner: "one", openBatches: [batch(1, servers(2))] });

/** Everything that the journal promises, over the tables of one store. */
export function keepsAJournal(store: string, startDynamo: () => Promise<DynamoBench>): void {
  keepsTheJournalsContract(`in ${store}`, async () => journalIn(await startDynamo()));

  describe(`in ${store}, a write whose reply was lost`, () => {
    it("is recognised by its owner's token when the SDK repeats it, and is not taken for another's", async () => {
      const bench = await startDynamo();
      const journal = journalIn(bench);
      await journal.writeLane(laneState());
      bench.loseReplies("PutItem", 1);
      expect(await journal.writeLane(second)).toBe("written");
      expect(bench.arrived("PutItem")).toBe(3);
      expect(await journal.lane(id, laneA)).toEqual(second);
    });

    it("is recognised although no repetition is answered either", async () => {
      const bench = await startDynamo();
      const journal = journalIn(bench);
      await journal.writeLane(laneState());
      bench.loseReplies("PutItem", 100);
      expect(await journal.writeLane(second)).toBe("written");
    });

    it("is lost where another's revision stands there, whoever repeats what", async () => {
      const bench = await startDynamo();
      const journal = journalIn(bench);
      await journal.writeLane(laneState());
      await journal.writeLane(second);
      bench.loseReplies("PutItem", 1);
      expect(await journal.writeLane({ ...second, owner: "two" })).toBe("lost");
    });

    it("that happened nowhere is an error, and not a loss: nobody else wrote", async () => {
      const bench = await startDynamo();
      const gone = dynamoJournal({ ...bench.executions, name: "gone" }, () => "id");
      await expect(gone.writeLane(laneState())).rejects.toMatchObject({
        name: "ResourceNotFoundException",
      });
    });

    it("creates a head, records a batch, marks a gate and locks a plan once all the same", async () => {
      const bench = await startDynamo();
      const journal = journalIn(bench);
      bench.loseReplies("PutItem", 1);
      expect(await journal.createHead(head({ revision: 1 }))).toBe("written");
      bench.loseReplies("PutItem", 1);
      await journal.putEndedBatch(id, laneA, endedBatch(1, servers(1)));
      expect(await journal.endedBatches(id, laneA)).toHaveLength(1);
      bench.loseReplies("UpdateItem", 1);
      await journal.markGate(id, "first", laneA, false);
      expect((await journal.gates(id, ["first"]))[0]?.done.size).toBe(1);
      bench.loseReplies("PutItem", 1);
      expect(await journal.lockPlan("plan", "one")).toEqual({});
      bench.loseReplies("PutItem", 1);
      expect(await journal.takeOverLock("plan", "one", "two")).toBe("written");
    });
  });

  describe(`in ${store}, a lock that is freed between the refusal and the look at its holder`, () => {
    it("is taken, or tells its next holder: never neither", async () => {
      const bench = await startDynamo();
      const journal = journalIn(bench);
      await journal.lockPlan("plan", "one");
      bench.afterNext("PutItem", () => journal.unlockPlan("plan", "one"));
      expect(await journal.lockPlan("plan", "two")).toEqual({});
      expect(await journal.lockPlan("plan", "three")).toEqual({ heldBy: "two" });
    });
  });

  describe(`in ${store}, the journal's items`, () => {
    it("are read whole, over as many pages as there are", async () => {
      const bench = await startDynamo();
      const journal = journalIn(bench);
      const results = (count: number) =>
        servers(count).map((server) => ({
          server: `${server}-and-seventeen-characters`,
          outcome: "failed" as const,
          reason: "not ready: DISCONNECTED, it is disconnected from DRS ".repeat(4),
        }));
      for (let number = 1; number <= 40; number += 1) {
        await journal.putEndedBatch(id, laneA, endedBatch(number, [], { results: results(250) }));
      }
      expect(await journal.endedBatches(id, laneA)).toHaveLength(40);
      expect(bench.arrived("Query")).toBeGreaterThan(1);
    });

    it("keep an audit of what was done, in order of time", async () => {
      const bench = await startDynamo();
      const journal = journalIn(bench);
      await journal.audit(id, at(5), { what: "later", detail: {} });
      await journal.audit(id, at(5), { what: "later still", detail: {} });
      await journal.audit(id, at(0), { what: "started", detail: { plan: "plan" } });
      const items = await queryItems(bench.executions, `EXECUTION#${id}`, "AUDIT#");
      expect(items.map((item) => JSON.parse(item.body?.S ?? "").what)).toEqual([
        "started",
        "later",
        "later still",
      ]);
    });
  });
}
