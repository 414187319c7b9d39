import { describe, expect, it } from "vitest";
import { type Decision, decideIdentity, readPolicy } from "../../../runtime/rehearsal/iam/index.js";

const server = "arn:aws:drs:eu-central-1:111111111111:source-server/s-1";
const table = "arn:aws:dynamodb:eu-central-1:111111111111:table/dr-shop-executions";

interface Ask {
  readonly statements: readonly object[];
  readonly action?: string;
  readonly resources?: readonly string[];
  readonly context?: Readonly<Record<string, string>>;
}

function ask({
  statements,
  action = "drs:StartRecovery",
  resources = [server],
  context = {},
}: Ask): Decision {
  const policy = readPolicy("policy", "identity", { Version: "2012-10-17", Statement: statements });
  return decideIdentity({ policies: [policy], right: { action, resources, context } });
}

function allow(fields: object): object {
  return { Effect: "Allow", Action: "drs:StartRecovery", Resource: "*", ...fields };
}

describe("rights of a role", () => {
  it.each([
    ["action and resource", allow({ Resource: server })],
    ["an action in another case", allow({ Action: "DRS:startrecovery" })],
    ["a wildcard action", allow({ Action: ["drs:Describe*", "drs:Start?ecovery"] })],
    ["every action", allow({ Action: "*" })],
    [
      "a wildcard in the resource",
      allow({ Resource: "arn:aws:drs:*:111111111111:source-server/*" }),
    ],
    ["all but another action", { Effect: "Allow", NotAction: "drs:Delete*", Resource: "*" }],
    [
      "all but another resource",
      { Effect: "Allow", Action: "drs:*", NotResource: "arn:aws:drs:*:*:job/*" },
    ],
  ])("allows what a statement grants by %s", (_, statement) => {
    expect(ask({ statements: [statement] }).allowed).toBe(true);
  });

  it.each([
    [
      "another action",
      allow({ Sid: "Look", Action: ["drs:Describe*"] }),
      'nearest is statement "Look": its Action is drs:Describe*',
    ],
    [
      "another resource",
      allow({ Resource: "arn:aws:drs:us-east-1:111111111111:source-server/*" }),
      "nearest is statement 1: its Resource is arn:aws:drs:us-east-1:111111111111:source-server/*",
    ],
    [
      "a wildcard that would have to reach over a colon",
      allow({ Resource: "arn:aws:drs:*:source-server/s-1:x" }),
      "nearest is statement 1: its Resource is arn:aws:drs:*:source-server/s-1:x",
    ],
    [
      "an action left out",
      { Effect: "Allow", NotAction: "drs:Start*", Resource: "*" },
      "nearest is statement 1: its NotAction leaves out drs:StartRecovery",
    ],
    [
      "a resource left out",
      { Effect: "Allow", Action: "*", NotResource: "arn:aws:drs:*:*:source-server/*" },
      `nearest is statement 1: its NotResource leaves out ${server}`,
    ],
    [
      "a condition",
      allow({ Condition: { StringEquals: { "aws:RequestedRegion": ["us-east-1", "us-west-2"] } } }),
      "nearest is statement 1: its condition StringEquals aws:RequestedRegion must be " +
        '"us-east-1" or "us-west-2", the request carries none',
    ],
  ])("refuses what a statement grants for %s, and says so", (_, statement, nearest) => {
    expect(ask({ statements: [statement] })).toEqual({
      allowed: false,
      reason: `no identity-based policy allows drs:StartRecovery on ${server}; ${nearest}`,
    });
  });

  it("refuses everything to a role without policies", () => {
    expect(ask({ statements: [] }).reason).toBe(
      `no identity-based policy allows drs:StartRecovery on ${server}`,
    );
  });

  it("lets a denial win over every grant", () => {
    const denial = { Sid: "Frozen", Effect: "Deny", Action: "drs:*", Resource: "*" };
    expect(ask({ statements: [allow({}), denial, allow({})] })).toEqual({
      allowed: false,
      reason: `statement "Frozen" of the identity-based policy denies drs:StartRecovery on ${server}`,
    });
  });

  it("passes over a denial whose condition is not met", () => {
    const denial = {
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-central-1" } },
    };
    const context = { "aws:RequestedRegion": "eu-central-1" };
    expect(ask({ statements: [allow({}), denial], context }).allowed).toBe(true);
    expect(ask({ statements: [allow({}), denial], context: {} }).allowed).toBe(false);
  });

  it("wants every resource of a right allowed", () => {
    const other = server.replace("s-1", "s-2");
    const statements = [allow({ Resource: server })];
    expect(ask({ statements, resources: [server, other] }).reason).toContain(other);
  });

  it("names the statement that comes nearest, not the first", () => {
    const statements = [
      { Sid: "Other", Effect: "Allow", Action: "dynamodb:GetItem", Resource: "*" },
      { Sid: "Near", Effect: "Allow", Action: "dynamodb:PutItem", Resource: `${table}-other` },
    ];
    const decision = ask({ statements, action: "dynamodb:PutItem", resources: [table] });
    expect(decision.reason).toContain('nearest is statement "Near": its Resource is');
  });
});

