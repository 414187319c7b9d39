import {
  type ListShape,
  type MapShape,
  type Member,
  type NumberShape,
  type OperationModel,
  type ServiceModel,
  type StructureShape,
  shapeOf,
  structureOf,
  type TextShape,
} from "./model.js";

/** An input that a model forbids, and the one thing that is wrong with it. */
export interface Mutant {
  /** As in `filters.jobIDs[0]`. */
  readonly path: string;
  readonly fault: "missing" | "type" | "enum" | "pattern" | "too small" | "too large";
  readonly input: Readonly<Record<string, unknown>>;
}

/** A value for each shape that has one of its own, by name of the shape. */
export type Sound = Readonly<Record<string, unknown>>;

/** An input with every member that an operation takes, each as its shape wants it. */
function wholeInputOf(
  model: ServiceModel,
  { input }: OperationModel,
  sound: Sound,
): Readonly<Record<string, unknown>> {
  return input ? { ...Object(soundValueOf(model, input.shape, sound)) } : {};
}

/** Every way to break one member of {@link wholeInputOf} that the model has a rule against. */
export function mutantsOf(
  model: ServiceModel,
  operation: OperationModel,
  sound: Sound,
): readonly Mutant[] {
  const { input: shape } = operation;
  if (!shape) return [];
  const whole = wholeInputOf(model, operation, sound);
  const faults = faultsOfMembers(model, structureOf(model, shape.shape), sound, [], whole);
  return faults.map(({ at, fault, value }) => ({
    path: pathOf(at),
    fault,
    input: Object(changed(whole, at, value)),
  }));
}

type Step = string | number;

interface FaultAt {
  readonly at: readonly Step[];
  readonly fault: Mutant["fault"];
  readonly value: unknown;
}

function faultsOfMembers(
  model: ServiceModel,
  { members, required = [] }: StructureShape,
  sound: Sound,
  at: readonly Step[],
  whole: object,
): readonly FaultAt[] {
  return Object.entries(members).flatMap(([name, member]) => {
    const here = [...at, name];
    const inBody = member.location === undefined;
    const missing: readonly FaultAt[] =
      required.includes(name) && member.location !== "uri"
        ? [{ at: here, fault: "missing", value: undefined }]
        : [];
    if (!Object.hasOwn(whole, name)) return missing;
    const all = faultsOf(model, member, sound, here);
    return [...missing, ...all.filter(({ fault }) => inBody || fault !== "type")];
  });
}

function faultsOf(
  model: ServiceModel,
  { shape: name }: Pick<Member, "shape">,
  sound: Sound,
  at: readonly Step[],
): readonly FaultAt[] {
  const shape = shapeOf(model, name);
  switch (shape.type) {
    case "structure":
      return [
        { at, fault: "type", value: "odd" },
        ...faultsOfMembers(model, shape, sound, at, Object(soundValueOf(model, name, sound))),
      ];
    case "list":
      return faultsOfList(model, shape, sound, at);
    case "map":
      return faultsOfMap(model, shape, sound, at);
    case "string":
      return faultsOfText(shape, at);
    case "integer":
    case "long":
      return faultsOfNumber(shape, at);
    default:
      return [{ at, fault: "type", value: "odd" }];
  }
}

function faultsOfList(
  model: ServiceModel,
  { member, min = 0, max }: ListShape,
  sound: Sound,
  at: readonly Step[],
): readonly FaultAt[] {
  const one = soundValueOf(model, member.shape, sound);
  const of = (length: number): readonly unknown[] => Array.from({ length }, () => one);
  return [
    { at, fault: "type", value: "odd" },
    ...(min > 0 ? [{ at, fault: "too small" as const, value: of(min - 1) }] : []),
    ...(max !== undefined ? [{ at, fault: "too large" as const, value: of(max + 1) }] : []),
    ...faultsOf(model, member, sound, [...at, 0]),
  ];
}

