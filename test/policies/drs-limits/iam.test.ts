import { describe, expect, it } from "vitest";
import { noWildcardAction } from "../../../policies/drs-limits/no-wildcard-action.js";
import { trustWithExternalId } from "../../../policies/drs-limits/trust-with-external-id.js";
import { showResource, uncheckedAdvisory, unknown } from "../in-process.js";

type Statement = Readonly<Record<string, unknown>>;

const documentOf = (...statements: readonly Statement[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

const own = { allowedAccountIds: '["222222222222"]', region: "eu-west-1" };
const hubRole = "arn:aws:iam::111111111111:role/dr-prod-query";

describe("dr-trust-with-external-id", () => {
  const trusting = (principal: unknown, more: Statement = {}): Statement => ({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: principal,
    ...more,
  });
  const role = (assumeRolePolicy: unknown, provider: Statement | undefined = own) => ({
    type: "aws:iam/role:Role",
    props: { assumeRolePolicy },
    ...(provider ? { provider } : {}),
  });
  const ids = (operator: string, value: unknown) => ({
    Condition: { [operator]: { "sts:ExternalId": value } },
  });
  const refusal = (principal: string) =>
    "mandatory: assumeRolePolicy.Statement[0].Condition must require sts:ExternalId of another account, " +
    `got none for "${principal}". Add { "StringEquals": { "sts:ExternalId": … } }.`;

  it.each([
    { what: "a service", statement: trusting({ Service: "lambda.amazonaws.com" }), said: [] },
    {
      what: "a role of its own account",
      statement: trusting({ AWS: "arn:aws:iam::222222222222:role/x" }),
      said: [],
    },
    { what: "its own account's number", statement: trusting({ AWS: "222222222222" }), said: [] },
    {
      what: "a role of another account",
      statement: trusting({ AWS: hubRole }),
      said: [refusal(hubRole)],
    },
    {
      what: "another account's number",
      statement: trusting({ AWS: "111111111111" }),
      said: [refusal("111111111111")],
    },
    {
      what: "one of several",
      statement: trusting({ AWS: ["222222222222", hubRole] }),
      said: [refusal(hubRole)],
    },
    { what: "everyone", statement: trusting("*"), said: [refusal("*")] },
    { what: "everyone in AWS", statement: trusting({ AWS: "*" }), said: [refusal("*")] },
    {
      what: "everyone but one",
      statement: { Effect: "Allow", Action: "sts:AssumeRole", NotPrincipal: { AWS: hubRole } },
      said: [refusal("NotPrincipal")],
    },
    {
      what: "another account, with an external ID",
      statement: trusting({ AWS: hubRole }, ids("StringEquals", "prod")),
      said: [],
    },
    {
      what: "another account, with any external ID",
      statement: trusting({ AWS: hubRole }, ids("StringLike", "*")),
      said: [refusal(hubRole)],
    },
    {
      what: "another account, with an external ID if it gives one",
      statement: trusting({ AWS: hubRole }, ids("StringEqualsIfExists", "prod")),
      said: [refusal(hubRole)],
    },
    {
      what: "another account, by any action",
      statement: trusting({ AWS: hubRole }, { Action: "sts:*" }),
      said: [refusal(hubRole)],
    },
    {
      what: "another account, to tag sessions alone",
      statement: trusting({ AWS: hubRole }, { Action: "sts:TagSession" }),
      said: [],
    },
    { what: "nobody", statement: trusting({ AWS: hubRole }, { Effect: "Deny" }), said: [] },
  ])("of a role that trusts $what", async ({ statement, said }) => {
    expect(await showResource(trustWithExternalId, role(documentOf(statement)))).toEqual(said);
  });

  it("knows its own account by the last role that its provider assumes", async () => {
    const provider = { assumeRoles: `[{"roleArn":"arn:aws:iam::111111111111:role/deploy"}]` };
    const statement = trusting({ AWS: hubRole });

    expect(await showResource(trustWithExternalId, role(documentOf(statement), provider))).toEqual(
      [],
    );
  });

  it("cannot tell another account when its own is unknown", async () => {
    const statement = trusting({ AWS: hubRole });
    const shown = { type: "aws:iam/role:Role", props: { assumeRolePolicy: documentOf(statement) } };

    expect(await showResource(trustWithExternalId, shown)).toEqual([
      uncheckedAdvisory(trustWithExternalId, "provider.allowedAccountIds"),
    ]);
  });

  it("takes the document as an object too, and refuses what is none", async () => {
    const object = { Statement: trusting({ AWS: hubRole }) };

    expect(await showResource(trustWithExternalId, role(object))).toEqual([refusal(hubRole)]);
    expect(await showResource(trustWithExternalId, role("not json"))).toEqual([
      "mandatory: assumeRolePolicy must be an IAM policy document in JSON, got text that is none. Build it with JSON.stringify.",
    ]);
  });

  it("says what it cannot check at preview, and nothing of a role without a document", async () => {
    expect(await showResource(trustWithExternalId, role(unknown))).toEqual([
      uncheckedAdvisory(trustWithExternalId, "assumeRolePolicy"),
    ]);
    expect(
      await showResource(trustWithExternalId, { type: "aws:iam/role:Role", props: {} }),
    ).toEqual([]);
  });
});

describe("dr-no-wildcard-action", () => {
  const allow = (action: unknown): Statement => ({
    Effect: "Allow",
    Action: action,
    Resource: "*",
  });
  const refusal = (got: string, path = "policy") =>
    `mandatory: ${path}.Statement[0].Action must name the actions that are needed, got "${got}". List them one by one.`;

  it.each([
    { action: "drs:StartRecovery", said: [] },
    { action: "drs:Describe*", said: [] },
    { action: "*", said: [refusal("*")] },
    { action: "drs:*", said: [refusal("drs:*")] },
    { action: "drs:?*", said: [refusal("drs:?*")] },
    { action: ["drs:StartRecovery", "ec2:*"], said: [refusal("ec2:*")] },
    { action: undefined, said: [] },
  ])("of a policy that allows $action", async ({ action, said }) => {
    const shown = { type: "aws:iam/policy:Policy", props: { policy: documentOf(allow(action)) } };

    expect(await showResource(noWildcardAction, shown)).toEqual(said);
  });

  it.each([
    "aws:iam/policy:Policy",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/groupPolicy:GroupPolicy",
  ])("reads %s", async (type) => {
    const shown = { type, props: { policy: documentOf(allow("*")) } };

    expect(await showResource(noWildcardAction, shown)).toEqual([refusal("*")]);
  });

  it("reads the inline policies of a role", async () => {
    const inlinePolicies = [
      { name: "one", policy: documentOf(allow("drs:StartRecovery")) },
      { name: "two", policy: documentOf(allow("ec2:*")) },
    ];
    const shown = { type: "aws:iam/role:Role", props: { inlinePolicies } };

    expect(await showResource(noWildcardAction, shown)).toEqual([
      refusal("ec2:*", "inlinePolicies[1].policy"),
    ]);
  });

  it("refuses to allow all but some, and lets a wildcard deny", async () => {
    const statements = [
      { Effect: "Deny", Action: "*", Resource: "*" },
      { Effect: "Allow", NotAction: "iam:*", Resource: "*" },
    ];
    const shown = { type: "aws:iam/policy:Policy", props: { policy: documentOf(...statements) } };

    expect(await showResource(noWildcardAction, shown)).toEqual([
      'mandatory: policy.Statement[1].NotAction must not be used to allow, got "iam:*". Use Action and list what is needed.',
    ]);
  });

  it("says what it cannot check at preview, and nothing of a resource without a document", async () => {
    const type = "aws:iam/policy:Policy";

    expect(await showResource(noWildcardAction, { type, props: { policy: unknown } })).toEqual([
      uncheckedAdvisory(noWildcardAction, "policy"),
    ]);
    expect(await showResource(noWildcardAction, { type, props: {} })).toEqual([]);
    expect(await showResource(noWildcardAction, { type: "aws:iam/role:Role", props: {} })).toEqual(
      [],
    );
  });
});
