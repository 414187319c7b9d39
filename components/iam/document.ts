/** Operator → condition key → values. */
export type Condition = Readonly<
  Record<string, Readonly<Record<string, string | readonly string[]>>>
>;

/** What a role may do, as IAM reads it. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}

/** Who may take a role, as IAM reads it. */
export interface TrustStatement {
  readonly Effect: "Allow";
  readonly Principal: Readonly<Record<string, readonly string[]>>;
  readonly Action: "sts:AssumeRole";
  readonly Condition?: Condition;
}

/** What somebody may, or may not, do with the resource that the policy hangs on, as IAM reads it. */
export interface ResourceStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | Readonly<Record<string, readonly string[]>>;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}

export interface PolicyDocument<S = Statement> {
  readonly Version: "2012-10-17";
  readonly Statement: readonly S[];
}

export function policyDocument(...statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

export function resourcePolicy(
  ...statements: readonly ResourceStatement[]
): PolicyDocument<ResourceStatement> {
  return { Version: "2012-10-17", Statement: statements };
}

/** Refuses every request that does not come over TLS, whoever makes it. */
export function denyWithoutTls(
  Action: readonly string[],
  Resource: readonly string[],
): ResourceStatement {
  const Condition = { Bool: { "aws:SecureTransport": "false" } };
  return { Sid: "DenyWithoutTls", Effect: "Deny", Principal: "*", Action, Resource, Condition };
}

export function allow(
  Sid: string,
  Action: readonly string[],
  Resource: readonly string[],
  Condition?: Condition,
): Statement {
  return { Sid, Effect: "Allow", Action, Resource, ...(Condition && { Condition }) };
}

/** Lets an AWS service take the role; the condition keeps out its work for other accounts. */
export function trustService(
  service: string,
  condition?: Condition,
): PolicyDocument<TrustStatement> {
  return trust({ Service: [service] }, condition);
}

/** Lets exactly these roles take the role, and only when they name the external id. */
export function trustRoles(
  roleArns: readonly string[],
  externalId: string,
): PolicyDocument<TrustStatement> {
  return trust({ AWS: roleArns }, { StringEquals: { "sts:ExternalId": externalId } });
}

function trust(
  Principal: TrustStatement["Principal"],
  Condition?: Condition,
): PolicyDocument<TrustStatement> {
  const statement = { Effect: "Allow", Principal, Action: "sts:AssumeRole" } as const;
  return {
    Version: "2012-10-17",
    Statement: [{ ...statement, ...(Condition && { Condition }) }],
  };
}
