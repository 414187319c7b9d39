import { describe, expect, it } from "vitest";
import { type Decision, decideAccess, readPolicy } from "../../../runtime/rehearsal/iam/index.js";
import type { Principal } from "../../../runtime/rehearsal/services/service.js";

const account = "111111111111";
const roleArn = `arn:aws:iam::${account}:role/dr-shop-execution`;
const principal: Principal = {
  account,
  arn: `arn:aws:sts::${account}:assumed-role/dr-shop-execution/i-1`,
  roleArn,
};
const own = `arn:aws:sns:eu-west-1:${account}:dr-shop`;
const foreign = "arn:aws:sns:eu-west-1:222222222222:dr-shop";

interface Asked {
  readonly identity?: readonly object[];
  readonly boundary?: readonly object[];
  readonly attached?: readonly object[];
  readonly resources?: readonly string[];
  readonly context?: Readonly<Record<string, string>>;
}

function ask({
  identity = [],
  boundary,
  attached,
  resources = [own],
  context = {},
}: Asked): Decision {
  const read = (kind: "identity" | "resource", statements: readonly object[]) =>
    readPolicy(kind, kind, { Version: "2012-10-17", Statement: statements });
  return decideAccess({
    principal,
    policies: [read("identity", identity)],
    ...(boundary && { boundary: read("identity", boundary) }),
    policiesOf: () => (attached ? [read("resource", attached)] : []),
    right: { action: "sns:Publish", resources, context },
  });
}

const allow = { Effect: "Allow", Action: "sns:Publish", Resource: "*" };
const deny = { ...allow, Effect: "Deny", Sid: "Frozen" };
const other = { ...allow, Action: "sns:Subscribe" };
const to = (name: string, statement: object = allow) => ({
  ...statement,
  Principal: { AWS: name },
});
const named = "arn:aws:iam::111111111111:role/dr-shop-execution";
const secure = { Condition: { Bool: { "aws:SecureTransport": "true" } } };

describe("a call within an account", () => {
  it.each<[string, Asked]>([
    ["the role's policies", { identity: [allow] }],
    ["the role's policies within the boundary", { identity: [allow], boundary: [allow] }],
    ["a policy of the resource that names the session", { attached: [to(principal.arn)] }],
    ["a policy of the resource that names the role", { attached: [to(named)] }],
    ["a policy of the resource that names anybody", { attached: [{ ...allow, Principal: "*" }] }],
    [
      "both, where the resource names but the account",
      { identity: [allow], attached: [to(account)] },
    ],
    [
      "the role's policies, whatever else the resource's allow",
      { identity: [allow], attached: [to(named, other)] },
    ],
    [
      "a session that is named, beyond the boundary of its role",
      { boundary: [other], attached: [to(principal.arn)] },
    ],
    [
      "a condition that is met",
      { identity: [{ ...allow, ...secure }], context: { "aws:SecureTransport": "true" } },
    ],
    [
      "a denial whose condition is not met",
      { identity: [allow, { ...deny, ...secure }], context: { "aws:SecureTransport": "false" } },
    ],
  ])("is allowed by %s", (_, asked) => {
    expect(ask(asked)).toMatchObject({ allowed: true });
  });

  it.each<[string, Asked, string]>([
    ["without any statement", {}, `no identity-based policy allows sns:Publish on ${own}`],
    [
      "by a denial of the role's policies, whatever the resource's allow",
      { identity: [allow, deny], attached: [to(principal.arn)] },
      `statement "Frozen" of the identity-based policy denies sns:Publish on ${own}`,
    ],
    [
      "by a denial of the resource's policy",
      { identity: [allow], attached: [to("*", deny)] },
      `statement "Frozen" of the resource-based policy denies sns:Publish on ${own}`,
    ],
    [
      "by a denial of the boundary, also to a session that is named",
      { boundary: [allow, deny], attached: [to(principal.arn)] },
      `statement "Frozen" of the permissions boundary denies sns:Publish on ${own}`,
    ],
    [
      "beyond the boundary",
      { identity: [allow], boundary: [other] },
      `no permissions boundary allows sns:Publish on ${own}; nearest is statement 1: its Action is sns:Subscribe`,
    ],
    [
      "beyond the boundary, where the resource names the role",
      { boundary: [other], attached: [to(named)] },
      `no permissions boundary allows sns:Publish on ${own}; nearest is statement 1: its Action is sns:Subscribe`,
    ],
    [
      "where the resource names but the account",
      { attached: [to(account)] },
      `no identity-based policy allows sns:Publish on ${own}`,
    ],
    [
      "where the resource names another role",
      { attached: [to(`${named}-2`)] },
      `no identity-based policy allows sns:Publish on ${own}`,
    ],
    [
      "by a condition that is not met",
      { identity: [{ ...allow, ...secure }], context: { "aws:SecureTransport": "false" } },
      `no identity-based policy allows sns:Publish on ${own}; nearest is statement 1: ` +
        'its condition Bool aws:SecureTransport must be "true", got "false"',
    ],
    [
      "by a condition whose key the request lacks",
      { identity: [{ ...allow, ...secure }] },
      `no identity-based policy allows sns:Publish on ${own}; nearest is statement 1: ` +
        'its condition Bool aws:SecureTransport must be "true", the request carries none',
    ],
    [
      "that names no resource",
      { identity: [allow], resources: [] },
      "sns:Publish names no resource",
    ],
  ])("is refused %s", (_, asked, reason) => {
    expect(ask(asked)).toEqual({ allowed: false, reason });
  });

  it("needs every one of its resources allowed", () => {
    const identity = [{ ...allow, Resource: own }];
    const resources = [own, `${own}-2`];
    expect(ask({ identity, resources }).reason).toContain(`on ${own}-2; nearest`);
    expect(ask({ identity, resources, attached: [to(named)] }).allowed).toBe(true);
  });
});

