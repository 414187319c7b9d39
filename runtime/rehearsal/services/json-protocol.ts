import type { ServiceReply, ServiceRequest } from "./service.js";
import { errorReply } from "./wire-errors.js";

/** The operation that a request of the JSON protocol names. */
export function jsonOperation(request: ServiceRequest): string {
  return (request.headers["x-amz-target"] ?? "").split(".").at(-1) || "unknown";
}

/** The input of a request of the JSON protocol. */
export function jsonInput(request: ServiceRequest): Readonly<Record<string, unknown>> {
  const body: unknown = JSON.parse(request.body.toString("utf8") || "{}");
  return typeof body === "object" && body !== null ? { ...body } : {};
}

export function jsonReply(body: object): ServiceReply {
  return {
    status: 200,
    headers: { "content-type": "application/x-amz-json-1.1" },
    body: JSON.stringify(body),
  };
}

export function jsonRefusal(status: number, code: string, message: string): ServiceReply {
  return errorReply("json", { status, code, message });
}
