import { describe, expect, it } from "vitest";
import type { ServiceReply } from "../../../runtime/rehearsal/services/service.js";
import { errorReply, withRequestId } from "../../../runtime/rehearsal/services/wire-errors.js";
import { deviations } from "../../support/service-model/deviations.js";
import { answered, asked, found, foundInJson, foundInXml, refused } from "./messages.js";

const start = asked("StartRecovery", {
  sourceServers: [{ sourceServerID: "s-00000000000000001" }],
});
const log = asked("DescribeJobLogItems", { jobID: "drsjob-00000000000000001" });

const assumeRole =
  "Action=AssumeRole&RoleSessionName=s1&RoleArn=arn:aws:iam::111122223333:role/operator";
const getItem = "DynamoDB_20120810.GetItem";
const item = '{"TableName":"executions","Key":{"pk":{"S":"p"}}}';

function refusedInXml(status: number, code: string): ServiceReply {
  return withRequestId(errorReply("query", { status, code, message: "no" }), "1");
}

function refusedInJson(code: string): ServiceReply {
  return errorReply("json", { status: 400, code, message: "no" });
}

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
    "denied-by-iam": () => [
      ...found(start, refused(403, "AccessDeniedException")),
      ...foundInXml("sts", assumeRole, refusedInXml(403, "AccessDenied")),
    ],
    "session-over": () => [
      ...found(start, refused(403, "ExpiredTokenException")),
      ...foundInXml("sns", "Action=Publish&Message=m", refusedInXml(403, "ExpiredToken")),
    ],
    "common-error-types": () => [
      ...foundInXml("sts", assumeRole, refusedInXml(400, "ValidationError")),
      ...foundInJson(
        "ssm",
        "AmazonSSM.DescribeAutomationExecutions",
        "{}",
        refusedInJson("ThrottlingException"),
      ),
    ],
    "error-of-every-table-operation": () =>
      foundInJson("dynamodb", getItem, item, refusedInJson("ValidationException")),
    "publish-throttled": () =>
      foundInXml("sns", "Action=Publish&Message=m", refusedInXml(429, "Throttled")),
    "body-of-no-json": () =>
      foundInJson("dynamodb", getItem, "{", refusedInJson("SerializationException")).filter(
        (told) => told.includes("reply"),
      ),
    "namespace-of-ec2": () =>
      foundInXml("ec2", "Action=DescribeInstances", {
        status: 200,
        headers: { "content-type": "text/xml;charset=UTF-8" },
        body:
          '<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">' +
          "<requestId>1</requestId><reservationSet/></DescribeInstancesResponse>",
      }),
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
    expect(
      foundInJson("dynamodb", getItem, item, refusedInJson("SerializationException")),
    ).toHaveLength(1);
    expect(
      foundInJson("states", "AWSStepFunctions.StopExecution", "{}", refusedInJson("Throttling")),
    ).toHaveLength(2);
    const sound = asked("DescribeRecoveryInstances", {});
    expect(found(sound, refused(400, "ValidationException"))).toHaveLength(1);
  });
});
