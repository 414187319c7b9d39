import { type Document, LineCounter, parseDocument, type YAMLError } from "yaml";
import { aliasesIn, misusedAliases } from "./aliases.js";
import type { Path } from "./path.js";
import { type Place, placeIn, type RepeatedKey, repeatedKeys, spellingIn } from "./places.js";
import { quoted } from "./problem.js";

/** What stops a file from being YAML, at an offset of its text. */
export interface SyntaxProblem {
  readonly offset: number;
  readonly got: string;
  readonly remedy: string;
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
  const isParsed = document.errors.length === 0;
  const aliases = aliasesIn(document);
  const syntax = isParsed
    ? [...misusedAliases(document, aliases)]
    : withoutEchoes(document.errors).map(syntaxProblem);
  return {
    value: syntax.length === 0 ? plainValue(document, syntax) : undefined,
    syntax,
    repeatedKeys: isParsed ? repeatedKeys(document, lineAt) : [],
    placeOf: (path) => placeIn({ document, aliases }, path),
    spelling: (path) => spellingIn({ document, aliases }, path),
    lineAt,
  };
}

function plainValue(document: Document.Parsed, syntax: SyntaxProblem[]): unknown {
  try {
    return document.toJS({ maxAliasCount: maxExpansions });
  } catch {
    syntax.push({
      offset: 0,
      got: "more aliases than any environment needs",
      remedy: "Use its anchors less often, or write the values out.",
    });
    return undefined;
  }
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
