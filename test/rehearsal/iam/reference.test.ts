import { describe, expect, it } from "vitest";
import type { Statement } from "../../../runtime/rehearsal/iam/document.js";
import { rolesOf } from "../../../runtime/rehearsal/iam/index.js";
import { referenceProblems } from "../../support/authorization-reference.js";
import { example } from "../rehearsed-example.js";

interface Allowed extends Pick<Statement, "Condition"> {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

function problemsOf({ Action, Resource, ...rest }: Allowed): Promise<readonly string[]> {
  const statement = { ...rest, Action: [Action].flat(), Resource: [Resource].flat() };
  const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] } as const;
  return referenceProblems("p", policy);
}

describe("the Service Authorization Reference", () => {
  it.each(["six-servers", "thousand-servers"])(
    "knows every action, resource type and condition key of the roles of %s",
    async (name) => {
      const { resources } = await example(name);
      const policies = rolesOf(resources)
        .readable()
        .flatMap((role) => role.policies.map((policy) => ({ role: role.name, policy })));
      expect(policies.length).toBeGreaterThanOrEqual(7);
      const problems = policies.map(({ role, policy }) => referenceProblems(role, policy));
      expect((await Promise.all(problems)).flat()).toEqual([]);
    },
  );

  const server = "arn:aws:drs:*:111111111111:source-server/*";
  it.each([
    [
      "an action that does not exist",
      { Action: ["drs:StartRecovery", "drs:StartRecoveries"], Resource: server },
      ['p.Statement[0].Action must be one that exists, got "drs:StartRecoveries".'],
    ],
    [
      "a service that does not exist",
      { Action: "disasters:StartRecovery", Resource: "*" },
      ['p.Statement[0].Action must be one that exists, got "disasters:StartRecovery".'],
    ],
    [
      "a pattern of actions that stands for none",
      { Action: "drs:Recover*", Resource: "*" },
      ['p.Statement[0].Action must be one that exists, got "drs:Recover*".'],
    ],
    [
      "a resource of a type that the action does not take",
      { Action: "drs:StartRecovery", Resource: [server, "arn:aws:drs:*:111111111111:job/*"] },
      [
        "p.Statement[0].Resource must be of a type that one of its actions takes, " +
          'got "arn:aws:drs:*:111111111111:job/*".',
      ],
    ],
    [
      "an action that takes none of the resources",
      { Action: ["drs:StartRecovery", "drs:DescribeJobs"], Resource: server },
      [`p.Statement[0].Resource must name what drs:DescribeJobs takes (only *), got ${server}.`],
    ],
    [
      "a condition key that its service does not know",
      {
        Action: "drs:StartRecovery",
        Resource: server,
        Condition: { StringEquals: { "drs:Speed": ["fast"] } },
      },
      ['p.Statement[0].Condition must use keys that drs:StartRecovery carries, got "drs:Speed".'],
    ],
    [
      "the tag of a resource that the action only makes",
      {
        Action: "ec2:CreateSnapshot",
        Resource: "arn:aws:ec2:*:*:snapshot/*",
        Condition: { Null: { "aws:ResourceTag/owner": ["false"] } },
      },
      [
        "p.Statement[0].Condition must use keys that ec2:CreateSnapshot carries, " +
          'got "aws:ResourceTag/owner".',
      ],
    ],
  ])("refuses %s", async (_, statement, problems) => {
    expect(await problemsOf(statement)).toEqual(problems);
  });
});
