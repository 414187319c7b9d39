import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, it } from "vitest";
import { describeTier } from "../support/tier.js";
import { knownDifferences } from "./known-differences.js";
import { type Case, cases } from "./machines.js";
import { moto } from "./moto.js";
import { type Ended, runInMoto, runInOurs } from "./run-machines.js";

/** Generated machines. The seed is fixed, so that a difference stays where it was found. */
const sample = { numRuns: 240, seed: 20_260_124 };

/** What both interpreters must agree on. Moto tells some failed expressions twice. */
function agreed({ events, waitedSeconds, ...ended }: Ended): object {
  const once = events.filter((event, index) => {
    return event !== "EvaluationFailed" || events[index - 1] !== event;
  });
  return { ...ended, events: once, waitedMilliseconds: Math.round(waitedSeconds * 1000) };
}

function outcomeOf({ error, output }: Ended): unknown {
  return error ?? output;
}

describeTier("python", "our interpreter beside moto's", moto(), (python) => {
  it(`ends ${sample.numRuns} generated machines alike: output, error, events, calls and waits`, async () => {
    const machines = fc.sample(cases, sample);
    const theirs = await runInMoto(python, machines);
    const differing: { machine: Case; ours: object; moto: object | undefined }[] = [];
    const statuses: Record<string, number> = {};
    let distributed = 0;
    for (const [index, machine] of machines.entries()) {
      const ours = await runInOurs(machine);
      const other = theirs[index];
      if (ours.events.includes("MapRunSucceeded")) distributed += 1;
      statuses[ours.status] = (statuses[ours.status] ?? 0) + 1;
      const isSame = other !== undefined && isDeepStrictEqual(agreed(ours), agreed(other));
      if (!isSame) differing.push({ machine, ours, moto: other });
    }
    process.stderr.write(
      `${machines.length} machines compared with moto's interpreter: ${fc.stringify(statuses)}, ${distributed} with distributed Maps\n`,
    );
    expect(differing.slice(0, 3)).toEqual([]);
    expect(Math.min(statuses.SUCCEEDED ?? 0, statuses.FAILED ?? 0)).toBeGreaterThan(40);
    expect(distributed).toBeGreaterThan(10);
  });

  it("differs from it where the list says so, and in no other way", async () => {
    const theirs = await runInMoto(
      python,
      knownDifferences.map(({ machine }) => machine),
    );
    const told = await Promise.all(
      knownDifferences.map(async ({ name, machine }, index) => {
        const other = theirs[index];
        return {
          name,
          ours: outcomeOf(await runInOurs(machine)),
          moto: other && outcomeOf(other),
        };
      }),
    );
    expect(told).toEqual(knownDifferences.map(({ name, ours, moto }) => ({ name, ours, moto })));
  });
});
