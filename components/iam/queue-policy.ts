import type { Named } from "../named.js";
import {
  denyWithoutTls,
  type PolicyDocument,
  type ResourceStatement,
  resourcePolicy,
} from "./document.js";

/** A queue that refuses what comes without TLS, and takes messages of these topics. Roles need policies of their own. */
export function queuePolicy(
  { arn }: Named,
  account: string,
  topics: readonly Named[],
): PolicyDocument<ResourceStatement> {
  const delivery: ResourceStatement = {
    Sid: "TopicsDeliver",
    Effect: "Allow",
    Principal: { Service: ["sns.amazonaws.com"] },
    Action: ["sqs:SendMessage"],
    Resource: [arn],
    Condition: {
      StringEquals: { "aws:SourceAccount": account },
      ArnEquals: { "aws:SourceArn": topics.map((topic) => topic.arn) },
    },
  };
  return resourcePolicy(denyWithoutTls(["sqs:*"], [arn]), ...(topics.length > 0 ? [delivery] : []));
}

/** A topic that refuses what comes without TLS, and from outside of its account. */
export function topicPolicy({ arn }: Named, account: string): PolicyDocument<ResourceStatement> {
  return resourcePolicy(denyWithoutTls(["sns:Publish"], [arn]), {
    Sid: "OwnAccountPublishes",
    Effect: "Allow",
    Principal: { AWS: [account] },
    Action: ["sns:Publish"],
    Resource: [arn],
  });
}
