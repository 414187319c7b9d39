import { STSClient } from "@aws-sdk/client-sts";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { spokeCredentials } from "../../runtime/adapters/credentials.js";
import { drsOfLane } from "../../runtime/adapters/drs.js";
import { quotasOfLane } from "../../runtime/adapters/quotas.js";
import { laneOf } from "../../runtime/core/lane.js";
import { documentedQuotas } from "../../runtime/core/recovery/predict.js";
import { lateArrival } from "../../runtime/limits.js";
import { type Bench, type BenchOptions, fleetOf, startBench } from "../rehearsal/services/bench.js";

const spokeAccount = "444455556666";
const lane = `${spokeAccount}/us-east-1` as const;
const spoke = {
  roleName: "dr-prod-spoke-recovery",
  externalId: "a-secret-handshake",
  sessionName: "dr-prod-execution",
};
const roleArn = `arn:aws:iam::${spokeAccount}:role/${spoke.roleName}`;

/** A lane in another account, reached through the spoke's role, on the SDK's own clock. */
async function open(options: BenchOptions = {}) {
  const bench = await startBench({
    fleet: fleetOf(2, lane),
    decideTrust: (arn, _principal, context) => ({
      allowed: arn === roleArn && context["sts:ExternalId"] === spoke.externalId,
      reason: "no trust policy allows it",
    }),
    ...options,
  });
  vi.stubEnv("AWS_ENDPOINT_URL", bench.gateway.url);
  vi.setSystemTime(bench.clock.now());
  const sts = new STSClient(bench.access());
  onTestFinished(() => sts.destroy());
  return { bench, credentialsOf: spokeCredentials(sts, spoke) };
}

async function pass(bench: Bench, seconds: number): Promise<void> {
  await bench.pass(seconds);
  vi.setSystemTime(bench.clock.now());
}

const assumed = ({ calls }: Bench) =>
  calls.filter(({ operation }) => operation === "AssumeRole").length;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  return () => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
  };
});

describe("the way into a spoke", () => {
  it("is the role of its account, with the external id, for one session of many calls", async () => {
    const { bench, credentialsOf } = await open();
    const drs = drsOfLane(credentialsOf)(laneOf(lane));
    expect(await drs.sourceServers()).toHaveLength(2);
    expect(await drs.sourceServers()).toHaveLength(2);
    expect(assumed(bench)).toBe(1);
    expect(bench.calls.at(-1)).toMatchObject({ roleArn, account: spokeAccount });
  });

  it("is taken anew when the session has expired, for reads and for changes", async () => {
    const { bench, credentialsOf } = await open();
    const drs = drsOfLane(credentialsOf)(laneOf(lane));
    const [first] = await drs.sourceServers();
    const call = { servers: [first?.server ?? ""], isDrill: true, tags: {} };
    expect((await drs.startRecovery(call)).kind).toBe("accepted");
    const before = assumed(bench);
    await pass(bench, 3 * 3_600);
    expect(await drs.sourceServers()).toHaveLength(2);
    expect((await drs.startRecovery(call)).kind).toBe("accepted");
    expect(assumed(bench)).toBe(2 * before);
  });

  it("does not expire while a function that just began its work still may work", async () => {
    const { bench, credentialsOf } = await open();
    const drs = drsOfLane(credentialsOf)(laneOf(lane));
    await drs.sourceServers();
    await pass(bench, 3_600 - 10);
    await drs.sourceServers();
    await pass(bench, lateArrival.functionTimeoutSeconds);
    expect(await drs.sourceServers()).toHaveLength(2);
  });

  it("that is denied is a denied lane, and a call into it happened for certain not", async () => {
    const { credentialsOf } = await open({
      decideTrust: () => ({ allowed: false, reason: "no trust policy allows it" }),
    });
    const drs = drsOfLane(credentialsOf)(laneOf(lane));
    await expect(drs.sourceServers()).rejects.toMatchObject({
      code: "lane-denied",
      message: expect.stringContaining("no trust policy allows it"),
    });
    const answer = await drs.startRecovery({ servers: ["s-1"], isDrill: true, tags: {} });
    expect(answer.kind).toBe("denied");
  });
});

describe("the quotas of a lane", () => {
  it("are those that Service Quotas tells", async () => {
    const { credentialsOf } = await open({ drs: { quotas: () => ({ sourceServers: 5_000 }) } });
    expect(await quotasOfLane(credentialsOf)(laneOf(lane))).toEqual({
      ...documentedQuotas,
      sourceServers: 5_000,
      readFrom: "service-quotas",
    });
  });

  it("are the documented ones where Service Quotas cannot be asked", async () => {
    const { credentialsOf } = await open({
      gateway: { authorize: () => ({ allowed: false, reason: "no" }) },
    });
    expect(await quotasOfLane(credentialsOf)(laneOf(lane))).toEqual(documentedQuotas);
  });
});
