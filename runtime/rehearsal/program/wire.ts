import { type Properties, Struct, type WireStruct } from "./sdk.js";

/** Stands for a value that is not known yet, wherever a string could stand. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Key under which an object on the wire says that it is more than an object. */
const signatureKey = "4dabf18193072939515e22adb298388d";

const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Marks by which the SDK knows its own assets and archives; the engine drops them. */
const sdkMarks: ReadonlySet<string> = new Set(["__pulumiArchive", "__pulumiAsset"]);

type Visit = (value: Properties) => unknown;

/** Reads properties from the wire as the engine keeps them: outputs resolved or unknown, secrets marked. */
export function engineForm(struct: WireStruct | undefined): Properties {
  return struct ? (withoutOutputs(struct.toJavaScript()) as Properties) : {};
}

/** The same properties in plain text: without the marks of secrets. */
export function plainForm(properties: Properties): Properties {
  return withoutSecrets(properties) as Properties;
}

export function toWire(properties: Properties): WireStruct {
  return Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** Names of the properties that are unknown, or hold something unknown. */
export function unknownProperties(properties: Properties): readonly string[] {
  return Object.keys(properties).filter((name) => holdsUnknown(properties[name]));
}

/** A known, non-empty text, or nothing. */
export function knownText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value !== unknownValue ? value : undefined;
}

function holdsUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  return isObject(value) && Object.values(value).some(holdsUnknown);
}

function withoutOutputs(value: unknown): unknown {
  return rebuilt(value, (object) => {
    if (object[signatureKey] !== outputSignature) return each(object, withoutOutputs);
    const resolved = "value" in object ? withoutOutputs(object.value) : unknownValue;
    return object.secret === true ? { [signatureKey]: secretSignature, value: resolved } : resolved;
  });
}

function withoutSecrets(value: unknown): unknown {
  return rebuilt(value, (object) =>
    object[signatureKey] === secretSignature
      ? withoutSecrets(object.value)
      : each(object, withoutSecrets),
  );
}

function rebuilt(value: unknown, object: Visit): unknown {
  if (Array.isArray(value)) return value.map((item) => rebuilt(item, object));
  return isObject(value) ? object(value) : value;
}

function each(object: Properties, visit: (value: unknown) => unknown): Properties {
  const kept = Object.entries(object).filter(
    ([key]) => !(signatureKey in object && sdkMarks.has(key)),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, visit(value)]));
}

function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null;
}
