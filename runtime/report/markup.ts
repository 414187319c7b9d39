const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Keeps text from being read as markup, in element content and in quoted attributes. */
export function escapeMarkup(text: string): string {
  return Array.from(text, (character) =>
    isAllowedInXml(character) ? (entities[character] ?? character) : "\ufffd",
  ).join("");
}

/** XML 1.0 refuses most control characters even when they are escaped. */
function isAllowedInXml(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}
