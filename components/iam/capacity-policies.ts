import type { CapacityNames } from "../capacity/names.js";
import type { HubNames } from "../recovery/names.js";
import { allow, type PolicyDocument, policyDocument } from "./document.js";
import { functionBasics, takeRoles } from "./function-statements.js";

/** What the publisher may do: know the estate's lanes and read each of them. */
export function publisherPolicy(
  { tables }: Pick<HubNames, "tables">,
  { publisherLogs }: CapacityNames,
  readRoleArns: readonly string[],
): PolicyDocument {
  return policyDocument(
    allow("ReadEstate", ["dynamodb:GetItem"], [tables.executions.arn]),
    ...takeRoles(readRoleArns),
    ...functionBasics(publisherLogs),
  );
}

/** What EventBridge Scheduler may do: call the publisher. */
export function publisherSchedulePolicy({ publisher }: CapacityNames): PolicyDocument {
  return policyDocument(allow("Publish", ["lambda:InvokeFunction"], [publisher.arn]));
}
