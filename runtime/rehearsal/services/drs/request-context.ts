import type { NeededRight } from "../service.js";
import { tagsOf } from "./body.js";
import type { Call } from "./operation.js";
import { taggedIn } from "./operations/tags.js";

/** Rights with the tags that the request gives and takes away, and those that its resources have. */
export function withTags(call: Call, rights: readonly NeededRight[]): readonly NeededRight[] {
  const requested = tagsOf(call.body, "tags");
  const keys = [...Object.keys(requested), ...call.query.getAll("tagKeys")];
  const context = {
    ...prefixed("aws:RequestTag/", requested),
    ...(keys.length > 0 && { "aws:TagKeys": keys.join(",") }),
  };
  return rights.map((right) => {
    const tagged = right.resources.map((arn) => {
      const tags = taggedIn(call.lane, arn)?.tags ?? {};
      return [arn, prefixed("aws:ResourceTag/", tags)] as const;
    });
    const contextOf = Object.fromEntries(tagged.filter(([, tags]) => Object.keys(tags).length > 0));
    return {
      ...right,
      context: { ...right.context, ...context },
      ...(Object.keys(contextOf).length > 0 && { contextOf }),
    };
  });
}

function prefixed(
  prefix: string,
  tags: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}${key}`, value]));
}
