import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Instant, plusSeconds } from "../../runtime/core/instant.js";
import { endedBatch, laneA, laneState, servers, startedAt } from "../support/execution/build.js";
import { MemoryLane } from "../support/execution/memory-drs.js";
import { memoryJournal } from "../support/execution/memory-journal.js";
import { threeServers } from "../support/explorer/scenes.js";
import {
  apply,
  type Call,
  drsOf,
  firstWorld,
  later,
  launch,
  type World,
} from "../support/explorer/world.js";

const scene = threeServers();
const id = "execution";

type JournalCall = Extract<
  Call,
  { kind: "read-lane" | "read-ended" | "read-gates" | "write-lane" | "write-ended" | "mark-gate" }
>;

/** Writes have an owner each, because what one turn writes differs from what another does. */
const journalCalls: fc.Arbitrary<readonly JournalCall[]> = fc
  .array(
    fc.oneof(
      fc.constant<JournalCall>({ kind: "read-lane" }),
      fc.constant<JournalCall>({ kind: "read-ended" }),
      fc.constant<JournalCall>({ kind: "read-gates", waves: ["first", "second"] }),
      fc
        .integer({ min: 1, max: 6 })
        .map((revision): JournalCall => ({ kind: "write-lane", lane: laneState({ revision }) })),
      fc
        .tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom("ended" as const, "void" as const))
        .map(([number, outcome]): JournalCall => {
          const batch = endedBatch(number, servers(number), { outcome });
          return { kind: "write-ended", batch };
        }),
      fc
        .tuple(fc.constantFrom("first", "second"), fc.boolean())
        .map(([wave, isBroken]): JournalCall => ({ kind: "mark-gate", wave, isBroken })),
    ),
    { maxLength: 30 },
  )
  .map((calls) =>
    calls.map((call, index) =>
      call.kind === "write-lane"
        ? { ...call, lane: { ...call.lane, owner: `turn-${index}` } }
        : call,
    ),
  );

function askJournal(journal: ReturnType<typeof memoryJournal>, call: JournalCall) {
  switch (call.kind) {
    case "read-lane":
      return journal.lane(id, laneA);
    case "read-ended":
      return journal.endedBatches(id, laneA);
    case "read-gates":
      return journal.gates(id, call.waves);
    case "write-lane":
      return journal.writeLane(call.lane);
    case "write-ended":
      return journal.putEndedBatch(id, laneA, call.batch);
    case "mark-gate":
      return journal.markGate(id, call.wave, laneA, call.isBroken);
  }
}

/** Two lives of a batch stand beside each other in no order. */
function inOrder(reply: unknown): unknown {
  return Array.isArray(reply) ? reply.map((one) => JSON.stringify(one)).toSorted() : reply;
}

describe("the explorer's world", () => {
  it("replies as the journal in memory does", () =>
    fc.assert(
      fc.asyncProperty(journalCalls, async (calls) => {
        const journal = memoryJournal();
        await journal.writeLane(scene.lane);
        let world = firstWorld(scene);
        for (const call of calls) {
          const applied = await apply(scene, world, call);
          world = applied.world;
          expect(inOrder(applied.reply)).toEqual(inOrder(await askJournal(journal, call)));
        }
      }),
    ));

  it("takes the repetition of a write that was written for written, as the table does", async () => {
    const lane = { ...scene.lane, revision: 2, owner: "turn-1" };
    const write: Call = { kind: "write-lane", lane };
    const { world } = await apply(scene, firstWorld(scene), write);
    expect((await apply(scene, world, write)).reply).toBe("written");
    const other: Call = { kind: "write-lane", lane: { ...lane, owner: "turn-2" } };
    expect((await apply(scene, world, other)).reply).toBe("lost");
  });

  it("shows and refuses as one DRS in memory that lives through all of it", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            by: fc.constantFrom("us" as const, "stranger" as const),
            chosen: fc.uniqueArray(fc.constantFrom(...servers(3)), { minLength: 1 }),
            thenSeconds: fc.constantFrom(0, 30, 240),
          }),
          { maxLength: 8 },
        ),
        async (launches) => {
          let world: World = firstWorld(scene);
          const clock = { now: (): Instant => world.now };
          const lives = new MemoryLane("job", scene.fleet, clock, scene);
          for (const { by, chosen, thenSeconds } of launches) {
            const call = { servers: chosen, isDrill: true, tags: {} };
            const { world: after, reply } = launch(scene, world, by, call);
            expect(reply).toEqual(lives.launch(by, call));
            world = later(after, thenSeconds);
            const from = plusSeconds(startedAt, -60);
            const listed = await apply(scene, world, { kind: "list-jobs", from });
            expect(listed.reply).toEqual(await lives.drs().jobsSince(from));
            expect(drsOf(scene, world).instances()).toEqual(lives.instances());
          }
        },
      ),
    ));
});
