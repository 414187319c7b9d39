import { describe, expect, it } from "vitest";
import { decideIdentity, rolesOf } from "../../../runtime/rehearsal/iam/index.js";
import type { RegisteredResource } from "../../../runtime/rehearsal/program/registered.js";

const lambdaTrust = JSON.stringify({
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service: "lambda.amazonaws.com" },
  },
});

function policy(action: string): string {
  const statement = { Effect: "Allow", Action: action, Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function resource(
  type: string,
  name: string,
  inputs: object,
  outputs: object = {},
  account = "111111111111",
): RegisteredResource {
  return {
    urn: `urn:pulumi:s::p::${type}::${name}`,
    type,
    name,
    custom: true,
    protect: false,
    ignoreChanges: [],
    dependencies: [],
    inputs: { ...inputs },
    outputs: { ...inputs, ...outputs },
    id: name,
    account,
  };
}

function role(name: string, inputs: object = {}, account = "111111111111"): RegisteredResource {
  const arn = `arn:aws:iam::${account}:role/${name}`;
  const all = { name, assumeRolePolicy: lambdaTrust, ...inputs };
  return resource("aws:iam/role:Role", `${name}-${account}`, all, { arn }, account);
}

const managed = resource(
  "aws:iam/policy:Policy",
  "notify",
  { policy: policy("sns:Publish") },
  { arn: "arn:aws:iam::111111111111:policy/notify" },
);

function actionsOf(resources: readonly RegisteredResource[]): readonly (readonly string[])[] {
  const actions = ["drs:StartRecovery", "sns:Publish", "dynamodb:PutItem", "sts:AssumeRole"];
  return rolesOf(resources).map((deployed) =>
    actions.filter((action) => {
      const right = { action, resources: ["*"], context: {} };
      return decideIdentity({ ...deployed, right }).allowed;
    }),
  );
}

describe("roles of a program", () => {
  it("gather inline policies, role policies and attachments", () => {
    const resources = [
      role("dr-shop-execution", {
        inlinePolicies: [{ name: "drs", policy: policy("drs:*") }],
      }),
      managed,
      resource("aws:iam/rolePolicy:RolePolicy", "tables", {
        role: "dr-shop-execution",
        policy: policy("dynamodb:*"),
      }),
      resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "notify-execution", {
        role: "dr-shop-execution",
        policyArn: "arn:aws:iam::111111111111:policy/notify",
      }),
    ];
    expect(actionsOf(resources)).toEqual([
      ["drs:StartRecovery", "sns:Publish", "dynamodb:PutItem"],
    ]);
  });

  it("keep roles of one name in two accounts apart", () => {
    const spokePolicy = (account: string, action: string): RegisteredResource =>
      resource(
        "aws:iam/rolePolicy:RolePolicy",
        `read-${account}`,
        { role: "dr-shop-spoke-read", policy: policy(action) },
        {},
        account,
      );
    const resources = [
      role("dr-shop-spoke-read", {}, "111111111111"),
      role("dr-shop-spoke-read", {}, "222222222222"),
      spokePolicy("111111111111", "drs:*"),
      spokePolicy("222222222222", "sns:*"),
    ];
    expect(actionsOf(resources)).toEqual([["drs:StartRecovery"], ["sns:Publish"]]);
  });

  it("refuse a policy that AWS manages", () => {
    const attachment = resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "basic", {
      role: "dr-shop-query",
      policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    });
    expect(() => rolesOf([role("dr-shop-query"), attachment])).toThrow(
      "basic.policyArn must be the ARN of a policy that the program registers, got " +
        '"arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole". ' +
        "Policies that AWS manages are not emulated.",
    );
  });

  it("keep to their permissions boundary", () => {
    const bounded = role("dr-shop-query", {
      inlinePolicies: [{ name: "all", policy: policy("*") }],
      permissionsBoundary: "arn:aws:iam::111111111111:policy/notify",
    });
    expect(actionsOf([bounded, managed])).toEqual([["sns:Publish"]]);
  });

  it("refuse a permissions boundary that the program does not register", () => {
    const bounded = role("dr-shop-query", { permissionsBoundary: "arn:aws:iam::1:policy/b" });
    expect(() => rolesOf([bounded])).toThrow(
      "permissionsBoundary must be the ARN of a policy that the program registers",
    );
  });

  it("refuse a role whose name only the engine would know", () => {
    const { name: _, ...nameless } = role("x").inputs;
    const unnamed = { ...role("x"), inputs: nameless, outputs: nameless };
    expect(() => rolesOf([unnamed])).toThrow("x-111111111111.name must be known to the rehearsal");
  });
});
