import { describe, expect, it } from "vitest";
import { plusSeconds } from "../../../runtime/core/instant.js";
import type { BrokenInvariant } from "../../../runtime/rehearsal/document.js";
import type { ReportedServer } from "../../../runtime/rehearsal/observer/accounted.js";
import type { SentCall } from "../../../runtime/rehearsal/observer/journal-watch.js";
import { Ledger } from "../../../runtime/rehearsal/observer/ledger.js";
import { createObserver } from "../../../runtime/rehearsal/observer/observer.js";
import type { Scene } from "../../../runtime/rehearsal/observer/scene.js";
import { defaultStart } from "../../../runtime/rehearsal/virtual-clock.js";
import { lane, other, Story, sceneOf, wellDone } from "./story.js";

const allLaunched: readonly ReportedServer[] = ["db-1", "db-2", "web-1"].map((server) => ({
  server,
  outcome: "launched",
}));

function judge(
  story: Story,
  scene: Scene = sceneOf(),
  reported: readonly ReportedServer[] = allLaunched,
): readonly BrokenInvariant[] {
  const ledger = new Ledger();
  const observer = createObserver(scene, ledger);
  for (const event of story.events) {
    ledger.apply(event);
    observer.on(event);
  }
  const at = story.events.at(-1)?.at ?? defaultStart;
  return observer.end(at, reported);
}

const namesOf = (broken: readonly BrokenInvariant[]): readonly string[] => [
  ...new Set(broken.map(({ invariant }) => invariant)),
];

