import { describe, expect, it } from "vitest";
import type { Journal } from "../../../runtime/core/ports.js";
import { membersPerItem } from "../../../runtime/limits.js";
import { at, batch, endedBatch, head, laneA, laneB, laneState, member, servers } from "./build.js";

const id = "execution";

/** What every journal keeps to, whatever it writes into. */
export function keepsTheJournalsContract(name: string, open: () => Promise<Journal>): void {
  describe(`a journal ${name}`, () => {
    describe("keeps a head", () => {
      it("that is created once, and changed only from the revision below", async () => {
        const journal = await open();
        expect(await journal.head(id)).toBeUndefined();
        expect(await journal.createHead(head({ revision: 1 }))).toBe("written");
        const other = head({ revision: 1, kind: "recovery" });
        expect(await journal.createHead(other)).toBe("lost");
        expect(await journal.updateHead(head({ revision: 2, command: "pause" }))).toBe("written");
        expect(await journal.updateHead(head({ revision: 2, command: "cancel" }))).toBe("lost");
        expect(await journal.updateHead(head({ revision: 4, command: "cancel" }))).toBe("lost");
        expect(await journal.head(id)).toEqual(head({ revision: 2, command: "pause" }));
      });
    });

    describe("keeps a lane", () => {
      it("whose first revision finds none, and whose next finds the one below", async () => {
        const journal = await open();
        expect(await journal.lane(id, laneA)).toBeUndefined();
        expect(await journal.writeLane(laneState({ revision: 2 }))).toBe("lost");
        expect(await journal.writeLane(laneState())).toBe("written");
        const next = laneState({ revision: 2, owner: "one", openBatches: [batch(1, servers(3))] });
        expect(await journal.writeLane(next)).toBe("written");
        expect(await journal.lane(id, laneA)).toEqual(next);
      });

      it("for one of two turns that write the same revision", async () => {
        const journal = await open();
        await journal.writeLane(laneState());
        const results = await Promise.all(
          ["one", "two"].map((owner) => journal.writeLane(laneState({ revision: 2, owner }))),
        );
        expect(results.toSorted()).toEqual(["lost", "written"]);
        const winner = results[0] === "written" ? "one" : "two";
        expect((await journal.lane(id, laneA))?.owner).toBe(winner);
      });

      it("apart from other lanes and other executions, in the order of their names", async () => {
        const journal = await open();
        await journal.writeLane(laneState({ lane: laneB }));
        await journal.writeLane(laneState());
        await journal.writeLane(laneState({ executionId: "other" }));
        expect((await journal.lanes(id)).map(({ lane }) => lane)).toEqual([laneA, laneB]);
      });
    });

    describe("keeps a lane's servers", () => {
      const many = (count: number) => servers(count).map((server) => member(server));

      it("in their order, however many there are", async () => {
        const journal = await open();
        expect(await journal.members(id, laneA)).toEqual([]);
        const all = many(2 * membersPerItem + 1);
        await journal.putMembers(id, laneA, all);
        expect(await journal.members(id, laneA)).toEqual(all);
        expect(await journal.members(id, laneB)).toEqual([]);
      });

      it("as they were last written, though the list was longer before", async () => {
        const journal = await open();
        await journal.putMembers(id, laneA, many(2 * membersPerItem + 1));
        await journal.putMembers(id, laneA, many(3));
        expect(await journal.members(id, laneA)).toEqual(many(3));
      });
    });

    describe("keeps an ended batch", () => {
      it("as it was first recorded", async () => {
        const journal = await open();
        await journal.putEndedBatch(id, laneA, endedBatch(1, servers(2)));
        await journal.putEndedBatch(id, laneA, endedBatch(1, servers(2), { endedAt: at(99) }));
        expect(await journal.endedBatches(id, laneA)).toEqual([endedBatch(1, servers(2))]);
      });

      it("beside its void life, and in the order of their numbers", async () => {
        const journal = await open();
        const dead = endedBatch(2, servers(1), { outcome: "void", results: [] });
        const numbers = [10, 9, 2].map((number) => endedBatch(number, servers(1)));
        for (const one of [...numbers, dead]) await journal.putEndedBatch(id, laneA, one);
        const found = await journal.endedBatches(id, laneA);
        expect(found.map(({ number }) => number)).toEqual([2, 2, 9, 10]);
        expect(found).toContainEqual(dead);
        expect(await journal.endedBatches(id, laneB)).toEqual([]);
      });
    });

    describe("keeps gates", () => {
      it("to which a lane is added once, and of which a broken one stays broken", async () => {
        const journal = await open();
        await journal.markGate(id, "first", laneA, true);
        await journal.markGate(id, "first", laneA, false);
        await journal.markGate(id, "first", laneB, false);
        await journal.markGate(id, "first", laneB, false);
        expect(await journal.gates(id, ["first", "second"])).toEqual([
          { wave: "first", done: new Set([laneA, laneB]), broken: new Set([laneA]) },
          { wave: "second", done: new Set(), broken: new Set() },
        ]);
      });

      it("that lanes pass side by side without losing each other", async () => {
        const journal = await open();
        const lanes = Array.from(
          { length: 20 },
          (_, n) => `${100_000_000_000 + n}/us-east-1` as const,
        );
        await Promise.all(lanes.map((lane) => journal.markGate(id, "first", lane, false)));
        const [gate] = await journal.gates(id, ["first"]);
        expect(gate?.done).toEqual(new Set(lanes));
      });
    });

    describe("locks a plan", () => {
      it("for one execution, as often as that asks, until it unlocks it", async () => {
        const journal = await open();
        expect(await journal.lockPlan("plan", "one")).toEqual({});
        expect(await journal.lockPlan("plan", "one")).toEqual({});
        expect(await journal.lockPlan("plan", "two")).toEqual({ heldBy: "one" });
        expect(await journal.lockPlan("other", "two")).toEqual({});
        await journal.unlockPlan("plan", "two");
        expect(await journal.lockPlan("plan", "two")).toEqual({ heldBy: "one" });
        await journal.unlockPlan("plan", "one");
        await journal.unlockPlan("plan", "one");
        expect(await journal.lockPlan("plan", "two")).toEqual({});
      });

      it("for one that takes it over from its holder, and from nobody else", async () => {
        const journal = await open();
        await journal.lockPlan("plan", "one");
        expect(await journal.takeOverLock("plan", "three", "two")).toBe("lost");
        expect(await journal.takeOverLock("plan", "one", "two")).toBe("written");
        expect(await journal.takeOverLock("plan", "one", "two")).toBe("written");
        expect(await journal.takeOverLock("plan", "one", "three")).toBe("lost");
        expect(await journal.lockPlan("plan", "three")).toEqual({ heldBy: "two" });
      });

      it("for one of two that ask at once", async () => {
        const journal = await open();
        const answers = await Promise.all(
          ["one", "two"].map((execution) => journal.lockPlan("plan", execution)),
        );
        expect(answers.filter(({ heldBy }) => heldBy === undefined)).toHaveLength(1);
      });
    });
  });
}
