import { describe, expect, it } from "vitest";
import { type Decision, decideTrust, readPolicy } from "../../../runtime/rehearsal/iam/index.js";
import type { Principal } from "../../../runtime/rehearsal/services/service.js";

const roleArn = "arn:aws:iam::111111111111:role/dr-shop-execution";
const session: Principal = {
  account: "111111111111",
  arn: "arn:aws:sts::111111111111:assumed-role/dr-shop-execution/i-1",
  roleArn,
};

function ask(
  fields: object,
  principal: Principal | { service: string } = session,
  context: Readonly<Record<string, string>> = {},
): Decision {
  const trust = readPolicy("trust", "trust", {
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action: "sts:AssumeRole", ...fields },
  });
  return decideTrust({ trust, principal, action: "sts:AssumeRole", context });
}

describe("trust", () => {
  it.each([
    ["its role", { AWS: roleArn }],
    ["its session", { AWS: [session.arn] }],
    ["its account's root", { AWS: "arn:aws:iam::111111111111:root" }],
    ["its account", { AWS: "111111111111" }],
    ["anybody", "*"],
    ["any AWS principal", { AWS: "*" }],
  ])("takes a session by %s", (_, principal) => {
    expect(ask({ Principal: principal }).allowed).toBe(true);
  });

  it.each([
    ["another role", "arn:aws:iam::111111111111:role/dr-shop-query"],
    ["another account's root", "arn:aws:iam::222222222222:root"],
    ["another session", `${session.arn}-2`],
  ])("refuses a session where the policy names %s", (_, name) => {
    expect(ask({ Principal: { AWS: name } })).toEqual({
      allowed: false,
      reason: `no trust policy allows sts:AssumeRole; nearest is statement 1: its Principal is ${name}`,
    });
  });

  it("takes a service by its name alone", () => {
    const service = { service: "lambda.amazonaws.com" };
    expect(ask({ Principal: { Service: "lambda.amazonaws.com" } }, service).allowed).toBe(true);
    expect(ask({ Principal: { Service: "states.amazonaws.com" } }, service).allowed).toBe(false);
    expect(ask({ Principal: { AWS: "111111111111" } }, service).allowed).toBe(false);
    expect(ask({ Principal: { Service: "lambda.amazonaws.com" } }).allowed).toBe(false);
  });

  it("wants the external id that it names", () => {
    const fields = {
      Principal: { AWS: roleArn },
      Condition: { StringEquals: { "sts:ExternalId": "estate-7" } },
    };
    expect(ask(fields, session, { "sts:ExternalId": "estate-7" }).allowed).toBe(true);
    expect(ask(fields, session, { "sts:ExternalId": "other" }).reason).toContain(
      'its condition StringEquals sts:ExternalId must be "estate-7", got "other"',
    );
    expect(ask(fields, session).reason).toContain("the request carries none");
  });

  it("knows the role and the account of who asks", () => {
    const fields = {
      Principal: { AWS: "*" },
      Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/dr-shop-*" } },
    };
    expect(ask(fields).allowed).toBe(true);
    const stranger = { ...session, roleArn: "arn:aws:iam::111111111111:role/other" };
    expect(ask(fields, stranger).allowed).toBe(false);
  });

  it("does not take an action that the policy does not name", () => {
    const trust = readPolicy("trust", "trust", {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" },
    });
    const decision = decideTrust({
      trust,
      principal: session,
      action: "sts:TagSession",
      context: {},
    });
    expect(decision.allowed).toBe(false);
  });
});
