import {
  type ConditionBlock,
  type PolicyDocument,
  type PrincipalElement,
  type Statement,
  UnsupportedPolicy,
} from "./document.js";
import { operatorOf } from "./operators.js";
import { arnParts } from "./patterns.js";
import { type RequestKeys, requestKeys } from "./request-keys.js";

type Fields = Readonly<Record<string, unknown>>;

/** Which kind of policy is read: what it must name, of principals and resources. */
export type PolicyKind = "identity" | "resource" | "trust";

const statementFields = {
  identity: ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"],
  resource: [
    "Sid",
    "Effect",
    "Principal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
  ],
  trust: ["Sid", "Effect", "Principal", "Action", "Condition"],
} as const;

/**
 * Reads a policy from JSON text or its value. `path` is where it stands, for messages.
 *
 * @throws {UnsupportedPolicy} with all problems: fields, operators, principals and policy variables
 *   that this evaluator does not decide, and what IAM itself refuses
 */
export function readPolicy(path: string, kind: PolicyKind, source: unknown): PolicyDocument {
  const problems: string[] = [];
  const value = typeof source === "string" ? parsed(path, source, problems) : source;
  const statements = readStatements(path, kind, value, problems);
  if (problems.length > 0) throw new UnsupportedPolicy(problems.join("\n"));
  return { Version: "2012-10-17", Statement: statements };
}

function parsed(path: string, text: string, problems: string[]): unknown {
  try {
    return JSON.parse(text);
  } catch {
    problems.push(`${path} must be JSON, got ${show(text)}.`);
    return undefined;
  }
}

function readStatements(
  path: string,
  kind: PolicyKind,
  value: unknown,
  problems: string[],
): readonly Statement[] {
  if (!isFields(value)) {
    problems.push(`${path} must be an object, got ${show(value)}.`);
    return [];
  }
  refuseOthers(path, value, ["Version", "Id", "Statement"], problems);
  if (value.Version !== "2012-10-17") {
    problems.push(`${path}.Version must be "2012-10-17", got ${show(value.Version)}.`);
  }
  const statements = Array.isArray(value.Statement) ? value.Statement : [value.Statement];
  return statements.flatMap((statement: unknown, index) => {
    const place = `${path}.Statement[${index}]`;
    if (isFields(statement)) return [readStatement(place, kind, statement, problems)];
    problems.push(`${place} must be an object, got ${show(statement)}.`);
    return [];
  });
}

function readStatement(
  path: string,
  kind: PolicyKind,
  fields: Fields,
  problems: string[],
): Statement {
  refuseOthers(path, fields, statementFields[kind], problems);
  const { Sid: sid, Effect: effect } = fields;
  if (effect !== "Allow" && effect !== "Deny") {
    problems.push(`${path}.Effect must be "Allow" or "Deny", got ${show(effect)}.`);
  }
  exactlyOne(path, fields, kind === "trust" ? ["Action"] : ["Action", "NotAction"], problems);
  if (kind !== "trust") exactlyOne(path, fields, ["Resource", "NotResource"], problems);
  const list = (name: string): readonly string[] | undefined =>
    fields[name] === undefined ? undefined : texts(`${path}.${name}`, fields[name], problems);
  const actions = list("Action");
  const notActions = list("NotAction");
  const resources = list("Resource");
  const notResources = list("NotResource");
  for (const action of [...(actions ?? []), ...(notActions ?? [])]) {
    if (action === "*" || /^[a-zA-Z0-9-]+:[a-zA-Z*?]+$/.test(action)) continue;
    problems.push(`${path}.Action must hold "*" or "<service>:<action>", got ${show(action)}.`);
  }
  for (const resource of [...(resources ?? []), ...(notResources ?? [])]) {
    if (resource === "*" || arnParts(resource) !== undefined) continue;
    problems.push(`${path}.Resource must hold "*" or whole ARNs, got ${show(resource)}.`);
  }
  const keys = requestKeys(kind, actions ?? ["*"]);
  const condition = readConditions(path, fields.Condition, keys, problems);
  const principal =
    kind === "identity"
      ? undefined
      : readPrincipal(`${path}.Principal`, fields.Principal, problems);
  return {
    ...(typeof sid === "string" && { Sid: sid }),
    Effect: effect === "Deny" ? "Deny" : "Allow",
    ...(principal && { Principal: principal }),
    ...(actions && { Action: actions }),
    ...(notActions && { NotAction: notActions }),
    ...(resources && { Resource: resources }),
    ...(notResources && { NotResource: notResources }),
    ...(condition && { Condition: condition }),
  };
}