function faultsOfMap(
  model: ServiceModel,
  { key, value, max }: MapShape,
  sound: Sound,
  at: readonly Step[],
): readonly FaultAt[] {
  const keyShape = shapeOf(model, key.shape);
  const one = soundValueOf(model, value.shape, sound);
  const name = String(soundValueOf(model, key.shape, sound));
  const entries = Array.from({ length: (max ?? 0) + 1 }, (_, index) => [`${name}${index}`, one]);
  const keyFaults = keyShape.type === "string" ? faultsOfText(keyShape, at) : [];
  return [
    { at, fault: "type", value: "odd" },
    ...(max !== undefined
      ? [{ at, fault: "too large" as const, value: Object.fromEntries(entries) }]
      : []),
    ...keyFaults
      .filter(({ fault }) => fault !== "type")
      .map((fault) => ({ ...fault, value: { [String(fault.value)]: one } })),
    ...faultsOf(model, value, sound, [...at, name]),
  ];
}

function faultsOfText(
  { enum: values, pattern, min = 0, max }: TextShape,
  at: readonly Step[],
): readonly FaultAt[] {
  const odd = oddText(pattern, min, max);
  return [
    { at, fault: "type", value: 7 },
    ...(values ? [{ at, fault: "enum" as const, value: "NONE_OF_THEM" }] : []),
    ...(odd === undefined ? [] : [{ at, fault: "pattern" as const, value: odd }]),
    ...(min > 0 ? [{ at, fault: "too small" as const, value: "x".repeat(min - 1) }] : []),
    ...(max === undefined ? [] : [{ at, fault: "too large" as const, value: "x".repeat(max + 1) }]),
  ];
}

/** A text of a fitting length that does not hold to the pattern. */
function oddText(pattern: string | undefined, min: number, max = 2_048): string | undefined {
  if (pattern === undefined) return undefined;
  const rule = new RegExp(`^(?:${pattern})$`);
  return ["!", "%", "x", "aws:x", "\n"]
    .map((one) => one.padEnd(min, one.slice(-1)))
    .find((one) => one.length <= max && !rule.test(one));
}

function faultsOfNumber({ min, max }: NumberShape, at: readonly Step[]): readonly FaultAt[] {
  return [
    { at, fault: "type", value: "odd" },
    ...(min === undefined ? [] : [{ at, fault: "too small" as const, value: min - 1 }]),
    ...(max === undefined ? [] : [{ at, fault: "too large" as const, value: max + 1 }]),
  ];
}

function soundValueOf(model: ServiceModel, name: string, sound: Sound): unknown {
  if (Object.hasOwn(sound, name)) return sound[name];
  const shape = shapeOf(model, name);
  switch (shape.type) {
    case "structure": {
      const all = Object.entries(shape.members);
      const shown = shape.union ? all.slice(0, 1) : all;
      return Object.fromEntries(
        shown.map(([member, { shape: one }]) => [member, soundValueOf(model, one, sound)]),
      );
    }
    case "list":
      return Array.from({ length: Math.max(1, shape.min ?? 1) }, () =>
        soundValueOf(model, shape.member.shape, sound),
      );
    case "map":
      return {
        [String(soundValueOf(model, shape.key.shape, sound))]: soundValueOf(
          model,
          shape.value.shape,
          sound,
        ),
      };
    case "boolean":
      return false;
    case "integer":
    case "long":
      return shape.min ?? 1;
    case "string":
      return shape.enum?.[0] ?? soundText(name, shape);
    default:
      throw new Error(`shape "${name}" must be of a type that inputs have, got ${shape.type}.`);
  }
}

function soundText(name: string, { pattern, min = 0 }: TextShape): string {
  const text = "x".repeat(Math.max(1, min));
  if (pattern === undefined || new RegExp(`^(?:${pattern})$`).test(text)) return text;
  throw new Error(`shape "${name}" must be given a sound value, for its pattern ${pattern}.`);
}

function changed(whole: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(whole)) {
    return whole.map((one, index) => (index === step ? changed(one, rest, value) : one));
  }
  const { [step]: one, ...others } = Object(whole);
  const next = changed(one, rest, value);
  return next === undefined ? others : { ...others, [step]: next };
}

function pathOf(at: readonly Step[]): string {
  return at.reduce<string>((path, step) => {
    if (typeof step === "number") return `${path}[${step}]`;
    return path === "" ? step : `${path}.${step}`;
  }, "");
}
