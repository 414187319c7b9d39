import type {
  PolicyDocument,
  ResourceStatement,
  Statement,
} from "../../components/iam/document.js";
import { referenceProblems } from "./authorization-reference.js";
import type { MockRun } from "./pulumi-mocks.js";

type AnyDocument = PolicyDocument<Statement | ResourceStatement>;

/** A policy as a resource carries it. */
export function documentOf(run: MockRun, type: string, name: string): AnyDocument {
  return JSON.parse(String(run.one(type, name).inputs.policy)) as AnyDocument;
}

/** One line a statement: who may, or may not, do what, on what, when. */
export function policyLines({ Statement: statements }: AnyDocument): readonly string[] {
  return statements.map((statement) => {
    const { Sid, Effect, Action, Resource, Condition } = statement;
    const who = "Principal" in statement ? ` ${principalOf(statement)}` : "";
    const when = Condition ? ` when ${JSON.stringify(Condition)}` : "";
    return `${Sid}: ${Effect}${who} ${Action.join(" ")} on ${Resource.join(" ")}${when}`;
  });
}

/** What is wrong with what a policy allows: actions by pattern, and what the Service Authorization Reference does not know. */
export async function policyProblems(
  path: string,
  document: AnyDocument,
): Promise<readonly string[]> {
  const allowed = document.Statement.filter(({ Effect }) => Effect === "Allow");
  const wide = allowed.flatMap(({ Action }) => Action.filter((action) => action.includes("*")));
  const Statement = allowed.map(({ Sid, Effect, Action, Resource, Condition }) => ({
    Sid,
    Effect,
    Action,
    Resource,
    Condition: Object.fromEntries(
      Object.entries(Condition ?? {}).map(([operator, keys]) => [operator, listsOf(keys)]),
    ),
  }));
  return [
    ...wide.map((action) => `${path} must name its actions, got "${action}".`),
    ...(await referenceProblems(path, { Version: "2012-10-17", Statement })),
  ];
}

function principalOf({ Principal }: ResourceStatement): string {
  if (Principal === "*") return "everybody";
  return Object.values(Principal).flat().join(" ");
}

function listsOf(keys: Readonly<Record<string, string | readonly string[]>>) {
  return Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, [values].flat()]));
}
