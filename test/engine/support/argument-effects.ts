import type { Copy } from "./argument-copies.js";
import { holdsData, shortTypeOf } from "./holds-data.js";
import type { Step } from "./preview.js";

/** What a preview would do to one copy, as far as its outcome tells of it. */
interface Effect {
  readonly isChanged: boolean;
  readonly replaced?: readonly string[];
  /** What holds data and would be made anew or deleted. */
  readonly lost: readonly string[];
}

/** Logs may go with what wrote them; no component protects them. */
const logGroup = "cloudwatch:LogGroup";

/** What the steps of a copy come to. */
export function effectOf({ outcome }: Copy, steps: readonly Step[]): Effect {
  const typesOf = (ops: RegExp) =>
    [...new Set(steps.filter(({ op }) => ops.test(op)).map(({ urn }) => shortTypeOf(urn)))].sort();
  return {
    isChanged: steps.some(({ op }) => op !== "same"),
    ...(outcome.kind !== "refused" && { replaced: typesOf(/replace/) }),
    lost: typesOf(/replace|delete/).filter((type) => holdsData.has(type)),
  };
}

/** What the table says that they come to. */
export function expectedOf({ outcome, expendable }: Copy): Effect {
  const isChanged = outcome.kind !== "unchanged";
  if (!("types" in outcome)) return { isChanged, replaced: [], lost: [] };
  const types = outcome.types.toSorted();
  if (outcome.kind === "refused") return { isChanged, lost: types };
  const mayGo = [logGroup, ...expendable];
  return { isChanged, replaced: types, lost: types.filter((type) => mayGo.includes(type)) };
}

/** Types that the component must protect, because the change would make them anew. */
export function atRiskOf({ outcome, expendable }: Copy): readonly string[] {
  if (outcome.kind !== "refused") return [];
  return outcome.types.filter((type) => type !== logGroup && !expendable.includes(type));
}

/** The row as a fact. */
export function titleOf({ argument, outcome }: Copy): string {
  const because = "because" in outcome ? `: ${outcome.because}` : "";
  return `${argument} ${says[outcome.kind]}${because}`;
}

const says: Readonly<Record<Copy["outcome"]["kind"], string>> = {
  "in-place": "changes where things are",
  "refused-by-aws": "changes where things are, if AWS lets it",
  unseen: "changes what a plugin's component makes",
  unchanged: "changes nothing",
  untried: "is not tried",
  replaces: "makes anew what holds no data to keep",
  refused: "is refused",
};
