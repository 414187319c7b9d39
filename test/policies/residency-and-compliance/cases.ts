import { expect, it } from "vitest";
import type { Rule } from "../../../policies/rule.js";
import { type Shown, showResource, showStack, uncheckedAdvisory } from "../in-process.js";

type Props = Readonly<Record<string, unknown>>;

/** A title, what is shown, and what the rule says to it. */
export type Case = readonly [string, readonly Shown[], readonly string[]];

export const bucket: Shown = { type: "aws:s3/bucket:Bucket", props: { bucket: "records" } };

/** A stack of one resource. */
export function one(type: string, props: Props): readonly Shown[] {
  return [{ type, props }];
}

/** A bucket, and a resource that says something about it. */
export function withBucket(type: string, props: Props): readonly Shown[] {
  return [bucket, { type, props: { bucket: "records", ...props } }];
}

/** What a rule over the stack says of a property of the subject that is unknown at preview. */
export function cannotCheck(rule: Rule, path: string): readonly string[] {
  return [uncheckedAdvisory(rule, `subject.${path}`)];
}

/** One test a case. */
export function held(rule: Rule, cases: readonly Case[]): void {
  it.each(cases)("%s", async (_title, shown, said) => {
    const show = "validateStack" in rule ? showStack(rule, shown) : showResource(rule, only(shown));
    expect(await show).toEqual(said);
  });
}

function only([shown]: readonly Shown[]): Shown {
  if (shown === undefined) throw new Error("a case shows at least one resource");
  return shown;
}
