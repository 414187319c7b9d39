import { describe, expect, it } from "vitest";
import { deviations } from "../../support/service-model/deviations.js";
import { answered, asked, found, refused } from "./messages.js";

const start = asked("StartRecovery", {
  sourceServers: [{ sourceServerID: "s-00000000000000001" }],
});
const log = asked("DescribeJobLogItems", { jobID: "drsjob-00000000000000001" });

const launchAction = {
  resourceId: "s-00000000000000001",
  actionCode: "AWS-RunShellScript",
  order: 2,
  actionId: "00000000-0000-4000-8000-000000000001",
  optional: true,
  active: true,
  name: "action",
  actionVersion: "1",
  category: "MONITORING",
  parameters: {},
  description: "",
};

const executionArn =
  "arn:aws:drs:eu-central-1:111122223333:recovery-plan-execution/exec-00000000000000001";

describe("known deviations of the wire from the model", () => {
  const known = {
    "launch-end": () => found(log, answered(200, { items: [{ event: "LAUNCH_END" }] })),
    "utc-offset": () =>
      found(log, answered(200, { items: [{ logDateTime: "2022-12-07T19:15:38.846723+00:00" }] })),
    "denied-by-iam": () => found(start, refused(403, "AccessDeniedException")),
    "unreadable-request": () =>
      found(asked("DescribeRecoveryInstances", []), refused(400, "ValidationException")).filter(
        (told) => told.includes("reply"),
      ),
    "unknown-page": () =>
      found(
        asked("DescribeRecoveryInstances", { nextToken: "nobody's" }),
        refused(400, "ValidationException"),
      ),
    "unknown-resource": () => found(start, refused(404, "ResourceNotFoundException")),
    "launch-action-quota": () =>
      found(asked("PutLaunchAction", launchAction), refused(402, "ServiceQuotaExceededException")),
    "execution-timed-out": () =>
      found(
        asked("CancelRecoveryPlanExecution", { recoveryPlanExecutionArn: executionArn }),
        answered(200, {
          recoveryPlanExecution: {
            recoveryPlanExecutionArn: executionArn,
            recoveryPlanArn: executionArn.replace("-execution/exec", "/plan"),
            mode: "DRILL",
            status: "TIMED_OUT",
            startedAt: "2026-08-18T09:00:00Z",
          },
        }),
      ),
  };

  it.each(Object.entries(known))("let %s pass", (_name, judge) => {
    expect(judge()).toEqual([]);
  });

  it("are all shown here, each with its source", () => {
    expect(deviations.map(({ name }) => name)).toEqual(Object.keys(known));
    expect(deviations.filter(({ source }) => source === "")).toEqual([]);
  });

  it("let nothing pass that only looks like one", () => {
    const reply = answered(200, { items: [{ event: "LAUNCHED_END" }] });
    expect(found(log, reply)).toHaveLength(1);
    expect(found(start, refused(404, "AccessDeniedException"))).toHaveLength(1);
    expect(found(log, refused(404, "ResourceNotFoundException"))).toHaveLength(1);
    const sound = asked("DescribeRecoveryInstances", {});
    expect(found(sound, refused(400, "ValidationException"))).toHaveLength(1);
  });
});
