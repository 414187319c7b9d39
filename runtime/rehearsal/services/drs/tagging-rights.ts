import type { NeededRight } from "../service.js";
import { tagsOf } from "./body.js";
import { type Call, right } from "./operation.js";

/** The right to tag what a call creates, with the tags it asks for; none without tags. */
export function taggingRights(
  { body }: Call,
  ...resources: readonly (readonly string[])[]
): readonly NeededRight[] {
  const tags = Object.entries(tagsOf(body, "tags"));
  if (tags.length === 0) return [];
  const requested = tags.map(([key, value]) => [`aws:RequestTag/${key}`, value]);
  const context = Object.fromEntries(requested);
  return resources.map((arns) => ({ ...right("drs:TagResource", arns), context }));
}
