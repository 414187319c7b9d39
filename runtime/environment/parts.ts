import { z } from "zod";
import { drsRegions, fleetSetServers, type Limit, spreadValues } from "../limits.js";

/** What a value must be, and what to do when it is not, in the words of our messages. */
export interface Wording {
  /** Follows `must be`. */
  readonly rule: string;
  /** A whole sentence. */
  readonly remedy: string;
}

/** The words of every part of the schema; no message of zod itself reaches a user. */
export const wordings = z.registry<Wording>();

/** A limit, which need not have a default. */
type Bounds = Omit<Limit, "default"> & Partial<Pick<Limit, "default">>;

export function text(pattern: RegExp, rule: string, remedy: string) {
  return z.string().regex(pattern).register(wordings, { rule, remedy });
}

export function whole(limit: Bounds) {
  return z
    .number()
    .int()
    .min(limit.min)
    .max(limit.max)
    .register(wordings, {
      rule: wholeRule(limit),
      remedy: "Choose one within these bounds.",
    });
}

/** The same where nothing need be said. */
export function wholeOrDefault(limit: Limit) {
  return z
    .number()
    .int()
    .min(limit.min)
    .max(limit.max)
    .register(wordings, {
      rule: wholeRule(limit),
      remedy: `Choose one within these bounds, or leave it out for ${limit.default}.`,
    })
    .default(limit.default);
}

function wholeRule({ min, max, unit }: Bounds): string {
  return `a whole number, ${min} to ${max} ${unit}`;
}

export function flag() {
  return z
    .boolean()
    .register(wordings, { rule: "true or false", remedy: "Write true or false, without quotes." });
}

export function listOf<T extends z.ZodType>(item: T, what: string) {
  return z.array(item).register(wordings, {
    rule: `a list of ${what}`,
    remedy: 'Write each as an item of its own, beginning with "-".',
  });
}

export function atLeastOne<T extends z.ZodType>(item: T, what: string) {
  return z
    .array(item)
    .min(1)
    .register(wordings, {
      rule: `a list of at least one ${what}`,
      remedy: `Add one, as an item that begins with "-".`,
    });
}

export const name = text(
  /^[a-z][a-z0-9-]{0,39}$/,
  "1 to 40 lower-case letters, digits and hyphens, the first a letter",
  'Rename it, as in "payments-db".',
);
export const oneLine = text(
  /^(?=.*\S)[^\n]{1,200}$/,
  "one line of text, 200 characters at most",
  "Write it in one line.",
);
export const accountId = text(
  /^\d{12}$/,
  "the 12 digits of an AWS account, in quotes",
  'Write all 12 digits, as in "111122223333".',
);
export const region = z.enum(drsRegions).register(wordings, {
  rule: "a Region that AWS Elastic Disaster Recovery serves",
  remedy: 'Choose one of its Regions, as in "us-east-1".',
});
export const email = z.email().register(wordings, {
  rule: "an e-mail address",
  remedy: 'Write it out, as in "dr@example.com".',
});
export const serverId = text(
  /^s-[0-9a-zA-Z]{17}$/,
  'the id of a DRS source server ("s-" and 17 letters or digits)',
  "Copy the id from the DRS console, or from DescribeSourceServers.",
);
const tagName = text(
  /^[\s\S]{1,128}$/,
  "the name of a tag, 1 to 128 characters",
  "Name the tag as AWS holds it.",
);
const tagValue = text(
  /^[\s\S]{0,256}$/,
  "the value of a tag, at most 256 characters",
  "Write the value as AWS holds it.",
);
export const tags = z.record(tagName, tagValue).register(wordings, {
  rule: "a mapping of tag names to values",
  remedy: "Write it as { Tier: database }.",
});

/** Servers of a lane that are alike, so that checks and rehearsals know what the lane holds. */
export const fleetSet = z.strictObject({
  count: whole(fleetSetServers).optional(),
  /** Ids, where they are known; then they are the count. */
  servers: atLeastOne(serverId, "server id").optional(),
  tags: tags.default({}),
  /** Deals `values` values (`<prefix>1` …) of one more tag out over the servers, in turn. */
  spread: z
    .strictObject({
      tag: tagName,
      prefix: text(
        /^[\s\S]{0,200}$/,
        "the text that each value begins with, at most 200 characters",
        'Write it in quotes, as in "app-".',
      ).default(""),
      values: whole(spreadValues),
    })
    .optional(),
});
