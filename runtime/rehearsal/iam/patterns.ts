const compiled = new Map<string, RegExp>();

/** Whether a text matches a pattern in which `*` stands for any text and `?` for any one character. */
export function matchesPattern(pattern: string, text: string): boolean {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    const source = pattern.replace(/[\\^$.|+()[\]{}]/g, "\\$&").replace(/[*?]/g, wildcard);
    expression = new RegExp(`^${source}$`, "s");
    compiled.set(pattern, expression);
  }
  return expression.test(text);
}

/**
 * Whether an ARN matches a pattern of an ARN, part by part: a wildcard does not reach over a colon,
 * save in the resource part. `*` alone matches everything.
 */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === "*") return true;
  const patterns = arnParts(pattern);
  const parts = arnParts(arn);
  if (patterns === undefined || parts === undefined) return false;
  return patterns.every((part, place) => matchesPattern(part, parts[place] ?? ""));
}

/** The six parts of an ARN or of a pattern of one; nothing when the text has fewer. */
export function arnParts(text: string): readonly string[] | undefined {
  const parts = text.split(":");
  if (parts.length < 6 || parts[0] !== "arn") return undefined;
  return [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** Whether an action matches a pattern of actions. IAM does not mind the case of either. */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesPattern(pattern.toLowerCase(), action.toLowerCase());
}

function wildcard(character: string): string {
  return character === "*" ? ".*" : ".";
}
