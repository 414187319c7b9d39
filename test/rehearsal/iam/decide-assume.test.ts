import { describe, expect, it } from "vitest";
import { type Decision, decideAssume, readPolicy } from "../../../runtime/rehearsal/iam/index.js";
import type { Principal } from "../../../runtime/rehearsal/services/service.js";

const hub = "111111111111";
const principal: Principal = {
  account: hub,
  arn: `arn:aws:sts::${hub}:assumed-role/dr-shop-execution/i-1`,
  roleArn: `arn:aws:iam::${hub}:role/dr-shop-execution`,
};
const near = `arn:aws:iam::${hub}:role/dr-shop-spoke-read`;
const far = "arn:aws:iam::222222222222:role/dr-shop-spoke-read";

interface Asked {
  readonly identity?: readonly object[];
  readonly boundary?: readonly object[];
  readonly trust?: readonly object[];
  readonly context?: Readonly<Record<string, string>>;
}

function ask(
  roleArn: string,
  { identity = [], boundary, trust = [], context = {} }: Asked,
): Decision {
  const read = (kind: "identity" | "trust", statements: readonly object[]) =>
    readPolicy(kind, kind, { Version: "2012-10-17", Statement: statements });
  return decideAssume({
    principal,
    roleArn,
    policies: [read("identity", identity)],
    ...(boundary && { boundary: read("identity", boundary) }),
    trust: read("trust", trust),
    context,
  });
}

const may = { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" };
const mayNot = { ...may, Effect: "Deny", Sid: "Frozen" };
const mayElse = { ...may, Action: "drs:*" };
const trusting = (name: string, rest: object = {}) => ({
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Principal: { AWS: name },
  ...rest,
});
const external = { Condition: { StringEquals: { "sts:ExternalId": "estate-7" } } };

describe("taking a role of one's own account", () => {
  it.each<[string, Asked]>([
    ["names the role, with nothing else", { trust: [trusting(principal.roleArn)] }],
    ["names the session, with nothing else", { trust: [trusting(principal.arn)] }],
    ["names anybody, with nothing else", { trust: [trusting("*")] }],
    [
      "names the account, and its own policies allow it",
      { identity: [may], trust: [trusting(hub)] },
    ],
  ])("is allowed when the trust policy %s", (_, asked) => {
    expect(ask(near, asked)).toMatchObject({ allowed: true });
  });

  it.each<[string, Asked, string]>([
    ["nobody trusts", { identity: [may] }, "no trust policy allows"],
    ["but the account is trusted", { trust: [trusting(hub)] }, "no identity-based policy allows"],
    [
      "its own policies deny it",
      { identity: [mayNot], trust: [trusting(principal.arn)] },
      'statement "Frozen" of the identity-based policy denies',
    ],
    [
      "the boundary lacks it, and the role is trusted",
      { boundary: [mayElse], trust: [trusting(principal.roleArn)] },
      "no permissions boundary allows",
    ],
    [
      "the trust policy denies it",
      { identity: [may], trust: [trusting("*"), trusting(principal.arn, { Effect: "Deny" })] },
      "statement 2 of the trust policy denies",
    ],
  ])("is refused when %s", (_, asked, reason) => {
    const decision = ask(near, asked);
    expect(decision.allowed).toBe(false);
    expect(decision.reason).toContain(`${reason} sts:AssumeRole on ${near}`);
  });
});

describe("taking another account's role", () => {
  it.each([hub, principal.roleArn, principal.arn, "*"])(
    "is allowed when both sides allow it, trust to %s",
    (name) => {
      expect(ask(far, { identity: [may], trust: [trusting(name)] }).allowed).toBe(true);
    },
  );

  it.each<[string, Asked, string]>([
    [
      "one's own policies lack it",
      { trust: [trusting(principal.arn)] },
      "no identity-based policy allows",
    ],
    [
      "one's own policies name another role",
      { identity: [{ ...may, Resource: near }], trust: [trusting(hub)] },
      `its Resource is ${near}`,
    ],
    [
      "the boundary lacks it",
      { identity: [may], boundary: [mayElse], trust: [trusting(hub)] },
      "no permissions boundary allows",
    ],
    ["nobody trusts", { identity: [may] }, "no trust policy allows"],
    [
      "a third account is trusted",
      { identity: [may], trust: [trusting("333333333333")] },
      "its Principal is 333333333333",
    ],
    [
      "a service is trusted",
      {
        identity: [may],
        trust: [{ ...trusting(""), Principal: { Service: "lambda.amazonaws.com" } }],
      },
      "its Principal is lambda.amazonaws.com",
    ],
  ])("is refused when %s", (_, asked, reason) => {
    const decision = ask(far, asked);
    expect(decision.allowed).toBe(false);
    expect(decision.reason).toContain(reason);
  });

  it.each<[string, Readonly<Record<string, string>>, string | undefined]>([
    ["met", { "sts:ExternalId": "estate-7" }, undefined],
    ["not met", { "sts:ExternalId": "other" }, 'must be "estate-7", got "other"'],
    ["missing", {}, 'must be "estate-7", the request carries none'],
  ])("hears a condition of the trust policy that is %s", (_, context, reason) => {
    const decision = ask(far, { identity: [may], trust: [trusting(hub, external)], context });
    expect(decision.allowed).toBe(reason === undefined);
    expect(decision.reason).toContain(reason ?? "allows sts:AssumeRole");
  });
});
