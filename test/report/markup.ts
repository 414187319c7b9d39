const voidElements = new Set(["meta", "br", "link", "img", "input", "hr"]);

/** What is wrong with the nesting of a page's or a picture's elements; nothing when all is well. */
export function nestingProblems(markup: string): readonly string[] {
  const open: string[] = [];
  const problems: string[] = [];
  const bare = markup.replace(/<style>[\s\S]*?<\/style>/g, "").replace(/<!doctype html>/, "");
  for (const [whole, closing, name = "", attributes = "", selfClosing] of bare.matchAll(
    /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>/g,
  )) {
    if (attributes.includes("<")) problems.push(`attribute with markup: ${whole}`);
    if (selfClosing === "/" || voidElements.has(name)) continue;
    if (closing !== "/") open.push(name);
    else if (open.pop() !== name) problems.push(`closed too early: ${whole}`);
  }
  const rest = bare.replace(/<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>/g, "");
  if (/[<>]/.test(rest)) problems.push(`unescaped: ${rest.match(/.{0,40}[<>].{0,40}/)?.[0]}`);
  return [...problems, ...open.map((name) => `never closed: ${name}`)];
}
