import { routeOf } from "../services/drs/routes.js";
import { operationGuess } from "../services/not-emulated.js";
import type { ServiceRequest } from "../services/service.js";

/**
 * Whether a request begins to read what DRS or an automation does; further pages of it are the same
 * reading.
 */
export function isRead(request: ServiceRequest): boolean {
  return /^(Describe|Get|List)/.test(nameOf(request)) && !hasPageToken(request);
}

function nameOf(request: ServiceRequest): string {
  if (request.service === "ssm") return operationGuess(request);
  if (request.service !== "drs") return "";
  return routeOf(request.method, request.path)?.operation.name ?? "";
}

function hasPageToken({ query, body }: ServiceRequest): boolean {
  if (query.get("nextToken")) return true;
  try {
    const parsed: unknown = JSON.parse(body.toString("utf8"));
    return typeof parsed === "object" && parsed !== null && Boolean(Object(parsed).nextToken);
  } catch {
    return false; // the service says what is wrong with it
  }
}
