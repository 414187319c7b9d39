import type { RegisteredResource } from "../program/registered.js";
import { type PolicyDocument, UnsupportedPolicy } from "./document.js";
import { readPolicy } from "./read-policy.js";

/** A role as the program deploys it, with every policy that speaks for it. */
export interface DeployedRole {
  readonly arn: string;
  readonly account: string;
  readonly name: string;
  readonly trust: PolicyDocument;
  readonly policies: readonly PolicyDocument[];
  /** What the policies cannot exceed. */
  readonly boundary?: PolicyDocument;
}

/**
 * The roles among a program's resources.
 *
 * @throws {UnsupportedPolicy} when a policy says what this evaluator cannot decide, or is attached,
 *   as a boundary or otherwise, without being registered by the program itself
 */
export function rolesOf(resources: readonly RegisteredResource[]): readonly DeployedRole[] {
  const ofType = (type: string): readonly RegisteredResource[] =>
    resources.filter((resource) => resource.type === type);
  const managed = new Map(
    ofType("aws:iam/policy:Policy").map((policy) => [
      textOf(policy, "arn"),
      readPolicy(`${policy.name}.policy`, "identity", policy.inputs.policy),
    ]),
  );
  const attached = (
    resource: RegisteredResource,
    arn: unknown,
    field = "policyArn",
  ): PolicyDocument => {
    const policy = typeof arn === "string" ? managed.get(arn) : undefined;
    if (policy) return policy;
    throw new UnsupportedPolicy(
      `${resource.name}.${field} must be the ARN of a policy that the program registers, ` +
        `got ${JSON.stringify(arn)}. Policies that AWS manages are not emulated.`,
    );
  };
  const rolePolicies = ofType("aws:iam/rolePolicy:RolePolicy");
  const attachments = ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment");

  return ofType("aws:iam/role:Role").map((role) => {
    const name = textOf(role, "name");
    const isOurs = (other: RegisteredResource): boolean =>
      other.account === role.account && roleNameOf(other.inputs.role) === name;
    const { permissionsBoundary: boundary } = role.inputs;
    return {
      arn: textOf(role, "arn"),
      account: accountOf(role),
      name,
      trust: readPolicy(`${role.name}.assumeRolePolicy`, "trust", role.inputs.assumeRolePolicy),
      policies: [
        ...inlinePolicies(role),
        ...listOf(role.inputs.managedPolicyArns).map((arn) =>
          attached(role, arn, "managedPolicyArns"),
        ),
        ...rolePolicies
          .filter(isOurs)
          .map(({ name: at, inputs }) => readPolicy(`${at}.policy`, "identity", inputs.policy)),
        ...attachments.filter(isOurs).map((at) => attached(at, at.inputs.policyArn)),
      ],
      ...(boundary !== undefined && {
        boundary: attached(role, boundary, "permissionsBoundary"),
      }),
    };
  });
}

function inlinePolicies(role: RegisteredResource): readonly PolicyDocument[] {
  return listOf(role.inputs.inlinePolicies).map((entry, index) => {
    const policy =
      typeof entry === "object" && entry !== null && "policy" in entry ? entry.policy : undefined;
    return readPolicy(`${role.name}.inlinePolicies[${index}].policy`, "identity", policy);
  });
}

/** An output where the engine knows it, else the input of the same name. */
function textOf(resource: RegisteredResource, field: string): string {
  const value = resource.outputs[field] ?? resource.inputs[field];
  if (typeof value === "string" && value !== "") return value;
  throw new UnsupportedPolicy(
    `${resource.name}.${field} must be known to the rehearsal, got ${JSON.stringify(value) ?? "nothing"}.`,
  );
}

function accountOf(role: RegisteredResource): string {
  const account = role.account ?? textOf(role, "arn").split(":")[4];
  if (account) return account;
  throw new UnsupportedPolicy(`${role.name} must live in a known account, got none.`);
}

/** Role policies name their role by name, and a few programs by ARN. */
function roleNameOf(role: unknown): string | undefined {
  return typeof role === "string" ? role.split("/").at(-1) : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
