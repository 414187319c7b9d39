import { describe, expect, it } from "vitest";
import {
  type DeployedRole,
  decideIdentity,
  readReachable,
  rolesOf,
} from "../../../runtime/rehearsal/iam/index.js";
import type { RegisteredResource } from "../../../runtime/rehearsal/program/registered.js";
import { registered } from "./registered.js";

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

function role(name: string, inputs: object = {}, account = "111111111111"): RegisteredResource {
  const arn = `arn:aws:iam::${account}:role/${name}`;
  const all = { name, assumeRolePolicy: lambdaTrust, ...inputs };
  return registered("aws:iam/role:Role", `${name}-${account}`, all, { arn }, account);
}

const managed = registered(
  "aws:iam/policy:Policy",
  "notify",
  { policy: policy("sns:Publish") },
  { arn: "arn:aws:iam::111111111111:policy/notify" },
);

function everyRole(resources: readonly RegisteredResource[]): readonly DeployedRole[] {
  const roles = rolesOf(resources);
  return roles.arns.flatMap((arn) => roles.get(arn) ?? []);
}

function actionsOf(resources: readonly RegisteredResource[]): readonly (readonly string[])[] {
  const actions = ["drs:StartRecovery", "sns:Publish", "dynamodb:PutItem", "sts:AssumeRole"];
  return everyRole(resources).map((deployed) =>
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
      registered("aws:iam/rolePolicy:RolePolicy", "tables", {
        role: "dr-shop-execution",
        policy: policy("dynamodb:*"),
      }),
      registered("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "notify-execution", {
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
      registered(
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
    const attachment = registered("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "basic", {
      role: "dr-shop-query",
      policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    });
    expect(() => everyRole([role("dr-shop-query"), attachment])).toThrow(
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
    expect(() => everyRole([bounded])).toThrow(
      "permissionsBoundary must be the ARN of a policy that the program registers",
    );
  });

  it("refuse a role whose name only the engine would know", () => {
    const { name: _, ...nameless } = role("x").inputs;
    const { arn } = role("x").outputs;
    const unnamed = { ...role("x"), inputs: nameless, outputs: { ...nameless, arn } };
    expect(() => everyRole([unnamed])).toThrow(
      "x-111111111111.name must be known to the rehearsal",
    );
  });

  it("are not read before somebody asks for them", () => {
    const broken = role("unrelated", {
      managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
    });
    const roles = rolesOf([broken, role("dr-shop-query")]);
    expect(roles.readable().map(({ name }) => name)).toEqual(["dr-shop-query"]);
    expect(roles.get("arn:aws:iam::111111111111:role/nobody")).toBeUndefined();
    expect(() => roles.get("arn:aws:iam::111111111111:role/unrelated")).toThrow(
      "unrelated-111111111111.managedPolicyArns must be the ARN of a policy that the program registers",
    );
  });
});

describe("roles that a role may take", () => {
  const taking = (name: string, other: string, effect = "Allow"): RegisteredResource =>
    role(name, {
      inlinePolicies: [
        {
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: {
              Effect: effect,
              Action: "sts:AssumeRole",
              Resource: `arn:aws:iam::*:role/${other}`,
              Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
            },
          }),
        },
      ],
    });
  const broken = role("broken", { assumeRolePolicy: "{" });
  const from = ["arn:aws:iam::111111111111:role/first"];

  it.each([
    ["directly", [taking("first", "bro*"), broken]],
    ["over others", [taking("first", "second"), taking("second", "broken"), broken]],
    ["in a circle", [taking("first", "*"), broken]],
  ])("are read with it, %s", (_, resources) => {
    expect(() => readReachable(rolesOf(resources), from)).toThrow(
      'broken-111111111111.assumeRolePolicy must be JSON, got "{".',
    );
  });

  it.each([
    ["nothing leads to them", [taking("first", "second"), role("second"), broken]],
    ["a statement denies them", [taking("first", "*", "Deny"), broken]],
    ["the role is another program's", [broken]],
  ])("are left where %s", (_, resources) => {
    expect(() => readReachable(rolesOf(resources), from)).not.toThrow();
  });
});
