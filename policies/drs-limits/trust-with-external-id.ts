import { many, notADocument, type Statement, statementsOf } from "../iam-document.js";
import { known, UNKNOWN, uncheckable } from "../known.js";
import { accountOf } from "../provider-account.js";
import { awsPages, type Rule } from "../rule.js";

const roleType = "aws:iam/role:Role";

/** Without an external ID any tenant of the trusted account could make it act in ours: the confused deputy. */
export const trustWithExternalId: Rule = {
  name: "dr-trust-with-external-id",
  description: "A role that trusts another account does so only with an external ID.",
  why: "A role that acts for several environments could be made to act in the wrong one.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Add a Condition StringEquals on sts:ExternalId to the role's trust policy.",
  url: awsPages.externalId,
  validateResource: ({ type, props, provider }, report) => {
    if (type !== roleType) return;
    const document = known(() => props.assumeRolePolicy);
    if (document === UNKNOWN) return uncheckable("assumeRolePolicy");
    if (document === undefined) return;
    const statements = statementsOf(document);
    if (statements === undefined) return report(notADocument("assumeRolePolicy"));
    const own = accountOf(provider);
    const isOpen = ({ account }: Trust) => account !== own;
    const open = statements.flatMap(trustsWithoutExternalId).filter(isOpen);
    if (own === UNKNOWN && open.length > 0 && !open.some(trustsEveryone)) {
      return uncheckable("provider.allowedAccountIds");
    }
    for (const { path, principal } of open) {
      report(
        `${path}.Condition must require sts:ExternalId of another account, got none for "${principal}". ` +
          'Add { "StringEquals": { "sts:ExternalId": … } }.',
      );
    }
  },
};

interface Trust {
  readonly path: string;
  readonly principal: string;
  /** Account of the principal, `*` for every one. */
  readonly account: string;
}

function trustsWithoutExternalId(statement: Statement, index: number): readonly Trust[] {
  if (statement.Effect !== "Allow" || !assumes(statement) || asksExternalId(statement)) return [];
  const path = `assumeRolePolicy.Statement[${index}]`;
  if (statement.NotPrincipal !== undefined) {
    return [{ path, principal: "NotPrincipal", account: "*" }];
  }
  return accountPrincipals(statement).map((principal) => ({
    path,
    principal,
    account: /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1] ?? principal,
  }));
}

function trustsEveryone({ account }: Trust): boolean {
  return account === "*";
}

function assumes({ Action: actions }: Statement): boolean {
  return actions === undefined || many(actions).some(coversAssumeRole);
}

function coversAssumeRole(action: string): boolean {
  const pattern = action.toLowerCase().replaceAll("?", ".").replaceAll("*", ".*");
  return new RegExp(`^${pattern}$`).test("sts:assumerole");
}

function accountPrincipals({ Principal: principal }: Statement): readonly string[] {
  return typeof principal === "string" ? [principal] : many(principal?.AWS);
}

/** `…IfExists` and a bare `*` let a caller through that says nothing. */
function asksExternalId({ Condition: conditions = {} }: Statement): boolean {
  return Object.entries(conditions).some(
    ([operator, keys]) =>
      /^(ForAnyValue:)?String(Equals|Like)(IgnoreCase)?$/i.test(operator) &&
      Object.entries(keys).some(
        ([key, values]) =>
          key.toLowerCase() === "sts:externalid" &&
          many(values).every((value) => !/^[*?]*$/.test(value)),
      ),
  );
}
