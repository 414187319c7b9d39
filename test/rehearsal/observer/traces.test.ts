import { describe, expect, it } from "vitest";
import { plusSeconds } from "../../../runtime/core/instant.js";
import { Ledger } from "../../../runtime/rehearsal/observer/ledger.js";
import { trueLowerBoundSeconds } from "../../../runtime/rehearsal/observer/lower-bound.js";
import {
  jobTraces,
  laneTraces,
  makespanSeconds,
  type Observed,
  serverTraces,
  waveTraces,
} from "../../../runtime/rehearsal/observer/traces.js";
import { defaultStart } from "../../../runtime/rehearsal/virtual-clock.js";
import { lane, other, type Story, sceneOf, wellDone } from "./story.js";

function observed(story: Story): Observed {
  const ledger = new Ledger();
  for (const event of story.events) ledger.apply(event);
  return {
    scene: sceneOf(),
    ledger,
    reported: [
      { server: "db-1", outcome: "launched" },
      { server: "db-2", outcome: "launched" },
      { server: "web-1", outcome: "skipped", reason: "cancelled by the operator" },
    ],
    endedAt: plusSeconds(defaultStart, 1500),
  };
}

const cleaned = (): Story =>
  wellDone().after(30).gone("instance-terminated", "job-t", "db-1", "job-1");

describe("traces", () => {
  it("follow each server from its start to its end, as DRS saw it", () => {
    const [first, , last] = serverTraces(observed(cleaned()));
    expect(first).toEqual({
      server: "db-1",
      wave: "database",
      lane,
      outcome: "launched",
      jobId: "job-1",
      startedAtSeconds: 0,
      launchedAtSeconds: 600,
      terminatedAtSeconds: 1230,
    });
    expect(last).toMatchObject({ outcome: "skipped", reason: "cancelled by the operator" });
  });

  it("tell the jobs of strangers from ours, and leave out those that had ended before", () => {
    const story = wellDone().launch("job-s", other, ["s-7", "s-8"], "stranger");
    const scene = sceneOf({ startedAt: plusSeconds(defaultStart, 601) });
    const jobs = jobTraces({ ...observed(story), scene });
    expect(jobs).toEqual([
      {
        jobId: "job-3",
        lane,
        kind: "launch",
        startedBy: "us",
        wave: "web",
        servers: 1,
        startedAtSeconds: -1,
        endedAtSeconds: 599,
      },
      {
        jobId: "job-s",
        lane: other,
        kind: "launch",
        startedBy: "stranger",
        servers: 2,
        startedAtSeconds: 599,
        endedAtSeconds: 899,
      },
    ]);
  });

  it("sum up waves and lanes", () => {
    const what = observed(wellDone());
    const servers = serverTraces(what);
    expect(waveTraces(what.scene, servers)[0]).toEqual({
      wave: "database",
      dependsOn: [],
      servers: 2,
      launched: 2,
      failed: 0,
      skipped: 0,
      startedAtSeconds: 0,
      endedAtSeconds: 600,
    });
    expect(laneTraces(what, servers)).toEqual([
      {
        account: "111111111111",
        region: "us-east-1",
        servers: 2,
        launched: 1,
        peakJobs: 1,
        peakServersInFlight: 1,
      },
      {
        account: "222222222222",
        region: "us-west-2",
        servers: 1,
        launched: 1,
        peakJobs: 1,
        peakServersInFlight: 1,
      },
    ]);
  });

  it("measure the makespan without the clean-up, and what it could not have beaten", () => {
    const what = observed(cleaned());
    expect(makespanSeconds(what)).toBe(1200);
    expect(trueLowerBoundSeconds(what)).toBe(1200);
  });
});
