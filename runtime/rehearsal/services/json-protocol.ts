import type { ServiceReply, ServiceRequest } from "./service.js";
import { errorReply } from "./wire-errors.js";

/** The operation that a request of the JSON protocol names. */
export function jsonOperation(request: ServiceRequest): string {
  return (request.headers["x-amz-target"] ?? "").split(".").at(-1) || "unknown";
}

/** A body that no JSON service can read: the gateway answers it with `SerializationException`. */
export class UnreadableBody extends Error {
  override readonly name = "UnreadableBody";
}

/**
 * The input of a request of the JSON protocol.
 *
 * @throws {UnreadableBody} when its body is no JSON
 */
export function jsonInput(request: ServiceRequest): Readonly<Record<string, unknown>> {
  const text = request.body.toString("utf8") || "{}";
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? { ...body } : {};
  } catch {
    throw new UnreadableBody(`The body must be JSON, got ${JSON.stringify(text.slice(0, 40))}.`);
  }
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
