import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { describe, expect, it } from "vitest";
import { startBench, topicArn } from "./bench.js";

describe("Publish", () => {
  it("records what was published, by whom and when", async () => {
    const bench = await startBench();
    const client = new SNSClient(bench.access());
    const Message = "wave <1> launched & checked";
    const { MessageId } = await client.send(
      new PublishCommand({ TopicArn: topicArn, Subject: "Drill", Message }),
    );
    await client.send(new PublishCommand({ TopicArn: topicArn, Message: "over" }));
    expect(bench.sns.published()).toEqual([
      {
        messageId: MessageId,
        topicArn,
        subject: "Drill",
        message: Message,
        by: "arn:aws:iam::111122223333:role/operator",
        at: bench.clock.now(),
      },
      expect.objectContaining({ message: "over" }),
    ]);
  });

  it("refuses a topic that does not exist, and an empty message", async () => {
    const bench = await startBench();
    const client = new SNSClient(bench.access());
    const nowhere = new PublishCommand({ TopicArn: `${topicArn}-2`, Message: "x" });
    await expect(client.send(nowhere)).rejects.toMatchObject({
      name: expect.stringMatching(/^NotFound/),
      $metadata: { httpStatusCode: 404 },
    });
    const empty = new PublishCommand({ TopicArn: topicArn, Message: "" });
    await expect(client.send(empty)).rejects.toMatchObject({
      name: expect.stringMatching(/^InvalidParameter/),
    });
    expect(bench.sns.published()).toEqual([]);
  });

  it("is asked as sns:Publish on the topic", async () => {
    const bench = await startBench({
      gateway: {
        authorize: (_principal, { action, resources }) => ({
          allowed: false,
          reason: `${action} ${resources.join()}`,
        }),
      },
    });
    const publish = new PublishCommand({ TopicArn: topicArn, Message: "x" });
    await expect(new SNSClient(bench.access()).send(publish)).rejects.toMatchObject({
      name: expect.stringMatching(/^AuthorizationError/),
      message: expect.stringContaining(`sns:Publish ${topicArn}`),
    });
  });
});
