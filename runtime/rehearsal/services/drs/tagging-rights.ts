import type { NeededRight } from "../service.js";
import { tagsOf } from "./body.js";
import { type Call, right } from "./operation.js";

/** The right to tag what a call creates; none without tags. */
export function taggingRights(
  { body }: Call,
  ...resources: readonly (readonly string[])[]
): readonly NeededRight[] {
  if (Object.keys(tagsOf(body, "tags")).length === 0) return [];
  return resources.map((arns) => right("drs:TagResource", arns));
}
