import type { ServiceRequest } from "../../../runtime/rehearsal/services/service.js";
import type { OperationModel, ServiceModel } from "./model.js";

/** What of a request decides its operation, and what it asks. */
export type Asked = Pick<ServiceRequest, "method" | "path" | "query" | "headers" | "body">;

/** An operation of the model with what the path of a request said. */
export interface Called {
  readonly operation: OperationModel;
  /** Members of the input that travel in the path, decoded. */
  readonly fromPath: Readonly<Record<string, string>>;
}

/** The operation that a request calls, or nothing when the model has none such. */
export function calledBy(model: ServiceModel, asked: Asked): Called | undefined {
  switch (model.metadata.protocol) {
    case "rest-json":
      return calledByPath(model, asked);
    case "json":
      return calledByTarget(model, asked);
    case "query":
    case "ec2":
      return calledByForm(model, asked);
  }
}

function calledByForm(model: ServiceModel, { body }: Asked): Called | undefined {
  const name = new URLSearchParams(body.toString("utf8")).get("Action") ?? "";
  const operation = model.operations[name];
  return operation && { operation, fromPath: {} };
}

function calledByTarget(model: ServiceModel, { headers }: Asked): Called | undefined {
  const [prefix, name = ""] = (headers["x-amz-target"] ?? "").split(".");
  const operation = model.operations[name];
  return operation && prefix === model.metadata.targetPrefix
    ? { operation, fromPath: {} }
    : undefined;
}

function calledByPath(model: ServiceModel, { method, path }: Asked): Called | undefined {
  for (const operation of Object.values(model.operations)) {
    if (operation.http.method !== method) continue;
    const match = routeOf(operation.http.requestUri).exec(path);
    if (match) return { operation, fromPath: decoded(match.groups ?? {}) };
  }
  return undefined;
}

const routes = new Map<string, RegExp>();

/** `/tags/{resourceArn}` as an expression with a group for each part in braces. */
function routeOf(requestUri: string): RegExp {
  const known = routes.get(requestUri);
  if (known) return known;
  const route = new RegExp(`^${requestUri.replaceAll(/\{(\w+)\}/g, "(?<$1>.+)")}$`);
  routes.set(requestUri, route);
  return route;
}

function decoded(groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, text]) => [name, decodedText(text)]),
  );
}

function decodedText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
