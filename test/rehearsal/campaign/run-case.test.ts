import { describe, expect, it } from "vitest";
import { runCampaign } from "../../../runtime/rehearsal/campaign/campaign.js";
import { drawCase } from "../../../runtime/rehearsal/campaign/draw-case.js";
import { type Estate, runCase, settingsOf } from "../../../runtime/rehearsal/campaign/run-case.js";
import { type RehearsalSettings, rehearse } from "../../../runtime/rehearsal/rehearse.js";
import { example } from "../rehearsed-example.js";

const lanes = [{ account: "555566667777", region: "us-east-1" }];
const source = { plans: ["shop"], lanes };

async function six(): Promise<Estate> {
  const { resources, programFolder, fleet } = await example("six-servers");
  return { resources, programFolder, ...(fleet && { fleet }) };
}

describe("a case", () => {
  it.each([2, 3, 5, 11])(
    "comes to the same in this thread as in sandboxes, seed %i",
    async (seed) => {
      const estate = await six();
      const { options, ...settings } = settingsOf(drawCase(seed, source));
      const all: RehearsalSettings = { ...estate, ...settings };
      const apart = await rehearse({ ...all, ...(options && { options }) });
      const here = await rehearse({ ...all, options: { ...options, inThisThread: true } });
      expect({ ...here, wallSeconds: 0 }).toEqual({ ...apart, wallSeconds: 0 });
    },
  );

  it("that cannot be rehearsed is a failure", async () => {
    const one = { ...drawCase(1, source), plan: "other" };
    const { failure } = await runCase(await six(), one);
    expect(failure?.rule).toBe("rehearsal ends");
    expect(failure?.reasons[0]).toContain(
      'plan must be one that the program deploys (shop), got "other"',
    );
  });
});

describe("a campaign", () => {
  it("counts what its cases did, and names those that failed by seed", async () => {
    const estate = await six();
    const totals = await runCampaign({
      runs: 4,
      firstSeed: 20,
      source,
      concurrency: 2,
      run: async (one) => {
        const result = await runCase(estate, one);
        if (one.seed !== 22) return result;
        return { ...result, failure: { rule: "started once", reasons: ["planted"] } };
      },
    });
    expect(totals.servers).toBe(24);
    expect(totals.calls).toBeGreaterThan(400);
    expect(totals.failed.map(({ case: { seed } }) => seed)).toEqual([22]);
    const counted = Object.values(totals.outcomes).reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(4);
    const all = [...Object.keys(totals.faults), ...totals.neverInjected];
    expect(new Set(all).size).toBe(all.length);
  });
});
