import type { RegisteredResource } from "../program/registered.js";
import { type PolicyDocument, UnsupportedPolicy } from "./document.js";
import { readPolicy } from "./read-policy.js";

/** Policies of resources by the ARN of the resource. Each is read when it is first asked for. */
export interface ResourcePolicies {
  /** @throws {UnsupportedPolicy} when one of them says what this evaluator cannot decide */
  get(arn: string): readonly PolicyDocument[];
}

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
 */
export function resourcePoliciesOf(resources: readonly RegisteredResource[]): ResourcePolicies {
  const attached = new Map<string, (() => PolicyDocument)[]>();
  const add = (arn: unknown, read: () => PolicyDocument): void => {
    if (typeof arn === "string") attached.set(arn, [...(attached.get(arn) ?? []), read]);
  };
  for (const { type, policy, on } of carriers) {
    for (const { name, inputs, outputs } of resources.filter((one) => one.type === type)) {
      if (inputs[policy] === undefined) continue;
      const read = () => readPolicy(`${name}.${policy}`, "resource", inputs[policy]);
      add(inputs[on] ?? outputs[on], read);
    }
  }
  for (const permission of resources.filter(({ type }) => type === permissionType)) {
    const arn = functionArn(permission, resources);
    add(arn, () => readPolicy(permission.name, "resource", permissionPolicy(permission, arn)));
  }
  const kept = new Map<string, readonly PolicyDocument[]>();
  return {
    get(arn) {
      const policies = kept.get(arn) ?? (attached.get(arn) ?? []).map((read) => read());
      kept.set(arn, policies);
      return policies;
    },
  };
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
function permissionPolicy({ name, inputs }: RegisteredResource, functionOf: unknown): object {
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
  { account, inputs }: RegisteredResource,
  resources: readonly RegisteredResource[],
): unknown {
  const { function: named } = inputs;
  if (typeof named === "string" && named.startsWith("arn:")) return named;
  return resources.find(
    (other) =>
      other.type === "aws:lambda/function:Function" &&
      other.account === account &&
      other.inputs.name === named,
  )?.outputs.arn;
}
