import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLMap,
} from "yaml";
import type { Path } from "./path.js";
import { quoted } from "./problem.js";

/** What stops a file from being YAML, at an offset of its text. */
export interface SyntaxProblem {
  readonly offset: number;
  readonly got: string;
  readonly remedy: string;
}

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

/** A file read as YAML: its value, and where everything in it stands. */
export interface YamlText {
  /** Meaningless where there are syntax problems. */
  readonly value: unknown;
  readonly syntax: readonly SyntaxProblem[];
  readonly repeatedKeys: readonly RepeatedKey[];
  placeOf(path: Path): Place;
  /** How the text spells the number at a path. */
  spelling(path: Path): string | undefined;
  lineAt(offset: number): number;
}

/** Expansions of one anchor; beyond it the file is a bomb, not an estate. */
const maxExpansions = 10_000;

/** Reads a text as one YAML 1.2 document, with anchors, aliases and merge keys (`<<`). */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    merge: true,
    logLevel: "error",
  });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const syntax = [...withoutEchoes(document.errors).map(syntaxProblem), ...aliasProblems(document)];
  const value = syntax.length === 0 ? plainValue(document, syntax) : undefined;
  return {
    value,
    syntax,
    repeatedKeys: syntax.length === 0 ? repeatedKeys(document, lineAt) : [],
    placeOf: (path) => placeIn(document, path),
    spelling: (path) => spellingIn(document, path),
    lineAt,
  };
}

function plainValue(document: Document.Parsed, syntax: SyntaxProblem[]): unknown {
  try {
    return document.toJS({ maxAliasCount: maxExpansions });
  } catch (error) {
    syntax.push({
      offset: 0,
      got: error instanceof Error ? error.message : String(error),
      remedy: "Use its anchors less often, or write the values out.",
    });
    return undefined;
  }
}

function aliasProblems(document: Document.Parsed): readonly SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  if (document.errors.length > 0) return problems;
  visit(document, {
    Alias(_key, alias, ancestors) {
      const offset = alias.range?.[0] ?? 0;
      const target = alias.resolve(document);
      if (target === undefined) {
        problems.push({
          offset,
          got: `the alias *${alias.source} without an anchor before it`,
          remedy: `Write &${alias.source} before the value meant, or put the text in quotes.`,
        });
      } else if (ancestors.includes(target)) {
        problems.push({
          offset,
          got: `the alias *${alias.source} inside its own anchor`,
          remedy: "Write the value out.",
        });
      }
    },
  });
  return problems;
}

function repeatedKeys(
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
      if (key === undefined || key === "<<") continue;
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
function walk(document: Document.Parsed, path: Path) {
  let usedAtOffset: number | undefined;
  let last: Step = { node: document.contents };
  let isWhole = true;
  const resolved = (node: unknown): unknown => {
    if (!isAlias(node)) return node;
    usedAtOffset ??= startOf(node);
    return node.resolve(document);
  };
  for (const step of path) {
    const inside = stepInto(document, resolved(last.node), step);
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

function stepInto(
  document: Document.Parsed,
  node: unknown,
  step: string | number,
): Step | undefined {
  if (isSeq(node)) {
    return typeof step === "number" && step < node.items.length
      ? { node: node.items[step] }
      : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.findLast((candidate) => keyText(candidate) === String(step));
  if (pair !== undefined) return { key: pair.key, node: pair.value };
  for (const merged of mergedInto(document, node)) {
    const inside = stepInto(document, merged, step);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

function mergedInto(document: Document.Parsed, map: YAMLMap): readonly unknown[] {
  const sources = map.items.filter((pair) => keyText(pair) === "<<").map((pair) => pair.value);
  return sources
    .flatMap((source) => (isSeq(source) ? source.items : [source]))
    .map((source) => (isAlias(source) ? source.resolve(document) : source));
}

function placeIn(document: Document.Parsed, path: Path): Place {
  const { key, node, reachedByAlias, usedAtOffset } = walk(document, path);
  const ofValue = startOf(node);
  const offset = (reachedByAlias ? ofValue : startOf(key)) ?? ofValue ?? 0;
  return { offset, usedAtOffset: usedAtOffset ?? offset };
}

function spellingIn(document: Document.Parsed, path: Path): string | undefined {
  const { node, isWhole } = walk(document, path);
  return isWhole && isScalar(node) ? node.source : undefined;
}

/** The key as text, or nothing where it is a collection or an alias. */
function keyText(pair: Pair): string | undefined {
  return isScalar(pair.key) ? String(pair.key.value ?? "") : undefined;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

const reasons: Partial<Record<YAMLError["code"], Omit<SyntaxProblem, "offset">>> = {
  TAB_AS_INDENT: { got: "a tab as indentation", remedy: "Indent with spaces." },
  BAD_INDENT: {
    got: "a line that is indented unlike its neighbours",
    remedy: "Line it up with the keys beside it.",
  },
  MULTIPLE_DOCS: {
    got: "a second document after ---",
    remedy: "Keep one environment in one file.",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    got: "a second colon on the line",
    remedy: "Put the text in quotes, or begin the inner mapping on a new line.",
  },
  BAD_SCALAR_START: {
    got: "text that begins with a reserved character",
    remedy: "Put the text in quotes.",
  },
  BAD_ALIAS: {
    got: "a * without the name of an anchor",
    remedy: 'Put the text in quotes, as in "*".',
  },
  MISSING_CHAR: {
    got: "a quote, bracket or comma left out",
    remedy: "Close what was opened on this line or above it.",
  },
  BAD_DQ_ESCAPE: {
    got: "a backslash that begins no escape",
    remedy: "Write it twice, or use single quotes around the text.",
  },
  MULTIPLE_ANCHORS: { got: "two anchors on one value", remedy: "Keep one of them." },
  RESOURCE_EXHAUSTION: {
    got: "nesting deeper than any environment",
    remedy: "Write it as the examples do.",
  },
  MULTILINE_IMPLICIT_KEY: {
    got: "a key that spans lines",
    remedy: "Write the key and its colon on one line.",
  },
};

const openBracket = {
  got: "a bracket that is still open here",
  remedy: "Close it at the end of its own list or mapping.",
};

function syntaxProblem(error: YAMLError): SyntaxProblem {
  const [offset] = error.pos;
  if (/sufficiently indented and end with/.test(error.message)) return { offset, ...openBracket };
  const known = reasons[error.code];
  if (known !== undefined) return { offset, ...known };
  return {
    offset,
    got: quoted(error.message),
    remedy: "Compare the line, and the one above it, with an example.",
  };
}

/** A tab puts the lines after it at odds with it; they are right once it is gone. */
function withoutEchoes(errors: readonly YAMLError[]): readonly YAMLError[] {
  const tabs = errors.filter(({ code }) => code === "TAB_AS_INDENT");
  return tabs.length > 0 ? tabs : errors;
}
