import { beforeAll, describe, expect, it } from "vitest";
import type { RehearsalDocument } from "../../runtime/rehearsal/document.js";
import { builtInProfiles, noFaults } from "../../runtime/rehearsal/faults/built-in.js";
import { faultKinds } from "../../runtime/rehearsal/faults/kinds.js";
import { faultProfile, type WrittenFault } from "../../runtime/rehearsal/faults/profile.js";
import { type RehearsalSettings, rehearse } from "../../runtime/rehearsal/rehearse.js";
import { example } from "../rehearsal/rehearsed-example.js";

let six: RehearsalSettings;

beforeAll(async () => {
  six = { ...(await example("six-servers")), options: { inThisThread: true } };
});

function under(...faults: readonly WrittenFault[]): Promise<RehearsalDocument> {
  return rehearse({ ...six, faults: faultProfile("test", faults) });
}

const startRecovery = { service: "drs", operation: "StartRecovery" } as const;

/** Each kind of fault, with how often it meets a drill of six servers. */
const borne: readonly (readonly [times: number, WrittenFault])[] = [
  [3, { kind: "throttling", calls: startRecovery, nth: [1, 2, 4], retryAfterSeconds: 30 }],
  [2, { kind: "throttling", calls: { service: "dynamodb", operation: "PutItem" }, nth: [2, 9] }],
  [2, { kind: "internal-error", calls: startRecovery, nth: [1, 3], when: "after" }],
  [3, { kind: "lost-reply", calls: startRecovery, atMost: 3 }],
  [2, { kind: "lost-reply", calls: { service: "dynamodb", operation: "PutItem" }, nth: [3, 7] }],
  [1, { kind: "lost-call", calls: startRecovery, nth: [2] }],
  [1, { kind: "late-call", calls: startRecovery, nth: [1], afterSeconds: 120 }],
  [2, { kind: "death", when: "after", calls: startRecovery, nth: [1, 2] }],
  [2, { kind: "time-out", when: "before", calls: startRecovery, nth: [1, 3] }],
  [
    1,
    {
      kind: "death",
      when: "after",
      calls: { service: "states", operation: "StartExecution" },
      nth: [1],
    },
  ],
  [2, { kind: "expired-token", calls: { service: "drs" }, nth: [1, 5] }],
  [1, { kind: "refused-credentials", nth: [1] }],
  [9, { kind: "stale-read", calls: { service: "drs" }, atMost: 9, seconds: 60 }],
  [2, { kind: "hidden-job", nth: [1, 3], seconds: 60 }],
  [2, { kind: "lost-event", when: "after", operation: "advance", nth: [2, 30] }],
  [2, { kind: "lost-event", when: "before", operation: "advance", nth: [3, 20] }],
  [9, { kind: "duplicate-event", operation: "advance", atMost: 9, afterSeconds: 10 }],
  [4, { kind: "late-event", operation: "advance", atMost: 4, afterSeconds: 90 }],
  [1, { kind: "restarted-machine", atSeconds: 300, machine: "plan", how: "new-name" }],
  [1, { kind: "restarted-machine", atSeconds: 300, machine: "lane", how: "new-name" }],
];

describe("a drill", () => {
  it.each(borne)("bears %d × %j", async (times, fault) => {
    expect(await under(fault)).toMatchObject({
      outcome: "recovered",
      brokenInvariants: [],
      jobs: 3,
      servers: { total: 6, launched: 6, failed: 0, skipped: 0, terminated: 6 },
      faults: { profile: "test", injected: { [fault.kind]: times } },
    });
  });

  it.each([-240, 240])("bears a clock of DRS that jumps by %d seconds", async (seconds) => {
    const document = await under({ kind: "clock-skew", fromSeconds: 300, seconds });
    expect(document).toMatchObject({ outcome: "recovered", brokenInvariants: [], jobs: 3 });
    expect(document.faults?.injected["clock-skew"]).toBeGreaterThan(10);
  });

  it("waits for a lane that is dark for ten minutes", async () => {
    for (const how of ["hangs", "refuses"] as const) {
      const dark = { kind: "dark-lane", fromSeconds: 100, forSeconds: 600, how } as const;
      const document = await under(dark);
      expect(document).toMatchObject({ outcome: "recovered", brokenInvariants: [], jobs: 3 });
      expect(document.servers).toMatchObject({ launched: 6, terminated: 6 });
      expect(document.faults?.injected["dark-lane"]).toBeGreaterThan(0);
    }
  });

  it("leaves what strangers launch to them", async () => {
    const document = await under(
      { kind: "stranger", atSeconds: 1, does: "drill", servers: 2 },
      { kind: "stranger", atSeconds: 900, does: "terminate", servers: 1 },
    );
    expect(document).toMatchObject({ outcome: "recovered", brokenInvariants: [] });
    expect(document.servers).toMatchObject({ launched: 6 });
  });

  it.each(Object.keys(builtInProfiles))("bears the built-in profile %s", async (name) => {
    const faults = builtInProfiles[name];
    if (!faults) throw new Error(`${name} must be a built-in profile.`);
    const document = await rehearse({ ...six, faults });
    expect(document).toMatchObject({ outcome: "recovered", brokenInvariants: [] });
  });

  it("bears a profile also where its functions run in threads of their own", async () => {
    const document = await rehearse({
      ...six,
      options: {},
      faults: builtInProfiles.rough ?? noFaults,
    });
    expect(document).toMatchObject({ outcome: "recovered", brokenInvariants: [] });
    expect(Object.keys(document.faults?.injected ?? {}).length).toBeGreaterThan(5);
  });

  it("goes the same way for the same seed and profile", async () => {
    const { rough } = builtInProfiles;
    if (!rough) throw new Error("rough must be a built-in profile.");
    const settings = { ...six, seed: 7, faults: rough };
    const [once, again] = [await rehearse(settings), await rehearse(settings)];
    expect({ ...again, wallSeconds: 0 }).toEqual({ ...once, wallSeconds: 0 });
  });
});

describe("the kinds of faults", () => {
  it("are each told in docs and met by a drill above", () => {
    const tried = new Set(borne.map(([, { kind }]) => kind));
    for (const kind of ["clock-skew", "dark-lane", "stranger"] as const) tried.add(kind);
    expect([...tried].sort()).toEqual(Object.keys(faultKinds).sort());
  });
});
