import fc from "fast-check";
import {
  type Bounds,
  type OperationModel,
  type ServiceModel,
  shapeOf,
  structureOf,
} from "./model.js";

/** Values for shapes of a model, by name of the shape, that name something that is there. */
export type Known = Readonly<Record<string, readonly string[]>>;

/** Inputs of an operation that its model allows: any optional members, empty lists, odd texts and bounds. */
export function inputsOf(
  model: ServiceModel,
  { input }: OperationModel,
  known: Known = {},
): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  return input ? structure(model, input.shape, known, "any") : fc.constant({});
}

/** Inputs with nothing but what an operation requires. */
export function smallestInputsOf(
  model: ServiceModel,
  { input }: OperationModel,
  known: Known = {},
): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  return input ? structure(model, input.shape, known, "required") : fc.constant({});
}

function structure(
  model: ServiceModel,
  name: string,
  known: Known,
  which: "any" | "required",
): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const { members, required = [], union } = structureOf(model, name);
  const fields = Object.entries(members)
    .filter(([member]) => which === "any" || union || required.includes(member))
    .map(([member, { shape }]) => [member, value(model, shape, known, which)] as const);
  if (union) {
    return fc.oneof(...fields.map(([member, one]) => one.map((given) => ({ [member]: given }))));
  }
  return fc.record(Object.fromEntries(fields), {
    requiredKeys: [...required],
    noNullPrototype: true,
  });
}

function value(
  model: ServiceModel,
  name: string,
  known: Known,
  which: "any" | "required",
): fc.Arbitrary<unknown> {
  const shape = shapeOf(model, name);
  const there = known[name] ?? [];
  switch (shape.type) {
    case "structure":
      return structure(model, name, known, which);
    case "list": {
      const least = shape.min ?? 0;
      const bounds = { minLength: least, maxLength: Math.max(least, Math.min(shape.max ?? 3, 3)) };
      return fc.array(value(model, shape.member.shape, known, which), bounds);
    }
    case "map":
      return fc.dictionary(
        value(model, shape.key.shape, known, which).map(String),
        value(model, shape.value.shape, known, which),
        { noNullPrototype: true, minKeys: shape.min ?? 0, maxKeys: Math.max(shape.min ?? 0, 2) },
      );
    case "boolean":
      return fc.boolean();
    case "integer":
    case "long":
      return fc.integer({
        min: shape.min ?? 0,
        max: Math.min(shape.max ?? 2 ** 31 - 1, 2 ** 31 - 1),
      });
    case "string": {
      if (shape.enum) return fc.constantFrom(...shape.enum);
      const made = text(shape, shape.pattern);
      return there.length > 0 ? fc.oneof(fc.constantFrom(...there), made) : made;
    }
    default:
      throw new Error(`shape "${name}" must be of a type that inputs have, got ${shape.type}.`);
  }
}

function text({ min = 0, max = 2_048 }: Bounds, pattern: string | undefined): fc.Arbitrary<string> {
  if (pattern === undefined) {
    return fc
      .string({ unit: "grapheme", minLength: min, maxLength: Math.min(max, min + 40) })
      .filter(({ length }) => length <= max);
  }
  return fc
    .stringMatching(new RegExp(`^(?:${pattern})$`), { size: "xsmall" })
    .filter(({ length }) => length >= min && length <= max);
}
