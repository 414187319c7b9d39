import { z } from "zod";
import { DrError } from "../core/errors.js";
import type { Documents, Estate, Library } from "../core/ports.js";
import { groupProblems, planProblems } from "../core/recovery/documents.js";
import type { ProtectionGroup, RecoveryPlan, Revised } from "../core/recovery/plan.js";
import { groupDocument, planDocument } from "./documents.js";
import { documentName, parseRequest } from "./requests.js";

/** Revision under which the caller read the document; 0 creates one. */
const revision = z.number().int().min(0);

const dataRequest = z.discriminatedUnion("operation", [
  z.strictObject({ operation: z.literal("put-group"), document: groupDocument, revision }),
  z.strictObject({ operation: z.literal("put-plan"), document: planDocument, revision }),
  z.strictObject({ operation: z.literal("get-group"), name: documentName }),
  z.strictObject({ operation: z.literal("get-plan"), name: documentName }),
  z.strictObject({ operation: z.literal("list-groups") }),
  z.strictObject({ operation: z.literal("list-plans") }),
  z.strictObject({ operation: z.literal("delete-group"), name: documentName, revision }),
  z.strictObject({ operation: z.literal("delete-plan"), name: documentName, revision }),
]);

export interface DataManagementDeps {
  readonly library: Library;
  readonly estate: Estate;
}

/** Groups and plans, each changed only under the revision at which it was read. */
export function dataManagementHandler(deps: DataManagementDeps) {
  const { groups, plans } = deps.library;
  return async (event: unknown): Promise<object> => {
    const request = parseRequest(dataRequest, event);
    switch (request.operation) {
      case "get-group":
        return found(groups, "group", request.name);
      case "get-plan":
        return found(plans, "plan", request.name);
      case "list-groups":
        return { groups: await groups.list() };
      case "list-plans":
        return { plans: await plans.list() };
      case "put-group":
        return putGroup(deps, request.document, request.revision);
      case "put-plan":
        return putPlan(deps, request.document, request.revision);
      case "delete-group":
        return deleteGroup(deps, request.name, request.revision);
      case "delete-plan":
        return remove(plans, "plan", request.name, request.revision);
    }
  };
}

async function putGroup(
  { library, estate }: DataManagementDeps,
  group: ProtectionGroup,
  expected: number,
) {
  refuse(groupProblems(group, await estate.lanes()));
  return put(library.groups, "group", group, expected);
}

async function putPlan({ library }: DataManagementDeps, plan: RecoveryPlan, expected: number) {
  const groups = await library.groups.list();
  refuse(
    planProblems(
      plan,
      groups.map(({ document }) => document),
    ),
  );
  return put(library.plans, "plan", plan, expected);
}

async function deleteGroup({ library }: DataManagementDeps, name: string, expected: number) {
  const plans = await library.plans.list();
  const users = plans.filter(({ document }) => document.waves.some(({ group }) => group === name));
  if (users.length > 0) {
    const names = users.map(({ document }) => `"${document.name}"`).join(", ");
    const message = `Group "${name}" is used by plan ${names}; nothing was removed. Change those plans first.`;
    throw new DrError("in-use", message);
  }
  return remove(library.groups, "group", name, expected);
}

function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new DrError(
    "invalid-request",
    `The document was refused; nothing was changed. ${problems.join(" ")}`,
  );
}

async function put<T extends { readonly name: string }>(
  documents: Documents<T>,
  what: string,
  document: T,
  expected: number,
) {
  await mayChange(documents, what, document.name, expected);
  if ((await documents.put(document, expected)) === "lost")
    throw stale(what, document.name, expected);
  return { name: document.name, revision: expected + 1 };
}

async function remove<T extends { readonly name: string }>(
  documents: Documents<T>,
  what: string,
  name: string,
  expected: number,
) {
  await mayChange(documents, what, name, expected);
  if ((await documents.remove(name, expected)) === "lost") throw stale(what, name, expected);
  return { name };
}

/** What a deployment wrote is changed by a deployment alone, or the next one would undo it. */
async function mayChange<T extends { readonly name: string }>(
  documents: Documents<T>,
  what: string,
  name: string,
  expected: number,
): Promise<void> {
  const stored = await documents.get(name);
  if (stored?.managedBy === "pulumi") {
    const message = `${what} "${name}" is managed by Pulumi; nothing was changed. Change the environment file and deploy it.`;
    throw new DrError("managed-by-pulumi", message);
  }
  if ((stored?.revision ?? 0) !== expected) throw stale(what, name, expected);
}

function stale(what: string, name: string, expected: number): DrError {
  const message = `revision must be the present one of ${what} "${name}", got ${expected}; nothing was changed. Read it again and repeat the change.`;
  return new DrError("stale-revision", message, { name, expected });
}

async function found<T extends { readonly name: string }>(
  documents: Documents<T>,
  what: string,
  name: string,
): Promise<Revised<T>> {
  const stored = await documents.get(name);
  if (stored) return stored;
  throw new DrError("not-found", `There is no ${what} "${name}".`);
}
