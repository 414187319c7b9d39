import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Problems } from "../arguments.js";
import { type Cell, cellContract, cellPrefix, checkCell } from "../cells/cell.js";
import { checkedKeyArn, checkKeyArns, type KeyArns } from "../cells/keys.js";
import { inRegion, namedIn, type PerRegion, perRegion } from "../cells/regional.js";
import { resourcePolicy } from "../iam/document.js";
import { onceThere } from "../named.js";

/** What a {@link CellTopics} needs to know. */
export interface CellTopicsArgs {
  readonly cell: Cell;
  /** Key that encrypts in each Region. It must let alarms pass on, as a CellKey with the caller `alarms` does. */
  readonly keyArns: KeyArns;
  /** Addresses that hear of both Regions. AWS asks each for its consent. */
  readonly emails?: readonly string[];
}

/** A topic in each Region of a cell, on which the alarms of that Region tell people. */
export class CellTopics extends pulumi.ComponentResource {
  /** The topic of each Region, under the Region's name. */
  readonly topicArns: PerRegion<pulumi.Output<string>>;

  constructor(name: string, args: CellTopicsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cell, keyArns, emails = [] } = args;
    const contract = cellContract(cell);
    super("aws-dr:watching:CellTopics", name, contract, opts);
    const problems = new Problems();
    checkCell(problems, cell);
    checkKeyArns(problems, cell, keyArns);
    problems.refuse(this);
    const child = { parent: this };

    const topics = perRegion(cell, (region) => {
      const named = topicOf(cell, region);
      const topic = new aws.sns.Topic(
        `${name}-${region}`,
        {
          region,
          name: named.name,
          kmsMasterKeyId: checkedKeyArn(this, cell, keyArns, region),
        },
        child,
      );
      const policy = JSON.stringify(alarmsOf(cell, named.arn));
      const settled = { ...child, dependsOn: [topic] };
      new aws.sns.TopicPolicy(
        `${name}-policy-${region}`,
        { region, arn: named.arn, policy },
        settled,
      );
      for (const endpoint of emails) {
        const subscription = { region, topic: named.arn, protocol: "email", endpoint };
        new aws.sns.TopicSubscription(`${name}-${endpoint}-${region}`, subscription, settled);
      }
      return topic;
    });

    this.topicArns = perRegion(cell, (region) =>
      onceThere(inRegion(topics, region).name, topicOf(cell, region)),
    );
    this.registerOutputs({ ...contract, topicArns: this.topicArns });
  }
}

function topicOf(cell: Cell, region: string) {
  return namedIn(cell, region, "sns", "", `${cellPrefix(cell)}-alarms`);
}

/** Lets the account's own alarms publish, and no other service. */
function alarmsOf({ account }: Cell, topicArn: string) {
  return resourcePolicy({
    Sid: "AlarmsPublish",
    Effect: "Allow",
    Principal: { Service: ["cloudwatch.amazonaws.com"] },
    Action: ["sns:Publish"],
    Resource: [topicArn],
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  });
}
