/** An element of an XML document; text beside children is only white space in what AWS answers. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  apos: "'",
  gt: ">",
  lt: "<",
  quot: '"',
};

const token =
  /<\/(?<end>[\w:.-]+)\s*>|<(?<start>[\w:.-]+)(?<attributes>(?:\s+[\w:.-]+="[^"<]*")*)\s*(?<empty>\/?)>|(?<text>[^<]+)/y;

/**
 * The root of a document without comments, sections or processing instructions: services of AWS
 * answer none.
 *
 * @throws where it is not well-formed
 */
export function parseXml(document: string): XmlElement {
  const body = document.replace(/^<\?xml [^>]*\?>\s*/, "");
  const top = open("", "");
  const stack = [top];
  for (let place = 0; place < body.length; place = token.lastIndex) {
    token.lastIndex = place;
    const groups = token.exec(body)?.groups;
    const parent = stack.at(-1);
    if (!groups || !parent) throw malformed(body, place);
    if (groups.text !== undefined) parent.text += unescaped(groups.text);
    else if (groups.start !== undefined) {
      const element = open(groups.start, groups.attributes ?? "");
      parent.children.push(element);
      if (groups.empty === "") stack.push(element);
    } else if (groups.end !== parent.name || stack.length === 1) throw malformed(body, place);
    else stack.pop();
  }
  const [root, ...more] = top.children;
  if (!root || more.length > 0 || stack.length > 1 || top.text.trim() !== "") {
    throw malformed(body, body.length);
  }
  return root;
}

/** The one child of that name; nothing where there is none, or several. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  const found = element.children.filter((child) => child.name === name);
  return found.length === 1 ? found[0] : undefined;
}

interface OpenElement extends XmlElement {
  readonly children: OpenElement[];
  text: string;
}

function open(name: string, attributes: string): OpenElement {
  const pairs = [...attributes.matchAll(/([\w:.-]+)="([^"]*)"/g)];
  const named = pairs.map(([, key = "", value = ""]) => [key, unescaped(value)]);
  return { name, attributes: Object.fromEntries(named), children: [], text: "" };
}

function unescaped(text: string): string {
  return text.replaceAll(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w*))(;?)/g, (whole, ...groups) => {
    const [decimal, hex, name, end] = groups.map((group) => (group ? String(group) : undefined));
    const known = entities[name ?? ""];
    if (end && known !== undefined) return known;
    const code = decimal ? Number(decimal) : Number.parseInt(hex ?? "", 16);
    if (!end || Number.isNaN(code)) throw new Error(`"${whole}" must be an entity of XML.`);
    return String.fromCodePoint(code);
  });
}

function malformed(body: string, place: number): Error {
  return new Error(`XML must be well-formed, got "${body.slice(place, place + 40)}" at ${place}.`);
}
