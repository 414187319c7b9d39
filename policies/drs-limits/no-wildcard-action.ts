import type { ResourceValidationArgs } from "@pulumi/policy";
import { many, notADocument, type Statement, statementsOf } from "../iam-document.js";
import { known, UNKNOWN, uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";

type Documents = Readonly<Record<string, unknown>>;

/** Where resources of these types keep policy documents, by path. */
const documentsOf: Readonly<Record<string, (props: ResourceValidationArgs["props"]) => Documents>> =
  {
    "aws:iam/groupPolicy:GroupPolicy": ({ policy }) => ({ policy }),
    "aws:iam/policy:Policy": ({ policy }) => ({ policy }),
    "aws:iam/role:Role": ({ inlinePolicies = [] }) =>
      Object.fromEntries(
        many(inlinePolicies as readonly { readonly policy: unknown }[]).map(({ policy }, index) => [
          `inlinePolicies[${index}].policy`,
          policy,
        ]),
      ),
    "aws:iam/rolePolicy:RolePolicy": ({ policy }) => ({ policy }),
    "aws:iam/userPolicy:UserPolicy": ({ policy }) => ({ policy }),
  };

/** What a role may do is read here and in a review; a wildcard says nothing, and grows with AWS. */
export const noWildcardAction: Rule = {
  name: "dr-no-wildcard-action",
  description: "No IAM policy allows all actions, nor all actions of a service.",
  why: "A stolen credential of the recovery could do anything, and new actions join by themselves.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "List the actions that are needed, one by one.",
  url: awsPages.leastPrivilege,
  validateResource: ({ type, props }, report) => {
    const documents = known(() => documentsOf[type]?.(props) ?? {});
    if (documents === UNKNOWN) return uncheckable("policy");
    for (const [path, document] of Object.entries(documents)) {
      if (document === undefined) continue;
      const statements = statementsOf(document);
      if (statements === undefined) report(notADocument(path));
      for (const [index, statement] of (statements ?? []).entries()) {
        const problem = wildcardProblem(statement);
        if (problem) report(`${path}.Statement[${index}].${problem}`);
      }
    }
  },
};

function wildcardProblem({ Effect: effect, Action: action, NotAction: not }: Statement) {
  if (effect !== "Allow") return undefined;
  if (not !== undefined) {
    return `NotAction must not be used to allow, got "${many(not).join('", "')}". Use Action and list what is needed.`;
  }
  const wild = many(action).filter(isWildcard);
  if (wild.length === 0) return undefined;
  return `Action must name the actions that are needed, got "${wild.join('", "')}". List them one by one.`;
}

/** `*`, `service:*`, and other ways to write them: nothing of the action's name is said. */
function isWildcard(action: string): boolean {
  const name = action.split(":").at(-1) ?? "";
  return /^[*?]*\*[*?]*$/.test(name);
}
