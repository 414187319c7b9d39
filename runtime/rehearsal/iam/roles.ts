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

/** The roles of a program by ARN. Each is read when it is first asked for. */
export interface Roles {
  /** Of all roles whose ARN is known; whom nobody can name, nobody takes. */
  readonly arns: readonly string[];
  /**
   * Nothing when the program deploys no such role.
   *
   * @throws {UnsupportedPolicy} when a policy says what this evaluator cannot decide, or is attached,
   *   as a boundary or otherwise, without being registered by the program itself
   */
  get(arn: string): DeployedRole | undefined;
  /** The roles that can be read. */
  readable(): readonly DeployedRole[];
}

/** Finds the roles among a program's resources, and reads none of them. */
export function rolesOf(resources: readonly RegisteredResource[]): Roles {
  const reader = roleReader(resources);
  const registered = new Map(
    resources
      .filter(({ type, outputs }) => type === roleType && typeof outputs.arn === "string")
      .map((role) => [String(role.outputs.arn), role]),
  );
  const kept = new Map<string, DeployedRole>();
  const get = (arn: string): DeployedRole | undefined => {
    const known = kept.get(arn);
    const role = registered.get(arn);
    if (known !== undefined || role === undefined) return known;
    const read = reader(arn, role);
    kept.set(arn, read);
    return read;
  };
  const arns = [...registered.keys()];
  return { arns, get, readable: () => arns.flatMap((arn) => readOrNothing(() => get(arn))) };
}

function readOrNothing(read: () => DeployedRole | undefined): readonly DeployedRole[] {
  try {
    return [read() ?? []].flat();
  } catch (thrown) {
    if (thrown instanceof UnsupportedPolicy) return [];
    throw thrown;
  }
}

const roleType = "aws:iam/role:Role";

type ReadRole = (arn: string, role: RegisteredResource) => DeployedRole;

function roleReader(resources: readonly RegisteredResource[]): ReadRole {
  const ofType = (type: string): readonly RegisteredResource[] =>
    resources.filter((resource) => resource.type === type);
  const managed = new Map(
    ofType("aws:iam/policy:Policy").map((policy) => [policy.outputs.arn, policy]),
  );
  const attached = (
    resource: RegisteredResource,
    arn: unknown,
    field = "policyArn",
  ): PolicyDocument => {
    const policy = typeof arn === "string" ? managed.get(arn) : undefined;
    if (policy) return readPolicy(`${policy.name}.policy`, "identity", policy.inputs.policy);
    throw new UnsupportedPolicy(
      `${resource.name}.${field} must be the ARN of a policy that the program registers, ` +
        `got ${JSON.stringify(arn)}. Policies that AWS manages are not emulated.`,
    );
  };
  const rolePolicies = ofType("aws:iam/rolePolicy:RolePolicy");
  const attachments = ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment");

  return (arn, role) => {
    const name = nameOf(role);
    const isOurs = (other: RegisteredResource): boolean =>
      other.account === role.account && roleNameOf(other.inputs.role) === name;
    const { permissionsBoundary: boundary } = role.inputs;
    return {
      arn,
      account: accountOf(role, arn),
      name,
      trust: readPolicy(`${role.name}.assumeRolePolicy`, "trust", role.inputs.assumeRolePolicy),
      policies: [
        ...inlinePolicies(role),
        ...listOf(role.inputs.managedPolicyArns).map((one) =>
          attached(role, one, "managedPolicyArns"),
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
  };
}

function inlinePolicies(role: RegisteredResource): readonly PolicyDocument[] {
  return listOf(role.inputs.inlinePolicies).map((entry, index) => {
    const policy =
      typeof entry === "object" && entry !== null && "policy" in entry ? entry.policy : undefined;
    return readPolicy(`${role.name}.inlinePolicies[${index}].policy`, "identity", policy);
  });
}

/** An output where the engine knows it, else the input. */
function nameOf({ name: at, inputs, outputs }: RegisteredResource): string {
  const value = outputs.name ?? inputs.name;
  if (typeof value === "string" && value !== "") return value;
  throw new UnsupportedPolicy(
    `${at}.name must be known to the rehearsal, got ${JSON.stringify(value) ?? "nothing"}.`,
  );
}

function accountOf(role: RegisteredResource, arn: string): string {
  const account = role.account ?? arn.split(":")[4];
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
