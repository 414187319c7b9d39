import type { ServiceModel } from "./model.js";
import { shapeOf, structureOf } from "./model.js";

/**
 * The form of a request as JSON would say it, along the input's shape. Fields of no member stay
 * under their own name, for the walk to tell. Members are named and lists numbered as Smithy's
 * protocols awsQuery (`Tags.member.1.Key`) and ec2Query (`InstanceId.1`) have it.
 */
export function valueOfForm(
  model: ServiceModel,
  inputShape: string,
  form: URLSearchParams,
): Readonly<Record<string, unknown>> {
  const fields = new Map(form);
  fields.delete("Action");
  fields.delete("Version");
  const value = structure(model, inputShape, "", fields);
  return { ...value, ...Object.fromEntries(fields) };
}

/** Takes what it reads out of the fields. */
type Fields = Map<string, string>;

function structure(
  model: ServiceModel,
  shapeName: string,
  prefix: string,
  fields: Fields,
): Readonly<Record<string, unknown>> {
  const members = Object.entries(structureOf(model, shapeName).members);
  const isEc2 = model.metadata.protocol === "ec2";
  const read = members.flatMap(([name, { locationName = name, shape }]) => {
    const written = isEc2 ? capital(locationName) : locationName;
    const value = valueAt(model, shape, prefix + written, fields);
    return value === undefined ? [] : [[locationName, value]];
  });
  return Object.fromEntries(read);
}

function valueAt(model: ServiceModel, shapeName: string, path: string, fields: Fields): unknown {
  const shape = shapeOf(model, shapeName);
  if (shape.type === "structure") {
    return hasBelow(fields, path) ? structure(model, shapeName, `${path}.`, fields) : undefined;
  }
  if (shape.type === "list") return listAt(model, shape.member.shape, path, fields);
  const text = fields.get(path);
  fields.delete(path);
  if (text === undefined) return undefined;
  if (shape.type === "boolean") return { true: true, false: false }[text] ?? text;
  const isNumber = shape.type === "integer" || shape.type === "long";
  return isNumber && text.trim() !== "" ? Number(text) : text;
}

function listAt(model: ServiceModel, member: string, path: string, fields: Fields): unknown {
  const items = model.metadata.protocol === "ec2" ? path : `${path}.member`;
  const values: unknown[] = [];
  for (let number = 1; ; number += 1) {
    const value = valueAt(model, member, `${items}.${number}`, fields);
    if (value === undefined) return values.length > 0 ? values : undefined;
    values.push(value);
  }
}

function hasBelow(fields: Fields, path: string): boolean {
  return [...fields.keys()].some((key) => key.startsWith(`${path}.`));
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