describe("a call into another account", () => {
  const resources = [foreign];

  it.each([account, named, principal.arn, "*"])(
    "is allowed when both sides allow it, the far one to %s",
    (name) => {
      expect(ask({ resources, identity: [allow], attached: [to(name)] }).allowed).toBe(true);
    },
  );

  it.each<[string, Asked, string]>([
    ["the role alone allows", { identity: [allow] }, "no resource-based policy allows"],
    [
      "the resource alone allows",
      { attached: [to(principal.arn)] },
      "no identity-based policy allows",
    ],
    [
      "the resource allows to another account",
      { identity: [allow], attached: [to("333333333333")] },
      "its Principal is 333333333333",
    ],
    [
      "the boundary does not reach it",
      { identity: [allow], boundary: [other], attached: [to(named)] },
      "no permissions boundary allows",
    ],
    [
      "the resource denies",
      { identity: [allow], attached: [to("*"), to(account, deny)] },
      'statement "Frozen" of the resource-based policy denies',
    ],
  ])("is refused when %s", (_, asked, reason) => {
    const decision = ask({ ...asked, resources });
    expect(decision.allowed).toBe(false);
    expect(decision.reason).toContain(reason);
  });
});

describe("an allowed call", () => {
  it("counts as use of the role's own statements alone, also where the resource's policy suffices", () => {
    const identity = [{ ...allow, Action: ["sns:Pub*", "sns:Subscribe"] }];
    const actions = (asked: Asked) => ask(asked).grants?.map(({ action }) => action);
    expect(actions({ identity })).toEqual(["sns:Pub*"]);
    expect(actions({ identity, attached: [to(principal.arn)] })).toEqual(["sns:Pub*"]);
    expect(actions({ attached: [to(principal.arn)] })).toEqual([]);
    expect(
      actions({ identity: [{ Effect: "Allow", NotAction: "sns:Delete*", Resource: "*" }] }),
    ).toEqual(["all but sns:Delete*"]);
  });
});
