import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Execution } from "../../../runtime/rehearsal/states-language/index.js";
import {
  createBench,
  functionArn,
  named,
  type Payload,
  type StatesBench,
} from "../../support/states-bench.js";

const invoke = {
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Arguments: { FunctionName: functionArn, Payload: "{% $states.input %}" },
  TimeoutSeconds: 60,
  Output: "{% $states.result.Payload %}",
  End: true,
};

/** Runs one state to its end. */
async function runAlone(bench: StatesBench, state: object, input: object): Promise<Execution> {
  const definition = { QueryLanguage: "JSONata", StartAt: "S", States: { S: state } };
  return bench.run(bench.machine("m", definition), input);
}

const retrier = fc.record(
  {
    IntervalSeconds: fc.integer({ min: 1, max: 100 }),
    BackoffRate: fc.constantFrom(1, 1.5, 2, 3),
    MaxAttempts: fc.nat(6),
    MaxDelaySeconds: fc.integer({ min: 1, max: 300 }),
    JitterStrategy: fc.constantFrom("FULL", "NONE"),
  },
  { requiredKeys: [] },
);

/** Seconds between the beginnings of attempts: functions of the bench take no time. */
function delays({ invocations }: StatesBench): readonly number[] {
  return invocations.slice(1).map(({ atSeconds }, index) => {
    return atSeconds - (invocations[index]?.atSeconds ?? 0);
  });
}

describe("a task that always fails", () => {
  it("is tried as often as its retrier says, each delay in its bounds", async () => {
    await fc.assert(
      fc.asyncProperty(
        retrier,
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        async (fields, r) => {
          const fake = (): never => {
            throw named("broken");
          };
          const bench = createBench({ fake, random: () => r });
          const state = { ...invoke, Retry: [{ ErrorEquals: ["States.ALL"], ...fields }] };
          const execution = await runAlone(bench, state, {});
          expect(execution).toMatchObject({ status: "FAILED", error: "broken" });
          expect(bench.invocations).toHaveLength(1 + (fields.MaxAttempts ?? 3));
          const { IntervalSeconds: interval = 1, BackoffRate: rate = 2 } = fields;
          for (const [index, delay] of delays(bench).entries()) {
            const full = Math.min(interval * rate ** index, fields.MaxDelaySeconds ?? Infinity);
            const expected = fields.JitterStrategy === "FULL" ? full * r : full;
            // The clock counts whole milliseconds.
            expect(Math.abs(delay - expected)).toBeLessThanOrEqual(0.001);
          }
        },
      ),
    );
  });
});

const errors = ["lane-lost", "Lambda.Unknown", "Sandbox.Timedout"];
const names = fc.oneof(
  fc.uniqueArray(fc.constantFrom(...errors, "States.TaskFailed", "States.Timeout"), {
    minLength: 1,
    maxLength: 3,
  }),
  fc.constant(["States.ALL"]),
);
const catcherNames = fc.array(names, { minLength: 1, maxLength: 4 }).map((lists) => {
  const specific = lists.filter((list) => list[0] !== "States.ALL");
  return lists.length > specific.length ? [...specific, ["States.ALL"]] : specific;
});

describe("catchers", () => {
  it("are asked in order, and the first that means the error takes it", async () => {
    await fc.assert(
      fc.asyncProperty(catcherNames, fc.constantFrom(...errors), async (lists, error) => {
        const fake = (): never => {
          throw named(error);
        };
        const means = (list: readonly string[]): boolean =>
          [error, "States.ALL", "States.TaskFailed"].some((name) => list.includes(name));
        const Catch = lists.map((ErrorEquals, index) => ({
          ErrorEquals,
          Output: index,
          Next: "Caught",
        }));
        const States = { S: { ...invoke, Catch }, Caught: { Type: "Succeed" } };
        const bench = createBench({ fake });
        const arn = bench.machine("m", { QueryLanguage: "JSONata", StartAt: "S", States });
        const execution = await bench.run(arn, {});
        const first = lists.findIndex(means);
        expect(execution.output).toBe(first < 0 ? undefined : String(first));
        expect(execution.error).toBe(first < 0 ? error : undefined);
      }),
    );
  });
});

interface Item {
  readonly number: number;
  readonly seconds: number;
  readonly fails: boolean;
}

const items = fc
  .array(fc.record({ seconds: fc.nat(20), fails: fc.boolean() }), { minLength: 1, maxLength: 12 })
  .map((list): readonly Item[] => list.map((item, number) => ({ ...item, number })));

/** Waits as long as its item says, and then fails or gives its number back. */
const sleeper = {
  StartAt: "Sleep",
  States: {
    Sleep: { Type: "Wait", Seconds: "{% $states.input.seconds %}", Next: "Try" },
    Try: invoke,
  },
};

const tryItem = (payload: Payload): unknown => {
  const { fails, number } = payload as unknown as Item;
  if (fails) throw named("broken");
  return number;
};

function mapOver(mode: object, fields: object): object {
  const ItemProcessor = { ...sleeper, ProcessorConfig: mode };
  return { Type: "Map", Items: "{% $states.input %}", ItemProcessor, ...fields, End: true };
}

const distributed = { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" };

describe("a distributed Map", () => {
  it("succeeds exactly if no larger share of its items failed than it tolerates", async () => {
    await fc.assert(
      fc.asyncProperty(items, fc.nat(100), fc.nat(5), async (list, percent, concurrency) => {
        const fields = { ToleratedFailurePercentage: percent, MaxConcurrency: concurrency };
        const bench = createBench({ fake: tryItem });
        const execution = await runAlone(bench, mapOver(distributed, fields), list);
        const failed = list.filter(({ fails }) => fails).length;
        const isTolerated = failed / list.length <= percent / 100;
        expect(execution.error).toBe(
          isTolerated ? undefined : "States.ExceedToleratedFailureThreshold",
        );
        if (isTolerated) expect(bench.invocations).toHaveLength(list.length);
      }),
    );
  });
});

describe("an inline Map", () => {
  it("gives the results in the order of its items, however long each takes", async () => {
    await fc.assert(
      fc.asyncProperty(items, fc.nat(5), async (list, concurrency) => {
        const sound = list.map((item) => ({ ...item, fails: false }));
        const state = mapOver({ Mode: "INLINE" }, { MaxConcurrency: concurrency });
        const bench = createBench({ fake: tryItem });
        const { output = "", startedAt, endedAt = 0 } = await runAlone(bench, state, sound);
        expect(JSON.parse(output)).toEqual(list.map(({ number }) => number));
        const total = sound.reduce((sum, { seconds }) => sum + seconds, 0);
        const longest = Math.max(...sound.map(({ seconds }) => seconds));
        const took = (endedAt - startedAt) / 1000;
        expect(took).toBeGreaterThanOrEqual(longest);
        expect(took).toBeGreaterThanOrEqual(total / (concurrency || list.length));
        expect(took).toBeLessThanOrEqual(concurrency === 0 ? longest : total);
      }),
    );
  });

  it("fails with an item's error exactly if one of them fails", async () => {
    await fc.assert(
      fc.asyncProperty(items, fc.nat(5), async (list, concurrency) => {
        const state = mapOver({ Mode: "INLINE" }, { MaxConcurrency: concurrency });
        const execution = await runAlone(createBench({ fake: tryItem }), state, list);
        expect(execution.error).toBe(list.some(({ fails }) => fails) ? "broken" : undefined);
      }),
    );
  });
});
