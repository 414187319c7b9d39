import type { PolicyResource } from "@pulumi/policy";
import { type Finding, lookAtEach, problem, unknownAt } from "../findings.js";
import { UNKNOWN } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import {
  type BackedUpStore,
  kindOf,
  leadsTo,
  storesOf,
  type Tags,
  tagsOf,
} from "./backed-up-stores.js";
import { isSelection, taggedSelection } from "./backup-selections.js";

/** A selection that finds nothing starts no job: so none fails, and nobody is told. */
export const backupsSelectStores: Rule = {
  name: "dr-backups-select-stores",
  description: "A selection of backups by tag finds a store of each kind that it names.",
  why: "A plan whose selection finds nothing runs without an error, and keeps no backup.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps:
    "Give the stores the tag that the selection asks for: backupTag of the stores of this package.",
  url: awsPages.backupSelections,
  validateStack: (args, report) => {
    lookAtEach(args, (one) => (isSelection(one) ? findings : undefined), report);
  },
};

/**
 * Selections of one tag are looked at together, over Regions: where stores lie in one Region alone,
 * the plan of the other waits for what is restored there. Kinds of which the stack has no store may
 * lie in another stack.
 */
function findings(selection: PolicyResource, all: readonly PolicyResource[]): readonly Finding[] {
  const asked = taggedSelection(selection);
  if (asked === UNKNOWN) return unknownAt("conditions");
  if (asked === undefined) return [];
  const { patterns, tags } = asked;
  if (patterns.length === 0) {
    return all.some((one) => carries(tagsOf(one), tags) === true) ? [] : unknownAt("resources");
  }
  const together = patternsAskedWith(tags, all);
  const stores = all.flatMap(storesOf);
  return patterns.flatMap((pattern, index) => {
    const path = `resources[${index}]`;
    const ofKind = stores.filter(({ kind }) => kind === kindOf(pattern));
    if (ofKind.length === 0) return unknownAt(path);
    const found = ofKind
      .filter((store) => together.some((other) => leadsTo(other, store)))
      .map((store) => carries(store.tags, tags));
    if (found.includes(true)) return [];
    if (found.includes(UNKNOWN)) return unknownAt(path);
    return problem(
      `${path} must lead to a store that carries ${told(tags)}, got none with "${pattern}". Give stores of this kind the tag, or leave the kind out.`,
    );
  });
}

/** ARNs of all selections of the stack that ask for these tags. */
function patternsAskedWith(tags: Tags, all: readonly PolicyResource[]): readonly string[] {
  return all.filter(isSelection).flatMap((selection) => {
    const other = taggedSelection(selection);
    if (other === UNKNOWN || other === undefined) return [];
    return told(other.tags) === told(tags) ? other.patterns : [];
  });
}

function carries(tags: BackedUpStore["tags"], asked: Tags): boolean | typeof UNKNOWN {
  if (tags === UNKNOWN) return UNKNOWN;
  return Object.entries(asked).every(([key, value]) => tags[key] === value);
}

function told(tags: Tags): string {
  const each = Object.entries(tags).map(([key, value]) => `${key}="${value}"`);
  return each.toSorted().join(", ");
}
