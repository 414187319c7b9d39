import { describe, expect, it } from "vitest";
import { type EmulatorBench, post, type Reply, start, startEmulatorBench } from "./bench.js";

function ec2(bench: EmulatorBench, form: Readonly<Record<string, string>>): Promise<Reply> {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return post(bench, "ec2", new URLSearchParams(form).toString(), headers);
}

async function ssm(bench: EmulatorBench, operation: string, input: object) {
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `AmazonSSM.${operation}`,
  };
  const { status, text } = await post(bench, "ssm", JSON.stringify(input), headers);
  return { status, answer: Object(JSON.parse(text)) };
}

describe("EC2 beside the emulator", () => {
  it("shows the instances that DRS launched, all or by id, and no other", async () => {
    const bench = await startEmulatorBench();
    await start(bench, 1, 2);
    const none = await ec2(bench, { Action: "DescribeInstances" });
    expect(none.text).toContain("<reservationSet></reservationSet>");
    await bench.control("POST /clock", { advanceSeconds: 3_600 });
    const all = await ec2(bench, { Action: "DescribeInstances" });
    const ids = [...all.text.matchAll(/<instanceId>(i-[0-9a-f]{17})</g)].map(([, id = ""]) => id);
    expect(ids).toHaveLength(2);
    expect(all.text).toContain("<code>16</code><name>running</name>");
    const [first = "", second = ""] = ids;
    const one = await ec2(bench, { Action: "DescribeInstances", "InstanceId.1": first });
    expect(one.text).toContain(first);
    expect(one.text).not.toContain(second);
    const unknown = await ec2(bench, { Action: "DescribeInstances", "InstanceId.1": "i-0bad" });
    expect(unknown).toMatchObject({
      status: 400,
      text: expect.stringContaining("<Code>InvalidInstanceID.NotFound</Code>"),
    });
  });

  it("says of everything else that it is not emulated", async () => {
    const bench = await startEmulatorBench();
    const filtered = { Action: "DescribeInstances", "Filter.1.Name": "tag:Name" };
    for (const form of [{ Action: "DescribeSubnets" }, filtered]) {
      expect(await ec2(bench, form)).toMatchObject({
        status: 501,
        text: expect.stringContaining("<Code>NotEmulated</Code>"),
      });
    }
  });
});

describe("automations beside the emulator", () => {
  it("succeed half a minute after they started, whatever the document", async () => {
    const bench = await startEmulatorBench();
    const started = await ssm(bench, "StartAutomationExecution", { DocumentName: "Approve" });
    const { AutomationExecutionId: id } = started.answer;
    const told = async (): Promise<unknown> =>
      (await ssm(bench, "GetAutomationExecution", { AutomationExecutionId: id })).answer
        .AutomationExecution;
    expect(await told()).toMatchObject({ AutomationExecutionStatus: "InProgress" });
    expect(await told()).not.toHaveProperty("ExecutionEndTime");
    await bench.control("POST /clock", { advanceSeconds: 32 });
    expect(await told()).toMatchObject({
      AutomationExecutionStatus: "Success",
      ExecutionEndTime: expect.any(Number),
    });
    const by = (Values: readonly string[], Key = "ExecutionId") =>
      ssm(bench, "DescribeAutomationExecutions", { Filters: [{ Key, Values }] });
    expect((await by([id])).answer.AutomationExecutionMetadataList).toHaveLength(1);
    expect((await by(["other"])).answer.AutomationExecutionMetadataList).toEqual([]);
    expect((await by(["Success"], "ExecutionStatus")).status).toBe(501);
  });

  it("are refused without a document, under an unknown id, and by operations that are not emulated", async () => {
    const bench = await startEmulatorBench();
    expect(await ssm(bench, "StartAutomationExecution", {})).toMatchObject({ status: 400 });
    const unknown = { AutomationExecutionId: "none" };
    expect(await ssm(bench, "GetAutomationExecution", unknown)).toMatchObject({
      status: 400,
      answer: { __type: "AutomationExecutionNotFoundException" },
    });
    expect(await ssm(bench, "SendCommand", {})).toMatchObject({ status: 501 });
  });

  it("count as waited for when they are read, on a clock that reads move", async () => {
    const bench = await startEmulatorBench({ clock: { kind: "virtual", secondsPerRead: 40 } });
    const { answer } = await ssm(bench, "StartAutomationExecution", { DocumentName: "Approve" });
    const read = await ssm(bench, "GetAutomationExecution", answer);
    expect(read.answer.AutomationExecution.AutomationExecutionStatus).toBe("Success");
  });
});
