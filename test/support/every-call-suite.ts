import { beforeAll, describe, expect, it } from "vitest";
import type { FaultProfile } from "../../runtime/rehearsal/faults/profile.js";
import type { RehearsalSettings } from "../../runtime/rehearsal/rehearse.js";
import {
  atEveryCall,
  atEveryEvent,
  type Chances,
  commandOf,
  complaints,
  type FateOfCalls,
  type FateOfEvents,
  isEvent,
  quickDrill,
  rehearsed,
} from "./every-call.js";

const promise = "launches each server once, and leaves neither job, lock nor instance,";

/** Enumerates every call of the functions of a drill of six servers: one drill a call, in which that befalls it. */
export function describeEveryCall(fate: FateOfCalls): void {
  describeEvery(
    `${promise} with a function ${fate}`,
    (chances) => atEveryCall(chances, fate),
    (what) => !isEvent(what),
  );
}

/** Enumerates every call of the state machines of that drill to a function. */
export function describeEveryEvent(fate: FateOfEvents): void {
  describeEvery(
    `${promise} with an event ${fate}`,
    (chances) => atEveryEvent(chances, fate),
    isEvent,
  );
}

function describeEvery(
  title: string,
  profilesOf: (chances: Chances) => readonly FaultProfile[],
  isMeant: (what: string) => boolean,
): void {
  describe("a drill of six servers", () => {
    let six: RehearsalSettings;
    let chances: Chances;

    beforeAll(async () => {
      six = await quickDrill();
      chances = (await rehearsed(six)).world.faults.chances();
    });

    it(title, { timeout: 3_600_000 }, async () => {
      const profiles = profilesOf(chances);
      expect(profiles).toHaveLength(countOf(chances, isMeant));
      expect(await failuresOf(six, title, profiles)).toEqual([]);
    });
  });
}

/** Runs a drill for each profile; tells what was wrong, with the command that shows it again. */
async function failuresOf(
  six: RehearsalSettings,
  title: string,
  profiles: readonly FaultProfile[],
): Promise<readonly string[]> {
  const began = performance.now();
  const failures: string[] = [];
  for (const faults of profiles) {
    const found = await complaints(await rehearsed({ ...six, faults }), faults.faults);
    if (found.length === 0) continue;
    const failure = `${commandOf(faults)}\n  ${found.join("\n  ")}`;
    process.stdout.write(`${failure}\n`);
    failures.push(failure);
  }
  const eachMs = Math.round((performance.now() - began) / profiles.length);
  process.stdout.write(`every call: ${title}: ${profiles.length} points, ${eachMs} ms each\n`);
  return failures;
}

function countOf(chances: Chances, isMeant: (what: string) => boolean): number {
  return Object.entries(chances)
    .filter(([what]) => isMeant(what))
    .reduce((sum, [, count]) => sum + count, 0);
}
