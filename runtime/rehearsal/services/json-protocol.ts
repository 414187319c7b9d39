import type { ServiceReply, ServiceRequest } from "./service.js";
import { errorReply } from "./wire-errors.js";

/** The operation that a request of the JSON protocol names. */
export function jsonOperation(request: ServiceRequest): string {
  return (request.headers["x-amz-target"] ?? "").split(".").at(-1) || "unknown";
}

/** A body that is no JSON object: the gateway answers it with `SerializationException`. */
export class UnreadableBody extends Error {
  override readonly name = "UnreadableBody";
}

/**
 * The input of a request of the JSON protocol.
 *
 * @throws {UnreadableBody} when its body is no JSON object
 */
export function jsonInput(request: ServiceRequest): Readonly<Record<string, unknown>> {
  const text = request.body.toString("utf8") || "{}";
  const body = parsed(text);
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  const got = JSON.stringify(text.slice(0, 40));
  throw new UnreadableBody(`The body must be a JSON object, got ${got}.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
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
