import { valueOfForm } from "./form-value.js";
import type { Member, ServiceModel } from "./model.js";
import { fromText, shapeOf, structureOf } from "./model.js";
import type { Asked, Called } from "./operations.js";
import type { Violation } from "./violation.js";
import { walk } from "./walk.js";

/** What of a request does not fit the input of its operation, wherever it travels. */
export function requestViolations(
  model: ServiceModel,
  { operation, fromPath }: Called,
  asked: Asked,
): readonly Violation[] {
  if (!operation.input) return [];
  const { shape: input } = operation.input;
  const { protocol } = model.metadata;
  if (protocol === "query" || protocol === "ec2") {
    const form = new URLSearchParams(asked.body.toString("utf8"));
    return walk(model, input, valueOfForm(model, input, form));
  }
  const body = bodyOf(asked);
  if ("rule" in body) return [body];
  const { members, required = [] } = structureOf(model, input);
  const outside = Object.entries(members).flatMap(([name, member]) => {
    const value = outsideValue(model, name, member, asked, fromPath);
    if (value !== undefined) return walk(model, member.shape, value, name);
    const isMissing = member.location !== undefined && required.includes(name);
    return isMissing ? [missing(name, input)] : [];
  });
  return [...outside, ...walk(model, input, body.value)];
}

function bodyOf({ body }: Asked): { readonly value: unknown } | Violation {
  const text = body.toString("utf8");
  if (text === "") return { value: {} };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { rule: "body", path: "", shape: "", value: text, expected: "be JSON" };
  }
}

/** A member out of path or query; headers carry none in the requests of these services. */
function outsideValue(
  model: ServiceModel,
  name: string,
  { location, locationName = name, shape }: Member,
  { query }: Asked,
  fromPath: Called["fromPath"],
): unknown {
  if (location === "uri") return fromPath[locationName];
  if (location !== "querystring" || !query.has(locationName)) return undefined;
  if (shapeOf(model, shape).type === "list") return query.getAll(locationName);
  return fromText(model, shape, query.get(locationName) ?? "");
}

function missing(name: string, shape: string): Violation {
  return { rule: "required-member", path: name, shape, value: undefined, expected: "be given" };
}
