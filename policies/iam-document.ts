type OneOrMany<T> = T | readonly T[];

/** A statement of an IAM policy document, as far as rules read it. */
export interface Statement {
  readonly Effect?: string;
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Principal?: string | Readonly<Record<string, OneOrMany<string>>>;
  readonly NotPrincipal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany<string>>>>>;
}

/** Statements of a policy document, given as JSON or as an object; nothing when it is neither. */
export function statementsOf(document: unknown): readonly Statement[] | undefined {
  const parsed = typeof document === "string" ? parse(document) : document;
  if (typeof parsed !== "object" || parsed === null) return undefined;
  const { Statement: statements = [] } = parsed as { readonly Statement?: OneOrMany<Statement> };
  return many(statements);
}

/** The values of an element that may be one or a list. */
export function many<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** Says that a value is no policy document. */
export function notADocument(path: string): string {
  return `${path} must be an IAM policy document in JSON, got text that is none. Build it with JSON.stringify.`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
