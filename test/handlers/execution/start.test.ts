import { describe, expect, it } from "vitest";
import { voidAfterSeconds } from "../../../runtime/limits.js";
import { advanceToRest, executionId, startBench } from "../../support/execution/handler-bench.js";

const plan = "plan";
const second = { operation: "start", plan, kind: "drill", executionId: "second" };

describe("a start", () => {
  it("begins the plan's machine under the execution's own name, and tells people", async () => {
    const bench = startBench();
    expect(await bench.start("drill")).toEqual({ executionId });
    expect(bench.asked.started).toEqual([
      {
        machine: "recover-plan",
        name: executionId,
        input: { executionId, begin: "recovery" },
      },
    ]);
    expect(bench.asked.notes).toEqual([
      { subject: "drill of plan started", message: "Execution execution: drill of plan started." },
    ]);
    expect(await bench.journal.head(executionId)).toMatchObject({
      state: "preparing",
      kind: "drill",
      cleanUp: true,
      command: "run",
      writerRegion: "us-east-1",
    });
  });

  it("gives an id where the caller gives none", async () => {
    const bench = startBench();
    const given = await bench.handle({ operation: "start", plan, kind: "drill" });
    expect(given).toEqual({ executionId: "id-1" });
  });

  it("called twice with one id starts one execution", async () => {
    const bench = startBench();
    await bench.start();
    expect(await bench.start()).toEqual({ executionId });
    expect(bench.asked.started).toHaveLength(1);
  });

  it("called again with its id while it runs, or after it has ended, changes nothing", async () => {
    const bench = startBench();
    await bench.begin();
    const running = await bench.journal.head(executionId);
    expect(await bench.start()).toEqual({ executionId });
    expect(await bench.journal.head(executionId)).toEqual(running);

    await bench.ask("fail", { cause: "over" });
    expect(await bench.start()).toEqual({ executionId });
    expect(await bench.journal.head(executionId)).toMatchObject({ state: "ended" });
  });

  it("goes on where one before it died between any two of its steps", async () => {
    for (const dies of ["lockPlan", "audit", "start"]) {
      let deaths = 1;
      const bench = startBench({
        deps: (deps) => {
          const mortal = <T extends object>(port: T): T =>
            new Proxy(port, {
              get(target, name) {
                const method = Reflect.get(target, name);
                if (name !== dies) return method;
                return (...args: unknown[]) => {
                  deaths -= 1;
                  if (deaths === 0) throw new Error("dies");
                  return (method as (...all: unknown[]) => unknown).apply(target, args);
                };
              },
            });
          return { ...deps, journal: mortal(deps.journal), workflows: mortal(deps.workflows) };
        },
      });
      await expect(bench.start()).rejects.toThrow("dies");
      expect(await bench.start()).toEqual({ executionId });
      expect(bench.asked.started).toHaveLength(1);
    }
  });

  it("refuses an id that another execution has", async () => {
    const bench = startBench();
    await bench.start("drill");
    await expect(bench.start("recovery")).rejects.toMatchObject({
      code: "invalid-request",
      message:
        'executionId must be new, got "execution", which is a drill of plan "plan". Leave it out or choose another.',
    });
  });

  it("refuses a plan that does not exist", async () => {
    const bench = startBench();
    const unknown = bench.handle({ operation: "start", plan: "no-plan", kind: "drill" });
    await expect(unknown).rejects.toMatchObject({
      code: "not-found",
      message: 'There is no plan "no-plan"; nothing was started.',
    });
    expect(bench.asked.started).toEqual([]);
  });

  it("refuses to clean up a recovery, whose instances are production", async () => {
    const bench = startBench();
    await expect(bench.start("recovery", { cleanUp: true })).rejects.toMatchObject({
      code: "invalid-request",
      message: expect.stringContaining("cleanUp must be absent for a recovery"),
    });
    await bench.start("recovery", { cleanUp: false });
    expect(await bench.journal.head(executionId)).toMatchObject({ cleanUp: false });
  });

  it("tells everything that is wrong with a request at once", async () => {
    const bench = startBench();
    const wrong = bench.handle({ operation: "start", plan: "P", kind: "test", more: 1 });
    await expect(wrong).rejects.toMatchObject({
      code: "invalid-request",
      message: expect.stringMatching(/nothing was done.*plan:.*kind:.*more/s),
    });
  });
});

describe("a plan that is being executed", () => {
  it("is not started a second time, and the refusal names the execution", async () => {
    const bench = startBench();
    await bench.begin();
    await expect(bench.handle(second)).rejects.toMatchObject({
      code: "plan-locked",
      message:
        'Plan "plan" is being executed as "execution". Nothing was started; wait for it, or cancel it.',
      fields: { heldBy: executionId },
    });
    expect(bench.asked.started.map(({ name }) => name)).not.toContain("second");
    expect(await bench.journal.head("second")).toMatchObject({ state: "ended", outcome: "failed" });
  });

  it("refuses that start again when it is repeated, instead of calling it started", async () => {
    const bench = startBench();
    await bench.begin();
    await expect(bench.handle(second)).rejects.toMatchObject({ code: "plan-locked" });
    await expect(bench.handle(second)).rejects.toMatchObject({
      code: "invalid-request",
      message:
        'Execution "second" ended before it began: Plan "plan" is being executed as "execution". Start another under a new id.',
    });
  });

  it("is free again when that has ended", async () => {
    const bench = startBench();
    await bench.begin("drill", { cleanUp: false });
    await advanceToRest(bench);
    await bench.ask("finish-recovery");
    await bench.ask("finish");
    expect(await bench.handle(second)).toEqual({ executionId: "second" });
  });

  it("is taken over when that has ended without unlocking it", async () => {
    const bench = startBench();
    await bench.begin();
    const head = await bench.journal.head(executionId);
    if (!head) throw new Error("no head");
    await bench.journal.updateHead({ ...head, revision: head.revision + 1, state: "ended" });
    expect(await bench.handle(second)).toEqual({ executionId: "second" });
  });

  it("is taken over when its machine was stopped from outside, but not while its start may be under way", async () => {
    const bench = startBench();
    await bench.begin();
    bench.asked.running.clear();
    bench.pass(voidAfterSeconds - 1);
    await expect(bench.handle(second)).rejects.toMatchObject({ code: "plan-locked" });
    bench.pass(1);
    expect(await bench.handle({ ...second, executionId: "third" })).toEqual({
      executionId: "third",
    });
  });

  it("is left alone by the lanes of an execution from which it was taken over", async () => {
    const bench = startBench();
    await bench.begin();
    bench.asked.running.clear();
    bench.pass(voidAfterSeconds);
    await bench.handle(second);
    expect(await bench.advance()).toEqual({ next: "ended" });
    expect(bench.calls()).toEqual([]);
    expect(await bench.status()).toMatchObject({
      state: "ended",
      outcome: "failed",
      cause: 'Its state machine was stopped; the plan was taken over by "second".',
      totals: { skipped: 3 },
    });
  });
});
