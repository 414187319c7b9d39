import { beforeAll, describe, expect, it } from "vitest";
import type { RehearsalDocument } from "../../runtime/rehearsal/document.js";
import { type RehearsalSettings, rehearse } from "../../runtime/rehearsal/rehearse.js";
import type { DrsOptions, Fault } from "../../runtime/rehearsal/services/drs/drs.js";
import { example } from "./rehearsed-example.js";

type Phase = "before" | "after";

let six: RehearsalSettings;

beforeAll(async () => {
  six = await example("six-servers");
});

/** Meets the first call of an operation with a fault. */
function once(operation: string, phase: Phase, fault: Fault): DrsOptions {
  let isMet = false;
  return {
    intercept(call, at) {
      if (isMet || call.operation !== operation || at !== phase) return undefined;
      isMet = true;
      return fault;
    },
  };
}

function under(drs: DrsOptions): Promise<RehearsalDocument> {
  return rehearse({ ...six, options: { drs, inThisThread: true } });
}

/** Whatever goes wrong on the way, every server is started once and ended once. */
const wellDone = {
  outcome: "recovered",
  brokenInvariants: [],
  jobs: 3,
  servers: { total: 6, launched: 6, failed: 0, skipped: 0, terminated: 6 },
};

describe("a drill", () => {
  it("finds the job of a start whose reply was lost", async () => {
    const document = await under(once("StartRecovery", "after", { kind: "drop-reply" }));
    expect(document).toMatchObject(wellDone);
    expect(document.calls.StartRecovery).toBe(3);
  });

  it("finds it also while DRS does not show it yet", async () => {
    const hidden = { jobVisibleAfterSeconds: 45 };
    const lost = once("StartRecovery", "after", { kind: "drop-reply" });
    expect(await under({ ...lost, ...hidden })).toMatchObject(wellDone);
  });

  it("starts again what never arrived, once it can no longer arrive", async () => {
    const document = await under(once("StartRecovery", "before", { kind: "drop-reply" }));
    expect(document).toMatchObject(wellDone);
    expect(document.calls.StartRecovery).toBe(4);
    expect(document.waves[0]?.startedAtSeconds).toBeGreaterThan(200);
  });

  it("waits as long as a throttled start was told to", async () => {
    const throttle = { kind: "throttle", retryAfterSeconds: 33 } as const;
    const document = await under(once("StartRecovery", "before", throttle));
    expect(document).toMatchObject({ ...wellDone, heldBack: { throttled: 2 } });
    expect(document.waves[0]?.startedAtSeconds).toBeGreaterThanOrEqual(33);
  });

  it("ends its instances also when the reply to that was lost", async () => {
    const lost = once("TerminateRecoveryInstances", "after", { kind: "drop-reply" });
    expect(await under(lost)).toMatchObject(wellDone);
  });

  it("goes one server at a time where the quotas leave no more room", async () => {
    const quotas = () => ({ concurrentJobs: 1, serversPerJob: 1, serversInAllJobs: 1 });
    const document = await under({ quotas });
    expect(document).toMatchObject({ ...wellDone, jobs: 6, conflicts: 0 });
    expect(document.lanes[0]).toMatchObject({ peakJobs: 1, peakServersInFlight: 1 });
  });
});
