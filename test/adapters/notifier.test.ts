import { SNSClient } from "@aws-sdk/client-sns";
import { describe, expect, it, onTestFinished } from "vitest";
import { snsNotifier } from "../../runtime/adapters/notifier.js";
import { startBench, topicArn } from "../rehearsal/services/bench.js";

async function open(topic = topicArn) {
  const bench = await startBench();
  const client = new SNSClient(bench.access());
  onTestFinished(() => client.destroy());
  const warnings: (readonly [string, object | undefined])[] = [];
  const log = {
    info: () => {},
    warn: (message: string, fields?: object) => void warnings.push([message, fields]),
    error: () => {},
  };
  return { bench, warnings, notifier: snsNotifier(client, topic, log) };
}

describe("a notification", () => {
  it("reaches the topic, its subject cut to what SNS takes", async () => {
    const { bench, notifier } = await open();
    await notifier.notify("x".repeat(150), "Execution one ended.");
    expect(bench.sns.published()).toMatchObject([
      { topicArn, subject: "x".repeat(100), message: "Execution one ended." },
    ]);
  });

  it("that cannot be sent is logged, and stops nothing", async () => {
    const { notifier, warnings } = await open(`${topicArn}-gone`);
    await notifier.notify("drill ended", "Execution one ended.");
    expect(warnings).toEqual([
      [
        "notification not sent",
        { subject: "drill ended", error: expect.stringMatching(/NotFound/) },
      ],
    ]);
  });
});
