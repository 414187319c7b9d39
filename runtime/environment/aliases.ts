import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node, visit } from "yaml";

/** What every alias of a document stands for; an alias without an anchor before it is absent. */
export type Aliases = ReadonlyMap<Alias, Node>;

/** A misuse of aliases or merge keys that makes a document meaningless, at an offset of its text. */
interface Misuse {
  readonly offset: number;
  readonly got: string;
  readonly remedy: string;
}

/** Resolves all aliases of a document in one pass. */
export function aliasesIn(document: Document.Parsed): Aliases {
  const anchored = new Map<string, Node>();
  const aliases = new Map<Alias, Node>();
  visit(document, {
    Node(_key, node) {
      if (isAlias(node)) {
        const target = anchored.get(node.source);
        if (target !== undefined) aliases.set(node, target);
      } else if (node.anchor !== undefined) {
        anchored.set(node.anchor, node);
      }
    },
  });
  return aliases;
}

/** Aliases that stand for nothing or for themselves, and merge keys that merge no mapping. */
export function misusedAliases(document: Document.Parsed, aliases: Aliases): readonly Misuse[] {
  const found: Misuse[] = [];
  visit(document, {
    Alias(_key, alias, ancestors) {
      const misuse = misuseOf(alias, aliases.get(alias), ancestors);
      if (misuse !== undefined) found.push(misuse);
    },
    Pair(_key, { key, value }) {
      if (!isMergeKey(key) || mergesMappings(value, aliases)) return;
      found.push({
        offset: isScalar(key) ? (key.range?.[0] ?? 0) : 0,
        got: "a << that merges no mapping",
        remedy: "Give << the alias of a mapping, or a list of such aliases.",
      });
    },
  });
  return found;
}

/** Whether a key is the merge key of YAML 1.1, which `yaml` holds as a symbol; in quotes it is text. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && typeof key.value === "symbol";
}

function misuseOf(
  { source, range }: Alias,
  target: Node | undefined,
  ancestors: readonly unknown[],
): Misuse | undefined {
  const offset = range?.[0] ?? 0;
  if (target === undefined) {
    return {
      offset,
      got: `the alias *${source} without an anchor before it`,
      remedy: `Write &${source} before the value meant, or put the text in quotes.`,
    };
  }
  if (!ancestors.includes(target)) return undefined;
  const got = `the alias *${source} inside its own anchor`;
  return { offset, got, remedy: "Write the value out." };
}

function mergesMappings(value: unknown, aliases: Aliases): boolean {
  const source = isAlias(value) ? aliases.get(value) : value;
  if (isAlias(value) && source === undefined) return true;
  if (!isSeq(source)) return isMap(source);
  return source.items.every((item) => isMap(isAlias(item) ? aliases.get(item) : item));
}
