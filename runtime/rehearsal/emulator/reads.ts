import { routeOf } from "../services/drs/routes.js";
import type { ServiceRequest } from "../services/service.js";

/** Whether a request begins to read something of DRS; further pages of it are the same reading. */
export function isRead(request: ServiceRequest): boolean {
  if (request.service !== "drs") return false;
  const { name = "" } = routeOf(request.method, request.path)?.operation ?? {};
  return /^(Describe|Get|List)/.test(name) && !hasPageToken(request);
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
