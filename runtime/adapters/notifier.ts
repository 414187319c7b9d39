import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import type { Log, Notifier } from "../core/ports.js";

/** Longest subject that SNS takes. */
const subjectCharacters = 100;

/** Tells the topic's subscribers. A message that cannot be sent is logged: it must not stop a recovery. */
export function snsNotifier(client: SNSClient, topicArn: string, log: Log): Notifier {
  return {
    async notify(subject, message) {
      try {
        await client.send(
          new PublishCommand({
            TopicArn: topicArn,
            Subject: subject.slice(0, subjectCharacters),
            Message: message,
          }),
        );
      } catch (error) {
        log.warn("notification not sent", { subject, error: String(error) });
      }
    },
  };
}
