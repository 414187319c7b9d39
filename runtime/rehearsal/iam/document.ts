/** A policy as IAM keeps it, checked by {@link readPolicy}: nothing in it is beyond this evaluator. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: PrincipalElement;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: ConditionBlock;
}

/** Who a trust policy speaks of: anybody, or roles, accounts and services by name. */
export type PrincipalElement =
  | "*"
  | { readonly AWS?: readonly string[]; readonly Service?: readonly string[] };

/** Values by condition operator and context key. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** A policy that IAM would refuse, or that says what this evaluator cannot decide. */
export class UnsupportedPolicy extends Error {
  override readonly name = "UnsupportedPolicy";
}
