import type { Bounds, ListShape, MapShape, ServiceModel, StructureShape } from "./model.js";
import { shapeOf } from "./model.js";
import {
  type Broken,
  boundsTold,
  brokenByNumber,
  brokenByPlain,
  brokenByText,
  isWithin,
} from "./scalars.js";
import type { Violation } from "./violation.js";

/**
 * Walks a value as it stood in JSON along its shape, and answers every rule that it breaks. Stricter
 * than any SDK: unknown members, wrong enums, patterns and a null in place of nothing are told.
 */
export function walk(
  model: ServiceModel,
  shapeName: string,
  value: unknown,
  path = "",
): readonly Violation[] {
  const violations: Violation[] = [];
  visit({ model, shapeName, value, path, violations });
  return violations;
}

/** A value at its place. Violations are gathered: thousands of replies are walked in a test. */
interface At {
  readonly model: ServiceModel;
  readonly shapeName: string;
  readonly value: unknown;
  readonly path: string;
  readonly violations: Violation[];
}

function visit(at: At): void {
  const { model, shapeName, value } = at;
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case "structure":
      visitStructure(at, shape);
      return;
    case "list":
      visitList(at, shape);
      return;
    case "map":
      visitMap(at, shape);
      return;
    case "string":
      tell(at, brokenByText(shape, value));
      return;
    case "integer":
    case "long":
    case "float":
    case "double":
      tell(at, brokenByNumber(shape, value));
      return;
    case "boolean":
    case "blob":
    case "timestamp":
      tell(at, brokenByPlain(shape, value, timestampsOf(model)));
      return;
  }
}

function visitStructure(at: At, shape: StructureShape): void {
  const { model, value, path, violations } = at;
  if (!isRecord(value)) {
    tell(at, [{ rule: "type", expected: "be an object" }]);
    return;
  }
  const { shapes, required } = inBody(shape);
  for (const name of required) {
    if (value[name] !== undefined) continue;
    tellMember(at, name, { rule: "required-member", expected: "be given" });
  }
  const names = Object.keys(value);
  if (shape.union && names.length !== 1) {
    tell(at, [{ rule: "union", expected: "have exactly one member" }]);
  }
  for (const name of names) {
    const shapeName = shapes.get(name);
    if (shapeName === undefined) {
      tellMember(at, name, { rule: "unknown-member", expected: "be a member of its shape" });
    } else {
      visit({ model, shapeName, value: value[name], path: joined(path, name), violations });
    }
  }
}

function visitList(at: At, { member, ...bounds }: ListShape): void {
  const { model, value, path, violations } = at;
  if (!Array.isArray(value)) {
    tell(at, [{ rule: "type", expected: "be a list" }]);
    return;
  }
  tellSize(at, bounds, value.length);
  for (const [index, one] of value.entries()) {
    const place = `${path}[${index}]`;
    visit({ model, shapeName: member.shape, value: one, path: place, violations });
  }
}

function visitMap(at: At, { key, value: values, ...bounds }: MapShape): void {
  const { model, value, path, violations } = at;
  if (!isRecord(value)) {
    tell(at, [{ rule: "type", expected: "be a map" }]);
    return;
  }
  const entries = Object.entries(value);
  tellSize(at, bounds, entries.length);
  for (const [name, one] of entries) {
    const keyPath = `${path}[key ${JSON.stringify(name)}]`;
    visit({ model, shapeName: key.shape, value: name, path: keyPath, violations });
    const place = joined(path, name);
    visit({ model, shapeName: values.shape, value: one, path: place, violations });
  }
}

/** The members of a structure that travel in the body, under their names there. */
interface InBody {
  readonly shapes: ReadonlyMap<string, string>;
  readonly required: readonly string[];
}

const bodies = new WeakMap<StructureShape, InBody>();

function inBody(shape: StructureShape): InBody {
  const known = bodies.get(shape);
  if (known) return known;
  const members = Object.entries(shape.members).filter(([, { location }]) => !location);
  const named = members.map(([name, { locationName, shape: of }]) => [locationName ?? name, of]);
  const shapes = new Map(named.map(([name = "", of = ""]) => [name, of]));
  const required = (shape.required ?? []).filter((name) => shapes.has(name));
  const body = { shapes, required };
  bodies.set(shape, body);
  return body;
}

function tell({ shapeName, value, path, violations }: At, all: readonly Broken[]): void {
  for (const { rule, expected } of all) {
    violations.push({ rule, expected, path, shape: shapeName, value });
  }
}

function tellMember(at: At, name: string, broken: Broken): void {
  const value = isRecord(at.value) ? at.value[name] : undefined;
  tell({ ...at, path: joined(at.path, name), value }, [broken]);
}

function tellSize(at: At, bounds: Bounds, size: number): void {
  if (isWithin(bounds, size)) return;
  tell(at, [{ rule: "length", expected: `have ${boundsTold(bounds)} members` }]);
}

/** REST-JSON writes dates as text, the other JSON protocol as seconds. */
function timestampsOf({ metadata }: ServiceModel): "iso8601" | "unixTimestamp" {
  return metadata.protocol === "json" ? "unixTimestamp" : "iso8601";
}

function joined(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
