import { describe, expect, it } from "vitest";
import { instant } from "../../runtime/core/instant.js";
import { createGuard, type Guard } from "../../runtime/rehearsal/guard.js";
import { customerKeysOf, resourcePoliciesOf, rolesOf } from "../../runtime/rehearsal/iam/index.js";
import type { RegisteredResource } from "../../runtime/rehearsal/program/registered.js";
import { principalOfRole } from "../../runtime/rehearsal/services/sessions.js";
import { registered } from "./iam/registered.js";

const roleArn = "arn:aws:iam::111111111111:role/worker";
const topic = "arn:aws:sns:eu-west-1:111111111111:dr-shop";
const at = instant(0);

function statement(fields: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", ...fields } });
}

function worker(inputs: object = {}): RegisteredResource {
  const policy = statement({ Action: ["sns:Publish", "sns:Subscribe"], Resource: "*" });
  return registered(
    "aws:iam/role:Role",
    "worker",
    {
      name: "worker",
      assumeRolePolicy: statement({
        Action: "sts:AssumeRole",
        Principal: { Service: "lambda.amazonaws.com" },
      }),
      inlinePolicies: [{ policy }],
      ...inputs,
    },
    { arn: roleArn },
  );
}

function guarding(...resources: readonly RegisteredResource[]): Guard {
  return createGuard(
    {
      roles: rolesOf(resources),
      resourcePolicies: resourcePoliciesOf(resources),
      customerKeys: customerKeysOf(resources),
    },
    () => at,
  );
}

function publish(guard: Guard) {
  const right = { action: "sns:Publish", resources: [topic], context: {} };
  return guard.authorize(principalOfRole(roleArn, "now"), right);
}

describe("the guard of a rehearsal", () => {
  it("tells what nothing has asked for so far", () => {
    const guard = guarding(worker());
    const unused = () => guard.unusedGrants().flatMap(({ actions }) => actions);
    expect(unused()).toEqual(["sns:Publish", "sns:Subscribe"]);
    expect(publish(guard).allowed).toBe(true);
    expect(unused()).toEqual(["sns:Subscribe"]);
    expect(guard.denials).toEqual([]);
  });

  it.each<[string, readonly RegisteredResource[], RegExp]>([
    ["role", [], /^the program deploys no role arn:aws:iam::111111111111:role\/worker$/],
    [
      "role that can be read",
      [worker({ managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] })],
      /^worker\.managedPolicyArns must be the ARN of a policy that the program registers/,
    ],
    [
      "policy of the resource that can be read",
      [worker(), registered("aws:sns/topic:Topic", "t", { policy: "{" }, { arn: topic })],
      /^t\.policy must be JSON/,
    ],
    [
      "key that AWS manages",
      [worker(), registered("aws:sns/topic:Topic", "t", { kmsMasterKeyId: "k" }, { arn: topic })],
      /^arn:aws:sns:\S+ is encrypted with "k", and the rehearsal does not decide/,
    ],
  ])("denies where there is no %s, and remembers why", (_, resources, reason) => {
    const guard = guarding(...resources);
    expect(publish(guard)).toMatchObject({ allowed: false });
    expect(guard.denials).toEqual([
      {
        principal: roleArn,
        action: "sns:Publish",
        resource: topic,
        reason: expect.stringMatching(reason),
        at,
      },
    ]);
  });

  it("asks the trust policy alone when a service takes a role", () => {
    const guard = guarding(worker({ inlinePolicies: [] }));
    expect(guard.trustsService(roleArn, "lambda.amazonaws.com", {}).allowed).toBe(true);
    expect(guard.trustsService(roleArn, "states.amazonaws.com", {}).allowed).toBe(false);
    expect(guard.denials).toMatchObject([
      { principal: "states.amazonaws.com", action: "sts:AssumeRole", resource: roleArn },
    ]);
  });
});
