import { isDeepStrictEqual } from "node:util";
import type { Properties } from "../../../runtime/rehearsal/program/sdk.js";
import { propertiesOf } from "../../../runtime/rehearsal/program/sdk-properties.js";
import { standInTypes } from "../../../runtime/rehearsal/program/stand-in-types.js";

/**
 * Inputs, besides the name and the Region, whose change makes the AWS provider replace a resource.
 * Source: `ForceNew` in the resource schemas of hashicorp/terraform-provider-aws, from which
 * Pulumi's provider is made; the SDK for Node does not tell it.
 */
const replacing: Readonly<Record<string, readonly string[]>> = {
  "aws:cloudwatch/logGroup:LogGroup": ["logGroupClass"],
  "aws:dynamodb/table:Table": ["hashKey", "rangeKey", "localSecondaryIndexes"],
  "aws:dynamodb/tableItem:TableItem": ["tableName", "hashKey", "rangeKey"],
  "aws:iam/role:Role": ["path"],
  "aws:iam/rolePolicy:RolePolicy": ["role"],
  "aws:lambda/function:Function": ["packageType", "tenancyConfig"],
  "aws:scheduler/schedule:Schedule": ["groupName"],
  "aws:scheduler/scheduleGroup:ScheduleGroup": [],
  "aws:sfn/stateMachine:StateMachine": ["type"],
  "aws:sns/topic:Topic": ["fifoTopic"],
  "aws:sns/topicSubscription:TopicSubscription": ["endpoint", "protocol", "topic"],
};

/** Types of which it is known what replaces them. */
export const knownTypes: ReadonlySet<string> = new Set(Object.keys(replacing));

/** What a change of inputs comes to. */
export interface Difference {
  readonly changed: readonly string[];
  readonly replacing: readonly string[];
  /** Whether the old one must go first, because both have the same given name. */
  readonly deleteFirst: boolean;
}

/** Compares inputs as the AWS provider does. */
export function differenceOf(type: string, from: Properties, to: Properties): Difference {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  const changed = names.filter((name) => !isSame(from[name], to[name]));
  const replaces = changed.filter((name) => isReplacing(type, name));
  const name = standInTypes[type]?.nameInput;
  const isNameKept = name !== undefined && !changed.includes(name);
  return { changed, replacing: replaces, deleteFirst: replaces.length > 0 && isNameKept };
}

function isReplacing(type: string, input: string): boolean {
  const isName = input === standInTypes[type]?.nameInput;
  const isRegion = input === "region" && propertiesOf(type).has("region");
  return isName || isRegion || (replacing[type]?.includes(input) ?? false);
}

/** Archives are the same when their hashes are: the engine does not keep what is in them. */
function isSame(one: unknown, other: unknown): boolean {
  const [hash, otherHash] = [Object(one).hash, Object(other).hash];
  return hash !== undefined && otherHash !== undefined
    ? hash === otherHash
    : isDeepStrictEqual(one, other);
}
