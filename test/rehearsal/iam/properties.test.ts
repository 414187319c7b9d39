import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AccessQuestion } from "../../../runtime/rehearsal/iam/decide.js";
import type { PolicyDocument, Statement } from "../../../runtime/rehearsal/iam/document.js";
import { decideAccess } from "../../../runtime/rehearsal/iam/index.js";

const account = "111111111111";
const roleArn = `arn:aws:iam::${account}:role/worker`;
const sessionArn = `arn:aws:sts::${account}:assumed-role/worker/now`;
const principal = { account, arn: sessionArn, roleArn };

const own = `arn:aws:sns:eu-west-1:${account}:topic`;
const foreign = "arn:aws:sns:eu-west-1:222222222222:topic";
const actions = ["sns:Publish", "sns:Subscribe"] as const;

const conditions = [undefined, { StringEquals: { "aws:RequestTag/team": ["dr"] } }] as const;
const names = [sessionArn, roleArn, account, "*", "arn:aws:iam::333333333333:role/other"] as const;

/** A statement as the tests draw it: one action, one resource, at most one condition. */
const ofIdentity: fc.Arbitrary<Statement> = fc
  .record({
    effect: fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const),
    action: fc.constantFrom("*", "sns:*", "sns:Pub*", "SNS:subscribe"),
    resource: fc.constantFrom("*", own, foreign, "arn:aws:sns:*:111111111111:*"),
    condition: fc.constantFrom(...conditions),
  })
  .map(({ effect, action, resource, condition }) => ({
    Effect: effect,
    Action: [action],
    Resource: [resource],
    ...(condition && { Condition: condition }),
  }));

const ofResource: fc.Arbitrary<Statement> = fc
  .tuple(ofIdentity, fc.constantFrom(...names))
  .map(([statement, name]) => ({ ...statement, Principal: { AWS: [name] } }));

function documentOf(statements: fc.Arbitrary<Statement>): fc.Arbitrary<PolicyDocument> {
  return fc
    .array(statements, { maxLength: 4 })
    .map((Statement) => ({ Version: "2012-10-17", Statement }));
}

interface Asked {
  readonly identity: PolicyDocument;
  readonly boundary: PolicyDocument | undefined;
  readonly attached: PolicyDocument;
  readonly action: string;
  readonly resource: string;
  readonly team: string;
}

const asked: fc.Arbitrary<Asked> = fc.record({
  identity: documentOf(ofIdentity),
  boundary: fc.option(documentOf(ofIdentity), { nil: undefined }),
  attached: documentOf(ofResource),
  action: fc.constantFrom(...actions),
  resource: fc.constantFrom(own, foreign),
  team: fc.constantFrom("dr", "web"),
});

function isAllowed({ identity, boundary, attached, action, resource, team }: Asked): boolean {
  const question: AccessQuestion = {
    principal,
    policies: [identity],
    ...(boundary && { boundary }),
    policiesOf: () => [attached],
    right: { action, resources: [resource], context: { "aws:RequestTag/team": team } },
  };
  return decideAccess(question).allowed;
}

/**
 * The evaluation in the words of the IAM User Guide, "Policy evaluation logic", over nothing but what
 * these tests draw.
 */
function isAllowedByTheGuide(question: Asked): boolean {
  const { identity, boundary, attached, resource } = question;
  const applies = (statement: Statement): boolean => fits(statement, question);
  const all = [identity, attached, ...(boundary ? [boundary] : [])];
  if (all.some((one) => one.Statement.some((s) => s.Effect === "Deny" && applies(s)))) return false;

  const grants = (one: PolicyDocument) =>
    one.Statement.filter((s) => s.Effect === "Allow" && applies(s));
  const isGranted = grants(identity).length > 0;
  const isWithinBoundary = boundary === undefined || grants(boundary).length > 0;
  const named = grants(attached).flatMap(({ Principal }) => awsNames(Principal));
  if (resource === foreign) return isGranted && isWithinBoundary && named.length > 0;
  if (named.includes(sessionArn)) return true;
  if (named.includes(roleArn) || named.includes("*")) return isWithinBoundary;
  return isGranted && isWithinBoundary;
}

function fits({ Action, Resource, Condition, Principal }: Statement, question: Asked): boolean {
  const isWhom =
    Principal === undefined ||
    awsNames(Principal).some((name) => [sessionArn, roleArn, account, "*"].includes(name));
  const isAction = (Action ?? []).some((one) =>
    glob(one.toLowerCase(), question.action.toLowerCase()),
  );
  const isResource = (Resource ?? []).some((one) => glob(one, question.resource));
  return isWhom && isAction && isResource && (Condition === undefined || question.team === "dr");
}

function awsNames(element: Statement["Principal"]): readonly string[] {
  return typeof element === "object" ? (element.AWS ?? []) : [];
}

function glob(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  if (pattern.startsWith("*")) {
    return glob(pattern.slice(1), text) || (text !== "" && glob(pattern, text.slice(1)));
  }
  return text !== "" && pattern[0] === text[0] && glob(pattern.slice(1), text.slice(1));
}

function adding(document: PolicyDocument, statement: Statement): PolicyDocument {
  return { ...document, Statement: [...document.Statement, statement] };
}

describe("a decision over any policies", () => {
  it("is what the guide's words come to", () => {
    fc.assert(
      fc.property(asked, (question) => {
        expect(isAllowed(question)).toBe(isAllowedByTheGuide(question));
      }),
    );
  });

  it("is a refusal once any policy denies", () => {
    const deny: Statement = { Effect: "Deny", Action: ["*"], Resource: ["*"] };
    fc.assert(
      fc.property(asked, (question) => {
        const { identity, boundary, attached } = question;
        const denials: readonly Asked[] = [
          { ...question, identity: adding(identity, deny) },
          { ...question, boundary: adding(boundary ?? identity, deny) },
          { ...question, attached: adding(attached, { ...deny, Principal: { AWS: ["*"] } }) },
        ];
        expect(denials.map(isAllowed)).toEqual([false, false, false]);
      }),
    );
  });

  it("never becomes a refusal by one more grant", () => {
    fc.assert(
      fc.property(asked, ofIdentity, ofResource, (question, more, attachedMore) => {
        if (!isAllowed(question)) return;
        const { identity, boundary, attached } = question;
        const grant: Statement = { ...more, Effect: "Allow" };
        const granted: readonly Asked[] = [
          { ...question, identity: adding(identity, grant) },
          { ...question, boundary: boundary && adding(boundary, grant) },
          { ...question, attached: adding(attached, { ...attachedMore, Effect: "Allow" }) },
        ];
        expect(granted.map(isAllowed)).toEqual([true, true, true]);
      }),
    );
  });
});