describe("observer", () => {
  it("finds nothing in an execution that is well done", () => {
    expect(judge(wellDone())).toEqual([]);
  });

  it("sees a server that is started twice", () => {
    const story = wellDone()
      .launch("job-4", lane, ["db-1"])
      .after(9)
      .ended("job-4", lane)
      .looked(lane);
    expect(judge(story)).toEqual([
      {
        invariant: "started-once",
        lane,
        atSeconds: 1200,
        what: "db-1 was started by job job-1 and again by job job-4",
      },
    ]);
  });

  it("sees a job above the quota of a job", () => {
    const servers = Array.from({ length: 101 }, (_, n) => `s-${n}`);
    const story = wellDone().launch("job-4", lane, servers).ended("job-4", lane).looked(lane);
    expect(judge(story)[0]?.what).toBe("job job-4 took 101 servers, 100 are allowed");
  });

  it("blames a 402 that the lane's own jobs foretold", () => {
    const story = new Story().looked(lane);
    for (let job = 0; job < 20; job += 1) story.launch(`job-${job}`, lane, [`s-${job}`]);
    const breaches = judge(story.refused("ServiceQuotaExceededException", ["s-20"], "L-D88FAC3A"));
    expect(breaches.find(({ invariant }) => invariant === "within-quotas")?.what).toBe(
      "StartRecovery of 1 servers exceeded quota L-D88FAC3A, beside 20 jobs with 20 servers that " +
        "the lane had shown",
    );
  });

  it("forgives a 402 because of jobs that strangers started after the look", () => {
    const story = new Story().looked(lane);
    for (let job = 0; job < 20; job += 1)
      story.launch(`job-${job}`, lane, [`s-${job}`], "stranger");
    const breaches = judge(story.refused("ServiceQuotaExceededException", ["s-20"], "L-D88FAC3A"));
    expect(namesOf(breaches)).not.toContain("within-quotas");
  });

  it("sees jobs that nobody watched to their end", () => {
    const story = wellDone()
      .launch("job-4", other, ["s-4"])
      .after(1)
      .ended("job-4", other)
      .launch("job-5", other, ["s-5"]);
    expect(judge(story).map(({ what }) => what)).toEqual([
      "nobody looked after launch job job-4 had ended",
      "launch job job-5 still ran when the execution ended",
    ]);
  });

  it("sees a wave that begins before another lane is done", () => {
    const story = new Story()
      .launch("job-1", lane, ["db-1"])
      .launch("job-2", other, ["db-2"])
      .after(600)
      .launched("job-1", lane, "db-1")
      .launch("job-3", lane, ["web-1"]);
    const breach = judge(story).find(({ invariant }) => invariant === "gate-order");
    expect(breach?.what).toBe(
      'job job-3: wave "web" began while 1 servers (db-2 among them) of wave "database" were not done',
    );
  });

  it("sees a wave that begins although what it needs has failed", () => {
    const story = new Story()
      .launch("job-1", lane, ["db-1"])
      .launch("job-2", other, ["db-2"])
      .after(600)
      .launched("job-1", lane, "db-1")
      .failed("job-2", other, "db-2")
      .launch("job-3", lane, ["web-1"]);
    const breach = judge(story).find(({ invariant }) => invariant === "gate-order");
    expect(breach?.what).toBe(
      `job job-3: wave "web" began although wave "database" had failed in ${other}`,
    );
  });

  it("lets a wave begin when the deadline of what it needs has passed, or somebody else launched it", () => {
    const late = new Story()
      .launch("job-1", lane, ["db-1"])
      .after(3_600)
      .launch("job-3", lane, ["web-1"]);
    const shared = new Story()
      .launch("job-1", lane, ["db-1"])
      .launch("job-2", other, ["db-2"], "stranger")
      .after(600)
      .launched("job-1", lane, "db-1")
      .launched("job-2", other, "db-2")
      .launch("job-3", lane, ["web-1"]);
    expect(namesOf(judge(late))).not.toContain("gate-order");
    expect(namesOf(judge(shared))).not.toContain("gate-order");
  });

  it("does not wait for a lane that was lost from the start, unless something was started there", () => {
    const story = new Story()
      .launch("job-1", lane, ["db-1"])
      .after(600)
      .launched("job-1", lane, "db-1")
      .launch("job-3", lane, ["web-1"]);
    const lost: readonly ReportedServer[] = [
      { server: "db-1", outcome: "launched" },
      { server: "db-2", outcome: "failed", reason: "the lane was lost: denied", isLaneLost: true },
      { server: "web-1", outcome: "launched" },
    ];
    expect(namesOf(judge(story, sceneOf(), lost))).not.toContain("gate-order");
    story.launch("job-4", other, ["db-2"]);
    expect(namesOf(judge(story, sceneOf(), lost))).toContain("gate-order");
  });

  it("sees instances that were not ours to end", () => {
    const harm = (story: Story, scene?: Scene): readonly string[] =>
      judge(story, scene)
        .filter(({ invariant }) => invariant === "harmless")
        .map(({ what }) => what);
    const foreign = new Story()
      .launch("job-s", lane, ["db-1"], "stranger")
      .launched("job-s", lane, "db-1")
      .gone("instance-terminated", "job-t", "db-1", "job-s");
    expect(harm(foreign)).toEqual(["job job-t ended i-db-1 of db-1, a drill of somebody else"]);
    const real = new Story().gone("instance-terminated", "job-t", "db-1", "job-r", false);
    expect(harm(real)).toEqual(["job job-t ended i-db-1, on which db-1 was recovered"]);
    const replaced = new Story().gone("instance-replaced", "job-1", "db-1", "job-r", false);
    expect(harm(replaced)).toEqual(["job job-1 replaced i-db-1, on which db-1 was recovered"]);
    expect(harm(replaced, sceneOf({ kind: "recovery", relaunchRecovered: true }))).toEqual([]);
    const drill = new Story().gone("instance-replaced", "job-1", "db-1", "job-d", true);
    expect(harm(drill)).toEqual([]);
  });

  it("sees what a clean-up leaves behind", () => {
    const scene = sceneOf({ cleanUp: true });
    const cleaned = wellDone();
    for (const server of ["db-1", "db-2", "web-1"]) {
      cleaned.gone("instance-terminated", "job-t", server, server === "web-1" ? "job-3" : "job-1");
    }
    expect(judge(cleaned, scene)).toEqual([]);
    expect(judge(wellDone(), scene).map(({ what }) => what)).toEqual([
      "i-db-1 of db-1 still runs after the clean-up",
      "i-db-2 of db-2 still runs after the clean-up",
      "i-web-1 of web-1 still runs after the clean-up",
    ]);
  });

  it("sees a call that the journal did not know of, and a batch that is called twice", () => {
    const at = defaultStart;
    const call = { operation: "StartRecovery", lane, at, targets: ["db-1", "db-2"] };
    const known = { ...call, batch: `x-1 ${lane}#1` };
    const next = { ...call, batch: `x-1 ${lane}#2` };
    const told = (...sent: readonly SentCall[]): readonly string[] =>
      judge(wellDone(), sceneOf({ sent })).map(({ invariant, what }) => `${invariant}: ${what}`);
    expect(told(known, next)).toEqual([]);
    expect(told(known, call)).toEqual([
      "intended-first: StartRecovery of 2 (db-1 among them) was sent before the journal held its batch",
    ]);
    expect(told(known, next, known)).toEqual([
      `intended-first: StartRecovery was sent again for batch x-1 ${lane}#1`,
    ]);
  });

  it("sees an execution that goes on for long after faults and strangers' jobs have ended", () => {
    const told = (scene: Partial<Scene>, story: Story = wellDone()): readonly string[] =>
      judge(story, sceneOf(scene))
        .filter(({ invariant }) => invariant === "ended-in-time")
        .map(({ atSeconds, what }) => `${atSeconds}: ${what}`);
    expect(told({ allowedSeconds: 1_200 })).toEqual([]);
    expect(told({ allowedSeconds: 1_199 })).toEqual([
      "1199: the execution ended 1200 s after all was quiet, 1199 s are allowed",
    ]);
    const disturbedUntil = () => plusSeconds(defaultStart, 200);
    expect(told({ allowedSeconds: 1_000, disturbedUntil })).toEqual([]);
    expect(told({ allowedSeconds: 999, disturbedUntil })).toHaveLength(1);
    const shared = new Story()
      .launch("job-s", lane, ["s-9"], "stranger")
      .after(400)
      .ended("job-s", lane)
      .after(600);
    const looked = shared.looked(lane);
    expect(told({ allowedSeconds: 600 }, looked)).toEqual([]);
    expect(told({ allowedSeconds: 599 }, looked)).toHaveLength(1);
  });

  it("sees servers that are forgotten, untrue, without a reason, or not of the plan", () => {
    const reported: readonly ReportedServer[] = [
      { server: "db-2", outcome: "skipped" },
      { server: "web-1", outcome: "launched" },
      { server: "s-9", outcome: "launched" },
    ];
    expect(judge(new Story(), sceneOf(), reported).map(({ what }) => what)).toEqual([
      "db-1 was forgotten: its outcome is not told",
      "db-2 is told as skipped, without a reason",
      "web-1 is told as launched, but no job launched it",
      "s-9 is told of, but is no member of the plan",
    ]);
  });
});
