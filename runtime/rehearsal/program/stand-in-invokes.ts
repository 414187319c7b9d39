import { partitionOf } from "../../core/partition.js";
import type { Placement } from "./placement.js";
import type { Properties } from "./sdk.js";
import { somewhere } from "./stand-in-aws.js";
import { knownText } from "./wire.js";

type Answer = (args: Properties, placement: Required<Placement>) => Properties;

/** The questions to AWS that a rehearsed program may ask. */
const answers: Readonly<Record<string, Answer>> = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": (args, { region }) => {
    const names = ["a", "b", "c"].map((letter) => `${region}${letter}`);
    const zoneIds = [1, 2, 3].map((number) => `${region}-az${number}`);
    return { ...args, id: region, region, names, zoneIds, groupNames: [region] };
  },
  "aws:index/getCallerIdentity:getCallerIdentity": (_args, { account, region }) => {
    const arn = `arn:${partitionOf(region)}:sts::${account}:assumed-role/rehearsal/rehearsal`;
    return { accountId: account, arn, id: account, userId: "AROAREHEARSAL:rehearsal" };
  },
  "aws:index/getPartition:getPartition": (_args, { region }) => {
    const partition = partitionOf(region);
    const isChina = partition === "aws-cn";
    return {
      dnsSuffix: isChina ? "amazonaws.com.cn" : "amazonaws.com",
      id: partition,
      partition,
      reverseDnsPrefix: isChina ? "cn.com.amazonaws" : "com.amazonaws",
    };
  },
  "aws:index/getRegion:getRegion": (_args, { region }) => ({
    description: region,
    endpoint: `ec2.${region}.amazonaws.com`,
    id: region,
    name: region,
    region,
  }),
};

/** Answers an invoke of the AWS provider. Throws for one that the stand-in does not know. */
export function invokeAnswer(token: string, args: Properties, placement: Placement): Properties {
  const answer = answers[token];
  if (answer === undefined) {
    const known = Object.keys(answers).map((each) => each.split(":").at(-1));
    throw new Error(
      `invoke must be one that the stand-in for AWS answers (${known.join(", ")}), got ` +
        `"${token}". Pass what it would answer as an argument.`,
    );
  }
  const { account, region } = somewhere(placement);
  return answer(args, { account, region: knownText(args.region) ?? region });
}
