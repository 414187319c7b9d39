import { beforeAll, describe, expect, it } from "vitest";
import type { RehearsalDocument } from "../../runtime/rehearsal/document.js";
import { faultProfile, type WrittenFault } from "../../runtime/rehearsal/faults/profile.js";
import { type RehearsalSettings, rehearse } from "../../runtime/rehearsal/rehearse.js";
import type { DrsOptions } from "../../runtime/rehearsal/services/drs/drs.js";
import { example } from "./rehearsed-example.js";

let six: RehearsalSettings;

beforeAll(async () => {
  six = await example("six-servers");
});

const start = { service: "drs", operation: "StartRecovery" } as const;

function under(faults: readonly WrittenFault[], drs: DrsOptions = {}): Promise<RehearsalDocument> {
  const options = { drs, inThisThread: true };
  return rehearse({ ...six, faults: faultProfile("test", faults), options });
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
    const document = await under([{ kind: "lost-reply", calls: start, nth: [1] }]);
    expect(document).toMatchObject(wellDone);
    expect(document.calls.StartRecovery).toBe(3);
  });

  it("finds it also while DRS does not show it yet", async () => {
    const lost: WrittenFault = { kind: "lost-reply", calls: start, nth: [1] };
    expect(await under([lost], { jobVisibleAfterSeconds: 45 })).toMatchObject(wellDone);
    const hidden: WrittenFault = { kind: "hidden-job", calls: start, nth: [1], seconds: 60 };
    expect(await under([lost, hidden])).toMatchObject({
      ...wellDone,
      faults: { injected: { "lost-reply": 1, "hidden-job": 1 } },
    });
  });

  it("starts again what never arrived, once it can no longer arrive", async () => {
    const document = await under([{ kind: "lost-call", calls: start, nth: [1] }]);
    expect(document).toMatchObject({ ...wellDone, faults: { injected: { "lost-call": 1 } } });
    expect(document.calls.StartRecovery).toBe(3);
    expect(document.waves[0]?.startedAtSeconds).toBeGreaterThan(200);
  });

  it("waits as long as a throttled start was told to", async () => {
    const document = await under([
      { kind: "throttling", calls: start, nth: [1], retryAfterSeconds: 33 },
    ]);
    expect(document).toMatchObject({ ...wellDone, heldBack: { throttled: 2 } });
    expect(document.waves[0]?.startedAtSeconds).toBeGreaterThanOrEqual(33);
  });

  it("ends its instances also when the reply to that was lost", async () => {
    const calls = { service: "drs", operation: "TerminateRecoveryInstances" } as const;
    expect(await under([{ kind: "lost-reply", calls, nth: [1] }])).toMatchObject(wellDone);
  });

  it("goes one server at a time where the quotas leave no more room", async () => {
    const quotas = () => ({ concurrentJobs: 1, serversPerJob: 1, serversInAllJobs: 1 });
    const document = await under([], { quotas });
    expect(document).toMatchObject({ ...wellDone, jobs: 6, conflicts: 0 });
    expect(document.lanes[0]).toMatchObject({ peakJobs: 1, peakServersInFlight: 1 });
  });
});
