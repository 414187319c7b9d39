import { ReverseReplicationCommand } from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import type {
  DrsNotice,
  DrsOptions,
  NoticeDelivery,
} from "../../../../runtime/rehearsal/services/drs/drs.js";
import {
  type Bench,
  describeInstances,
  fleetOf,
  serverId,
  serverIds,
  startBench,
  startRecovery,
} from "../bench.js";
import { fleetFromEc2, fullCopySeconds, originLane } from "./recovered.js";

const launched = "DRS Source Server Launch Result";

interface Heard {
  readonly bench: Bench;
  readonly notices: readonly DrsNotice[];
  /** Seconds since the start at which each was handed over. */
  readonly at: readonly number[];
  of(detailType: string): readonly DrsNotice[];
}

async function listening(fleet = fleetOf(4), more: DrsOptions = {}): Promise<Heard> {
  const notices: DrsNotice[] = [];
  const at: number[] = [];
  const bench = await startBench({
    fleet,
    drs: {
      launchSeconds: () => 60,
      initialisedLanes: [originLane],
      onNotice: (notice) => {
        notices.push(notice);
        at.push((bench.clock.now() - startedAt) / 1_000);
      },
      ...more,
    },
  });
  const startedAt = bench.clock.now();
  const of = (wanted: string) => notices.filter((one) => one["detail-type"] === wanted);
  return { bench, notices, at, of };
}

describe("what EventBridge is told", () => {
  it("is the end of each server's launch, drills and failures told by flag and state", async () => {
    const { bench, of } = await listening();
    const client = bench.client();
    bench.drs.failServer(serverId(2), "launch", 1);
    const { jobID } = await startRecovery(client, serverIds(2), { isDrill: true });
    await bench.pass(100);
    const [first, second] = of(launched);
    expect(first).toEqual({
      version: "0",
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      "detail-type": launched,
      source: "aws.drs",
      account: "111122223333",
      time: "2026-01-24T02:01:00Z",
      region: "eu-central-1",
      resources: [`arn:aws:drs:eu-central-1:111122223333:source-server/${serverId(1)}`],
      detail: { state: "RECOVERY_LAUNCH_SUCCEEDED", "job-id": jobID, "is-drill": "TRUE" },
    });
    expect(second?.detail).toMatchObject({ state: "RECOVERY_LAUNCH_FAILED" });
    expect(of(launched)).toHaveLength(2);
  });

  it("is when replication stalls and goes on, and nothing between", async () => {
    const { bench, of } = await listening();
    for (const state of ["BACKLOG", "STALLED", "STALLED", "CONTINUOUS"]) {
      bench.drs.setReplication(serverId(1), { state });
    }
    await bench.pass(1);
    const changes = of("DRS Source Server Data Replication Stalled Change");
    expect(changes.map(({ detail }) => detail.state)).toEqual(["STALLED", "NOT_STALLED"]);
  });

  it("is each point in time when it is taken", async () => {
    const { bench, of } = await listening(fleetOf(2));
    await bench.pass(1_250);
    const taken = of("DRS PIT Snapshot Taken");
    expect(taken.map(({ time }) => time)).toEqual([
      "2026-01-24T02:10:00Z",
      "2026-01-24T02:10:00Z",
      "2026-01-24T02:20:00Z",
      "2026-01-24T02:20:00Z",
    ]);
    expect(taken[0]?.detail).toEqual({
      DrsSnapshotID: expect.stringMatching(/^pit-/),
      EbsSnapshotIDs: expect.stringMatching(/^snap-/),
    });
  });

  it("is the way back of a recovery instance", async () => {
    const { bench, of } = await listening(fleetFromEc2(1));
    const client = bench.client();
    await startRecovery(client, [serverId(1)]);
    await bench.pass(100);
    const [instance] = await describeInstances(client);
    const recoveryInstanceID = instance?.recoveryInstanceID ?? "";
    await client.send(new ReverseReplicationCommand({ recoveryInstanceID }));
    await bench.pass(fullCopySeconds);
    const [mirror] = bench.drs.servers(originLane);
    await startRecovery(bench.client(originLane), [mirror?.server ?? ""]);
    await bench.pass(100);
    const changes = of("DRS Recovery Instance Failback State Change");
    expect(changes.map(({ detail }) => detail.state)).toEqual([
      "FAILBACK_IN_PROGRESS",
      "FAILBACK_COMPLETED",
    ]);
    expect(changes[0]?.resources).toEqual([instance?.arn]);
  });
});

describe("delivery", () => {
  const launchTimes = async (noticeDelivery: NoticeDelivery) => {
    const { bench, notices, at } = await listening(fleetOf(40), { noticeDelivery });
    bench.drs.stranger.startRecovery("111122223333/eu-central-1", serverIds(40));
    await bench.pass(590);
    return { ids: notices.map(({ id }) => id), at };
  };

  it("loses some, and the same ones for the same seed", async () => {
    const lossy = { lostShare: 0.5 };
    const { ids } = await launchTimes(lossy);
    expect(ids.length).toBeGreaterThan(5);
    expect(ids.length).toBeLessThan(35);
    expect((await launchTimes(lossy)).ids).toEqual(ids);
    expect((await launchTimes({ lostShare: 1 })).ids).toEqual([]);
  });

  it("is late by no more than it may be", async () => {
    const { at } = await launchTimes({ lateShare: 1, lateSeconds: 120 });
    expect(at).toHaveLength(40);
    expect(new Set(at).size).toBeGreaterThan(10);
    expect(Math.min(...at)).toBeGreaterThan(60);
    expect(Math.max(...at)).toBeLessThanOrEqual(180);
  });

  it("comes twice with the same id, once late", async () => {
    const { ids } = await launchTimes({ doubledShare: 1 });
    expect(ids).toHaveLength(80);
    expect(new Set(ids).size).toBe(40);
  });
});