describe("conditions", () => {
  const region = { "aws:RequestedRegion": "eu-central-1" };
  it.each([
    ["StringEquals", { "aws:requestedregion": "eu-central-1" }, region, true],
    ["StringEquals", { "aws:RequestedRegion": "EU-CENTRAL-1" }, region, false],
    ["StringEqualsIgnoreCase", { "aws:RequestedRegion": "EU-CENTRAL-1" }, region, true],
    ["StringEquals", { "aws:RequestedRegion": "eu-*" }, region, false],
    ["StringLike", { "aws:RequestedRegion": "eu-*" }, region, true],
    ["StringLike", { "aws:RequestedRegion": "us-*" }, region, false],
    ["StringNotLike", { "aws:RequestedRegion": ["us-*", "eu-*"] }, region, false],
    ["StringNotEquals", { "aws:RequestedRegion": ["us-east-1", "eu-west-1"] }, region, true],
    ["StringNotEquals", { "aws:RequestedRegion": "us-east-1" }, {}, true],
    ["StringEquals", { "aws:RequestedRegion": "eu-central-1" }, {}, false],
    ["StringEqualsIfExists", { "aws:RequestedRegion": "eu-central-1" }, {}, true],
    ["StringEqualsIfExists", { "aws:RequestedRegion": "us-east-1" }, region, false],
    ["StringEquals", { "aws:ResourceTag/dr": "yes" }, { "aws:ResourceTag/dr": "yes" }, true],
    ["StringEquals", { "aws:ResourceTag/dr": "yes" }, { "aws:ResourceTag/dr": "no" }, false],
    [
      "ArnLike",
      { "aws:PrincipalArn": "arn:aws:states:*:1:x:*" },
      { "aws:PrincipalArn": "arn:aws:states:r:1:x:y" },
      true,
    ],
    [
      "ArnEquals",
      { "aws:PrincipalArn": "arn:aws:states:*:2:x:*" },
      { "aws:PrincipalArn": "arn:aws:states:r:1:x:y" },
      false,
    ],
    [
      "ArnNotEquals",
      { "aws:PrincipalArn": "arn:aws:states:*:2:x:*" },
      { "aws:PrincipalArn": "arn:aws:states:r:1:x:y" },
      true,
    ],
    ["Bool", { "aws:ViaAWSService": "true" }, { "aws:ViaAWSService": "true" }, true],
    ["Bool", { "aws:ViaAWSService": true }, { "aws:ViaAWSService": "false" }, false],
    ["Null", { "aws:ViaAWSService": "true" }, {}, true],
    ["Null", { "aws:ViaAWSService": "false" }, {}, false],
    ["Null", { "aws:ViaAWSService": "false" }, { "aws:ViaAWSService": "true" }, true],
    ["NumericLessThan", { "aws:RequestTag/age": "10" }, { "aws:RequestTag/age": "9" }, true],
    ["NumericLessThan", { "aws:RequestTag/age": "10" }, { "aws:RequestTag/age": "10" }, false],
    ["NumericLessThanEquals", { "aws:RequestTag/age": 10 }, { "aws:RequestTag/age": "10" }, true],
    ["NumericGreaterThan", { "aws:RequestTag/age": "10" }, { "aws:RequestTag/age": "11" }, true],
    ["NumericEquals", { "aws:RequestTag/age": "10" }, { "aws:RequestTag/age": "ten" }, false],
    [
      "ForAnyValue:StringEquals",
      { "aws:CalledVia": "drs.amazonaws.com" },
      { "aws:CalledVia": "a.amazonaws.com,drs.amazonaws.com" },
      true,
    ],
    ["ForAnyValue:StringEquals", { "aws:CalledVia": "drs.amazonaws.com" }, {}, false],
    ["ForAllValues:StringEquals", { "aws:TagKeys": ["a", "b"] }, { "aws:TagKeys": "a,b" }, true],
    ["ForAllValues:StringEquals", { "aws:TagKeys": ["a", "b"] }, { "aws:TagKeys": "a,c" }, false],
    ["ForAllValues:StringEquals", { "aws:TagKeys": "a" }, {}, true],
  ])("%s %j of a request with %j: %s", (operator, keys, context, allowed) => {
    const statements = [allow({ Condition: { [operator]: keys } })];
    expect(ask({ statements, context }).allowed).toBe(allowed);
  });

  it("wants every operator and every key met", () => {
    const both = {
      StringEquals: { "aws:RequestedRegion": "eu-central-1", "aws:RequestTag/a": "1" },
      Bool: { "aws:ViaAWSService": "true" },
    };
    const context = { ...region, "aws:RequestTag/a": "1", "aws:ViaAWSService": "true" };
    const allowedWith = (given: Readonly<Record<string, string>>): boolean =>
      ask({ statements: [allow({ Condition: both })], context: given }).allowed;
    expect(allowedWith(context)).toBe(true);
    expect(allowedWith({ ...context, "aws:RequestTag/a": "2" })).toBe(false);
    expect(allowedWith({ ...context, "aws:ViaAWSService": "false" })).toBe(false);
  });
});
