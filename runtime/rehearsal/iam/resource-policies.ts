import type { RegisteredResource } from "../program/registered.js";
import { type PolicyDocument, UnsupportedPolicy } from "./document.js";
import { readPolicy } from "./read-policy.js";

/** Policies of resources by the ARN of the resource. */
export type ResourcePolicies = ReadonlyMap<string, readonly PolicyDocument[]>;

/** Where a program puts a policy on a resource: type, its policy and the resource that it is on. */
const carriers = [
  { type: "aws:sns/topic:Topic", policy: "policy", on: "arn" },
  { type: "aws:sns/topicPolicy:TopicPolicy", policy: "policy", on: "arn" },
  { type: "aws:dynamodb/resourcePolicy:ResourcePolicy", policy: "policy", on: "resourceArn" },
] as const;

const permissionType = "aws:lambda/permission:Permission";

/**
 * The policies that a program puts on the resources that a rehearsal calls: topics, tables and
 * functions.
 *
 * @throws {UnsupportedPolicy} when one of them says what this evaluator cannot decide
 */
export function resourcePoliciesOf(resources: readonly RegisteredResource[]): ResourcePolicies {
  const found = new Map<string, readonly PolicyDocument[]>();
  const add = (arn: string, policy: PolicyDocument): void => {
    found.set(arn, [...(found.get(arn) ?? []), policy]);
  };
  for (const { type, policy, on } of carriers) {
    for (const resource of resources.filter((one) => one.type === type)) {
      const source = resource.inputs[policy];
      if (source === undefined) continue;
      const arn = textOf(resource, on, resource.inputs[on] ?? resource.outputs[on]);
      add(arn, readPolicy(`${resource.name}.${policy}`, "resource", source));
    }
  }
  for (const permission of resources.filter(({ type }) => type === permissionType)) {
    const arn = functionArn(permission, resources);
    add(arn, readPolicy(permission.name, "resource", permissionPolicy(permission, arn)));
  }
  return found;
}

/** Members of a permission that this evaluator decides. */
const decided = new Set([
  "action",
  "function",
  "principal",
  "region",
  "sourceAccount",
  "sourceArn",
  "statementId",
  "statementIdPrefix",
]);

/** The statement that Lambda adds to the function's policy. Source: Lambda API Reference, AddPermission. */
function permissionPolicy({ name, inputs }: RegisteredResource, functionOf: string): object {
  const other = Object.keys(inputs).find((key) => !decided.has(key) && !key.startsWith("__"));
  if (other !== undefined) {
    throw new UnsupportedPolicy(
      `${name}.${other} must be absent, got ${JSON.stringify(inputs[other])}. ` +
        "The rehearsal cannot decide by it.",
    );
  }
  const { action, principal, sourceAccount, sourceArn, statementId } = inputs;
  const isService = typeof principal === "string" && principal.includes(".");
  const condition = {
    ...(sourceArn !== undefined && { ArnLike: { "aws:SourceArn": sourceArn } }),
    ...(sourceAccount !== undefined && { StringEquals: { "aws:SourceAccount": sourceAccount } }),
  };
  const statement = {
    ...(typeof statementId === "string" && { Sid: statementId }),
    Effect: "Allow",
    Principal: isService ? { Service: principal } : { AWS: principal },
    Action: action,
    Resource: functionOf,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
  return { Version: "2012-10-17", Statement: [statement] };
}

/** A permission names its function by name or by ARN. */
function functionArn(
  permission: RegisteredResource,
  resources: readonly RegisteredResource[],
): string {
  const named = textOf(permission, "function", permission.inputs.function);
  if (named.startsWith("arn:")) return named;
  const found = resources.find(
    ({ type, account, inputs }) =>
      type === "aws:lambda/function:Function" &&
      account === permission.account &&
      inputs.name === named,
  );
  return textOf(permission, "function", found?.outputs.arn);
}

function textOf({ name }: RegisteredResource, field: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw new UnsupportedPolicy(
    `${name}.${field} must be known to the rehearsal, got ${JSON.stringify(value) ?? "nothing"}.`,
  );
}
