import { describe, expect, it } from "vitest";
import { readPolicy, UnsupportedPolicy } from "../../../runtime/rehearsal/iam/index.js";

function identity(statement: object, policy: object = {}): () => unknown {
  const source = { Version: "2012-10-17", Statement: [statement], ...policy };
  return () => readPolicy("p", "identity", source);
}

const allow = { Effect: "Allow", Action: "drs:*", Resource: "*" };

describe("reading a policy", () => {
  it("takes JSON text, single values and lists alike", () => {
    const text = JSON.stringify({ Version: "2012-10-17", Statement: allow });
    expect(readPolicy("p", "identity", text)).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["drs:*"], Resource: ["*"] }],
    });
  });

  it.each([
    [
      "an operator that it does not know",
      { ...allow, Condition: { IpAddress: { "aws:PrincipalArn": "10.0.0.0/8" } } },
      'p.Statement[0].Condition.IpAddress must be a condition operator that the rehearsal decides, got "IpAddress".',
    ],
    [
      "an operator of sets on Null",
      { ...allow, Condition: { "ForAnyValue:Null": { "aws:TagKeys": "true" } } },
      'p.Statement[0].Condition.ForAnyValue:Null must be a condition operator that the rehearsal decides, got "ForAnyValue:Null".',
    ],
    [
      "a policy variable",
      { ...allow, Resource: `arn:aws:s3:::bucket/\${aws:username}` },
      `p.Statement[0].Resource must be without policy variables, got "arn:aws:s3:::bucket/\${aws:username}".`,
    ],
    [
      "a principal in an identity policy",
      { ...allow, Principal: "*" },
      "p.Statement[0] must have only Sid, Effect, Action, NotAction, Resource, NotResource, Condition, got Principal.",
    ],
    [
      "an effect that is none",
      { ...allow, Effect: "allow" },
      'p.Statement[0].Effect must be "Allow" or "Deny", got "allow".',
    ],
    [
      "no resource",
      { Effect: "Allow", Action: "drs:*" },
      "p.Statement[0] must have exactly one of Resource, NotResource, got none.",
    ],
    [
      "an action and its opposite",
      { ...allow, NotAction: "drs:Delete*" },
      "p.Statement[0] must have exactly one of Action, NotAction, got Action and NotAction.",
    ],
    [
      "an action without its service",
      { ...allow, Action: "StartRecovery" },
      'p.Statement[0].Action must hold "*" or "<service>:<action>", got "StartRecovery".',
    ],
    [
      "a piece of an ARN",
      { ...allow, Resource: "arn:aws:s3*" },
      'p.Statement[0].Resource must hold "*" or whole ARNs, got "arn:aws:s3*".',
    ],
    [
      "a key that no emulated request carries",
      { ...allow, Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } },
      "p.Statement[0].Condition.Bool must use a key that every emulated request for its actions carries " +
        "(aws:CalledVia, aws:PrincipalAccount, aws:PrincipalArn, aws:RequestedRegion, aws:SecureTransport, " +
        'aws:ViaAWSService, aws:RequestTag/, aws:ResourceTag/, aws:TagKeys), got "aws:MultiFactorAuthPresent".',
    ],
    [
      "a key that the requests of one of its actions do not carry",
      {
        ...allow,
        Action: ["drs:TagResource", "sns:Publish"],
        Condition: { StringEquals: { "aws:ResourceTag/owner": "dr" } },
      },
      "p.Statement[0].Condition.StringEquals must use a key that every emulated request for its actions carries " +
        "(aws:CalledVia, aws:PrincipalAccount, aws:PrincipalArn, aws:RequestedRegion, aws:SecureTransport, " +
        'aws:ViaAWSService), got "aws:ResourceTag/owner".',
    ],
  ])("refuses %s", (_, statement, message) => {
    expect(identity(statement)).toThrow(new UnsupportedPolicy(message));
  });

  it("refuses an older version, whose rules differ", () => {
    expect(identity(allow, { Version: "2008-10-17" })).toThrow(
      'p.Version must be "2012-10-17", got "2008-10-17".',
    );
  });

  it("names all problems at once", () => {
    const both = { ...allow, Effect: "Perhaps", Sed: "x" };
    expect(identity(both)).toThrow(/Sed\.\n.*Perhaps/);
  });

  it.each([
    ["a wildcard in a role's ARN", { AWS: "arn:aws:iam::111111111111:role/dr-*" }],
    ["a federated principal", { Federated: "cognito-identity.amazonaws.com" }],
  ])("refuses %s in a trust policy", (_, principal) => {
    const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: principal };
    const source = { Version: "2012-10-17", Statement: [statement] };
    expect(() => readPolicy("p", "trust", source)).toThrow(UnsupportedPolicy);
  });
});