function readPrincipal(path: string, value: unknown, problems: string[]): PrincipalElement {
  if (value === "*") return "*";
  if (!isFields(value)) {
    problems.push(`${path} must be "*" or an object, got ${show(value)}.`);
    return {};
  }
  refuseOthers(path, value, ["AWS", "Service"], problems);
  const { AWS: aws, Service: service } = value;
  const names = aws === undefined ? undefined : texts(`${path}.AWS`, aws, problems);
  for (const name of names ?? []) {
    if (name === "*" || /^\d{12}$/.test(name) || isPrincipalArn(name)) continue;
    problems.push(
      `${path}.AWS must hold "*", account ids, or ARNs of roles, sessions or account roots ` +
        `without wildcards, got ${show(name)}.`,
    );
  }
  return {
    ...(names && { AWS: names }),
    ...(service !== undefined && { Service: texts(`${path}.Service`, service, problems) }),
  };
}

function isPrincipalArn(text: string): boolean {
  return /^arn:[a-z-]+:(?:iam::\d{12}:(?:root|role\/[^*?]+)|sts::\d{12}:assumed-role\/[^*?]+)$/.test(
    text,
  );
}

function readConditions(
  path: string,
  value: unknown,
  keys: RequestKeys,
  problems: string[],
): ConditionBlock | undefined {
  if (value === undefined) return undefined;
  const block: Record<string, Record<string, readonly string[]>> = {};
  for (const [operator, given] of Object.entries(isFields(value) ? value : {})) {
    const place = `${path}.Condition.${operator}`;
    if (operatorOf(operator) === undefined) {
      problems.push(
        `${place} must be a condition operator that the rehearsal decides, got ${show(operator)}.`,
      );
    }
    const read: Record<string, readonly string[]> = {};
    for (const [key, values] of Object.entries(isFields(given) ? given : {})) {
      if (!keys.has(key)) {
        problems.push(
          `${place} must use a key that every emulated request for its actions carries ` +
            `(${keys.names.join(", ")}), got ${show(key)}.`,
        );
      }
      read[key] = texts(`${place}.${key}`, values, problems);
    }
    block[operator] = read;
  }
  if (!isFields(value)) problems.push(`${path}.Condition must be an object, got ${show(value)}.`);
  return block;
}

/** One text or many. Policy variables are refused: they stand for what only IAM knows. */
function texts(path: string, value: unknown, problems: string[]): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((item) => {
    const text = typeof item === "boolean" || typeof item === "number" ? String(item) : item;
    if (typeof text !== "string") {
      problems.push(`${path} must be text, got ${show(item)}.`);
      return [];
    }
    if (text.includes("${")) {
      problems.push(`${path} must be without policy variables, got ${show(text)}.`);
    }
    return [text];
  });
}

function exactlyOne(
  path: string,
  fields: Fields,
  names: readonly string[],
  problems: string[],
): void {
  const given = names.filter((name) => fields[name] !== undefined);
  if (given.length === 1) return;
  problems.push(
    `${path} must have exactly one of ${names.join(", ")}, got ${given.join(" and ") || "none"}.`,
  );
}

function refuseOthers(
  path: string,
  fields: Fields,
  known: readonly string[],
  problems: string[],
): void {
  for (const name of Object.keys(fields)) {
    if (known.includes(name)) continue;
    problems.push(`${path} must have only ${known.join(", ")}, got ${name}.`);
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
