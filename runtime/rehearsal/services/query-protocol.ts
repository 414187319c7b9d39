import type { ServiceRequest } from "./service.js";

/** The form that a request of the query protocol posts. */
export function queryForm(request: ServiceRequest): URLSearchParams {
  return new URLSearchParams(request.body.toString("utf8"));
}

/** The operation that a request of the query protocol names. */
export function queryOperation(request: ServiceRequest): string {
  return queryForm(request).get("Action") ?? "unknown";
}
