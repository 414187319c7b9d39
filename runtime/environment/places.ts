import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Pair,
  type YAMLMap,
} from "yaml";
import { type Aliases, isMergeKey } from "./aliases.js";
import type { Path } from "./path.js";

/** A key given twice in one mapping. */
export interface RepeatedKey {
  readonly path: Path;
  readonly offset: number;
  readonly firstLine: number;
}

/** Where a path's value stands in the text. */
export interface Place {
  /** Of the text that says the value; of what is around it where the path leads nowhere. */
  readonly offset: number;
  /** Of the alias through which the path reaches it, if any; else the same. */
  readonly usedAtOffset: number;
}

/** A document whose aliases are resolved. */
interface Source {
  readonly document: Document.Parsed;
  readonly aliases: Aliases;
}

/** Keys given twice in one mapping, each after the first. */
export function repeatedKeys(
  document: Document.Parsed,
  lineAt: (offset: number) => number,
): readonly RepeatedKey[] {
  const found: RepeatedKey[] = [];
  const inspect = (node: unknown, path: Path): void => {
    if (isSeq(node))
      for (const [index, item] of node.items.entries()) inspect(item, [...path, index]);
    if (!isMap(node)) return;
    const firstOffsets = new Map<string, number>();
    for (const pair of node.items) {
      const key = keyText(pair);
      if (key === undefined || isMergeKey(pair.key)) continue;
      const here = [...path, key];
      const offset = startOf(pair.key) ?? 0;
      const first = firstOffsets.get(key);
      if (first === undefined) firstOffsets.set(key, offset);
      else found.push({ path: here, offset, firstLine: lineAt(first) });
      inspect(pair.value, here);
    }
  };
  inspect(document.contents, []);
  return found;
}

interface Step {
  readonly key?: unknown;
  readonly node: unknown;
}

/** Walks a path as far as it leads, and remembers the first alias on the way. */
function walk(where: Source, path: Path) {
  let usedAtOffset: number | undefined;
  let last: Step = { node: where.document.contents };
  let isWhole = true;
  const resolved = (node: unknown): unknown => {
    if (!isAlias(node)) return node;
    usedAtOffset ??= startOf(node);
    return where.aliases.get(node);
  };
  for (const step of path) {
    const inside = stepInto(where, resolved(last.node), step);
    if (inside === undefined) {
      isWhole = false;
      break;
    }
    last = inside;
  }
  const reachedByAlias = isAlias(last.node);
  const node = resolved(last.node);
  return { key: last.key, node, reachedByAlias, usedAtOffset, isWhole };
}

function stepInto(where: Source, node: unknown, step: string | number): Step | undefined {
  if (isSeq(node)) {
    return typeof step === "number" && step < node.items.length
      ? { node: node.items[step] }
      : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.findLast((candidate) => keyText(candidate) === String(step));
  if (pair !== undefined) return { key: pair.key, node: pair.value };
  for (const merged of mergedInto(where, node)) {
    const inside = stepInto(where, merged, step);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

function mergedInto(where: Source, map: YAMLMap): readonly unknown[] {
  const sources = map.items.filter((pair) => isMergeKey(pair.key)).map((pair) => pair.value);
  return sources
    .flatMap((source) => (isSeq(source) ? source.items : [source]))
    .map((source) => (isAlias(source) ? where.aliases.get(source) : source));
}

/** Where the value at a path stands in the text. */
export function placeIn(where: Source, path: Path): Place {
  const { key, node, reachedByAlias, usedAtOffset } = walk(where, path);
  const ofValue = startOf(node);
  const offset = (reachedByAlias ? ofValue : startOf(key)) ?? ofValue ?? 0;
  return { offset, usedAtOffset: usedAtOffset ?? offset };
}

/** How the text spells the scalar at a path. */
export function spellingIn(where: Source, path: Path): string | undefined {
  const { node, isWhole } = walk(where, path);
  return isWhole && isScalar(node) ? node.source : undefined;
}

/** The key as text, or nothing where it is a collection or an alias. */
function keyText(pair: Pair): string | undefined {
  return isScalar(pair.key) ? String(pair.key.value ?? "") : undefined;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
