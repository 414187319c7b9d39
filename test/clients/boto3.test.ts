import { expect, it } from "vitest";
import { laneKey } from "../../runtime/core/lane.js";
import { account, fleetOf, region, serverId, startBench } from "../rehearsal/services/bench.js";
import { describeTier } from "../support/tier.js";
import { boto3, runScript } from "./foreign.js";
import { newestModels } from "./published-models.js";

const otherAccount = "444455556666";

describeTier("python", "boto3 against the emulator", boto3(), (python) => {
  it("lists, tags, launches, polls, terminates and pages", async () => {
    const bench = await startBench({ fleet: fleetOf(7) });
    expect(await runScript(bench, python, "recover.py")).toEqual({
      pages: [3, 3, 1],
      tags: { Tier: "db" },
      started: [202, "PENDING"],
      launched: ["LAUNCHED", "LAUNCHED"],
      polls: expect.any(Number),
      log: expect.arrayContaining(["JOB_START", "CONVERSION_END", "LAUNCH_END", "JOB_END"]),
      drills: [true, true],
      terminated: ["TERMINATED", "TERMINATED"],
      left: 0,
      jobs: ["TERMINATE", "LAUNCH"],
      snapshots: 2,
    });
  });

  it("makes a recovery plan of DRS's own, runs it, and mends a step that fails", async () => {
    const bench = await startBench({ fleet: fleetOf(3) });
    bench.drs.failServer(serverId(3), "launch", 1);
    expect(await runScript(bench, python, "recovery_plans.py", [], newestModels())).toEqual({
      created: "INVALID",
      started: [201, "CREATED"],
      second: "ConflictException",
      failed: ["FAILED", ["COMPLETED", "COMPLETED", "FAILED"]],
      retried: ["EXECUTING", 2],
      completed: "COMPLETED",
      jobs: [
        ["START_DRILL", 1],
        ["START_DRILL", 2],
        ["START_DRILL", 1],
      ],
      instances: 3,
      left: 0,
    });
  });

  it("takes a role in another account, and sees that account's servers alone", async () => {
    const elsewhere = laneKey({ account: otherAccount, region });
    const fleet = [...fleetOf(1), ...fleetOf(2, elsewhere)];
    const bench = await startBench({
      fleet,
      decideTrust: (_role, _principal, context) => {
        const allowed = context["sts:ExternalId"] === "shop-hub";
        return { allowed, reason: "the external id is another" };
      },
    });
    const role = `arn:aws:iam::${otherAccount}:role/dr-spoke`;
    const arn = (inAccount: string, number: number): string =>
      `arn:aws:drs:${region}:${inAccount}:source-server/s-${String(number).padStart(17, "0")}`;
    expect(await runScript(bench, python, "assume_role.py", [role, "shop-hub"])).toEqual({
      identity: `arn:aws:sts::${otherAccount}:assumed-role/dr-spoke/foreign`,
      here: [arn(account, 1)],
      there: [arn(otherAccount, 1), arn(otherAccount, 2)],
    });
    await expect(runScript(bench, python, "assume_role.py", [role, "other"])).rejects.toThrow(
      "AccessDenied",
    );
  });

  it("meets each modelled error as a class of its own", async () => {
    const bench = await startBench({
      fleet: fleetOf(101),
      faults: [
        { kind: "throttling", calls: { operation: "DescribeJobLogItems" }, retryAfterSeconds: 3 },
        { kind: "internal-error", calls: { operation: "DescribeRecoveryInstances" } },
      ],
      gateway: {
        authorize: (_principal, { action }) => ({
          allowed: action !== "drs:TerminateRecoveryInstances",
          reason: "no identity-based policy allows it",
        }),
      },
    });
    const error = (code: string, status: number, more: object = {}): object => ({
      class: code,
      isModelled: true,
      code,
      status,
      quotaCode: null,
      retryAfter: null,
      ...more,
    });
    expect(await runScript(bench, python, "errors.py", ["us-west-2", "101"])).toEqual({
      quota: error("ServiceQuotaExceededException", 402, { quotaCode: "L-B827C881" }),
      conflict: error("ConflictException", 409),
      unknown: error("ResourceNotFoundException", 404),
      invalid: error("ValidationException", 400),
      uninitialized: error("UninitializedAccountException", 400),
      denied: error("AccessDeniedException", 403),
      throttled: error("ThrottlingException", 429, { retryAfter: "3" }),
      broken: error("InternalServerException", 500),
    });
  });
});
