import {
  maxReceives,
  messageRetentionDays,
  visibilitySeconds,
  warnAtMessageAgeSeconds,
} from "../../runtime/limits.js";
import { Problems, resourceName, within } from "../arguments.js";
import { checkTopics } from "../cells/alarms.js";
import { checkCell, regionsOf } from "../cells/cell.js";
import { checkKeyArns } from "../cells/keys.js";
import { inRegion } from "../cells/regional.js";
import { checkObjectives } from "./objectives.js";
import type { QueueSettings } from "./queue-in-region.js";
import { queuePatterns, recoveryChoices } from "./queue-loss.js";
import { queueNames } from "./queue-names.js";
import type { RegionalQueueArgs } from "./regional-queue.js";

/** Source: SQS Developer Guide, quotas of queues. */
const maxQueueNameCharacters = 80;

/**
 * Regions that an account must opt into. SNS delivers to and from them under other principals, and
 * not between two of them. Source: SNS Developer Guide, "Cross-Region deliveries"; the list: AWS
 * Account Management Reference Guide.
 */
const optInRegions: readonly string[] = [
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "eu-south-2",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
];

/** Everything that is wrong with a queue's arguments, before anything is created. */
export function regionalQueueProblems(args: RegionalQueueArgs, settings: QueueSettings): Problems {
  const problems = new Problems();
  const { cell } = args;
  checkCell(problems, cell);
  problems.check("name", resourceName, args.name);
  problems.add("name", tooLong(args));
  checkKeyArns(problems, cell, args.keyArns);
  checkObjectives(problems, args.objectives);
  checkTopics(problems, cell, args.topicArns);
  problems.add("pattern", oneOf(queuePatterns, args.pattern));
  const optIn = regionsOf(cell).find((region) => optInRegions.includes(region));
  if (args.pattern === "fan-out" && optIn !== undefined) {
    problems.add(
      "pattern",
      `must be outbox in a Region that an account opts into, got "fan-out" with "${optIn}". SNS delivers there under other rules`,
    );
  }
  problems.add("onRecovery", oneOf(recoveryChoices, args.onRecovery));
  const { messageRetentionDays: days, visibilitySeconds: hidden, maxReceives: receives } = settings;
  problems.check("messageRetentionDays", within(messageRetentionDays), days);
  problems.check("visibilitySeconds", within(visibilitySeconds), hidden);
  problems.check("maxReceives", within(maxReceives), receives);
  const { warnAtMessageAgeSeconds: age } = settings;
  problems.check("warnAtMessageAgeSeconds", within(warnAtMessageAgeSeconds), age);
  consumerProblems(problems, args);
  return problems;
}

function consumerProblems(
  problems: Problems,
  { cell, consumerArns = {} }: RegionalQueueArgs,
): void {
  if (Object.keys(consumerArns).length === 0) return;
  for (const region of regionsOf(cell)) {
    const path = `consumerArns["${region}"]`;
    const arn = consumerArns[region];
    if (arn === undefined) {
      problems.add(path, "must be given if the other Region has a consumer, got none. Add it");
    } else if (typeof arn === "string" && !arn.includes(`:lambda:${region}:`)) {
      problems.add(
        path,
        `must be a function of that Region, got "${arn}". A queue is consumed in its own Region`,
      );
    }
  }
}

function oneOf(known: readonly string[], given: unknown): string | undefined {
  if (typeof given === "string" && known.includes(given)) return undefined;
  const got = given === undefined ? "none" : `"${String(given)}"`;
  return `must be one of ${known.join(", ")}, got ${got}. Choose what a lost Region may cost`;
}

function tooLong({ cell, name }: RegionalQueueArgs): string | undefined {
  const [region] = regionsOf(cell);
  const { deadLetters } = inRegion(queueNames(cell, name), region);
  if (deadLetters.name.length <= maxQueueNameCharacters) return undefined;
  return `must give queue names of up to ${maxQueueNameCharacters} characters, got "${deadLetters.name}" with ${deadLetters.name.length}. Take a shorter one`;
}
