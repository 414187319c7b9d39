import type { PolicyResource } from "@pulumi/policy";
import { known, UNKNOWN } from "../known.js";
import type { Tags } from "./backed-up-stores.js";

/** A selection of backups that asks for tags, and where. */
export interface TaggedSelection {
  /** ARNs of what it may find, with `*` for anything. */
  readonly patterns: readonly string[];
  readonly tags: Tags;
}

const tagKey = "aws:ResourceTag/";
const selectionType = "aws:backup/selection:Selection";

export function isSelection({ type }: PolicyResource): boolean {
  return type === selectionType;
}

/**
 * What a selection asks for; nothing where it asks for no tags. `UNKNOWN` where that is not known
 * yet, or where it asks otherwise than for tags of given values.
 */
export function taggedSelection({
  props,
}: PolicyResource): TaggedSelection | typeof UNKNOWN | undefined {
  const read = known(() => {
    const { resources = [], conditions = [], selectionTags = [] } = props as SelectionProps;
    return { resources, conditions, selectionTags };
  });
  if (read === UNKNOWN) return UNKNOWN;
  const { resources, conditions, selectionTags } = read;
  const isEqual = conditions.every((one) =>
    Object.keys(one).every((key) => key === "stringEquals"),
  );
  // Of several tags one is enough, of several conditions all must hold. Source: AWS Backup API, BackupSelection.
  if (!isEqual || selectionTags.length > 1) return UNKNOWN;
  const asked = [
    ...conditions
      .flatMap(({ stringEquals = [] }) => stringEquals)
      .map(({ key, value }) => [key.replace(tagKey, ""), value] as const),
    ...selectionTags.map(({ key, value }) => [key, value] as const),
  ];
  return asked.length === 0 ? undefined : { patterns: resources, tags: Object.fromEntries(asked) };
}

interface SelectionProps {
  readonly resources?: readonly string[];
  readonly conditions?: readonly { readonly stringEquals?: readonly Asked[] }[];
  readonly selectionTags?: readonly Asked[];
}

interface Asked {
  readonly key: string;
  readonly value: string;
}
