import type { ListShape, ServiceModel, StructureShape } from "./model.js";
import { shapeOf } from "./model.js";
import type { XmlElement } from "./xml.js";

/**
 * An element as JSON would say it, along its shape, for the walk to judge. What does not fit the
 * shape stays as it is: members of no shape, lists of other elements, numbers in letters.
 */
export function valueOfXml(model: ServiceModel, shapeName: string, element: XmlElement): unknown {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case "structure":
      return structure(model, shape, element);
    case "list":
      return list(model, shape, element);
    case "map":
      throw new Error(`shape "${shapeName}" must be of a type that XML replies have, got map.`);
    case "boolean":
      return scalar(element, (text) => ({ true: true, false: false })[text] ?? text);
    case "integer":
    case "long":
    case "float":
    case "double":
      return scalar(element, (text) => (/^-?[\d.]+$/.test(text) ? Number(text) : text));
    case "string":
    case "blob":
    case "timestamp":
      return scalar(element, (text) => text);
  }
}

/** Elements as they stand, where no shape says what they are. */
export function plainValue({ children, text }: XmlElement): unknown {
  if (children.length === 0) return text;
  return Object.fromEntries(children.map((child) => [child.name, plainValue(child)]));
}

function structure(model: ServiceModel, { members }: StructureShape, element: XmlElement): unknown {
  if (element.text.trim() !== "") return plainValue({ ...element, children: [] });
  const shapes = new Map(
    Object.entries(members).map(([name, { locationName = name, shape }]) => [locationName, shape]),
  );
  const seen = new Map<string, unknown[]>();
  for (const child of element.children) {
    const shape = shapes.get(child.name);
    const value = shape === undefined ? plainValue(child) : valueOfXml(model, shape, child);
    seen.set(child.name, [...(seen.get(child.name) ?? []), value]);
  }
  // A member that comes twice is told as a list where its shape has none.
  const values = [...seen].map(([name, [first, ...more]]) => [
    name,
    more.length > 0 ? [first, ...more] : first,
  ]);
  return Object.fromEntries(values);
}

function list(model: ServiceModel, { member }: ListShape, element: XmlElement): unknown {
  const wanted = member.locationName ?? "member";
  if (element.text.trim() !== "" || element.children.some(({ name }) => name !== wanted)) {
    return plainValue(element);
  }
  return element.children.map((child) => valueOfXml(model, member.shape, child));
}

function scalar(element: XmlElement, read: (text: string) => unknown): unknown {
  return element.children.length > 0 ? plainValue(element) : read(element.text);
}
