import type { ServiceReply, ServiceRequest } from "./service.js";
import { errorReply, protocolOf, type WireError } from "./wire-errors.js";
import { escapeXml } from "./xml.js";

/** Signing names of services whose errors are XML of a shape that only they have. */
const xmlServices: ReadonlyMap<string, (error: WireError) => string> = new Map([
  ["ec2", ec2Body],
  ["s3", s3Body],
  ["route53", errorResponseBody],
  ["cloudfront", errorResponseBody],
]);

/**
 * Says in the caller's protocol that nobody emulates a service: 501, because SDKs repeat a 500, take
 * a 404 for something that does not exist, and cannot read an HTML page.
 */
export function notEmulated(request: ServiceRequest): ServiceReply {
  const { service, headers } = request;
  const error = {
    status: 501,
    code: "NotEmulated",
    message: `service must be an emulated one, got "${service}".`,
  };
  if (headers["smithy-protocol"] === "rpc-v2-cbor") return cborReply(error);
  const bodyOf = xmlServices.get(service);
  if (!bodyOf) return errorReply(protocolOf(headers), error);
  return xmlReply(error, bodyOf);
}

/** As {@link notEmulated}, of one operation of EC2, a part of which is emulated. */
export function notEmulatedOperation(request: ServiceRequest): ServiceReply {
  const message = `Action must be an emulated one, with members that are, got "${operationGuess(request)}".`;
  return ec2Error({ status: 501, code: "NotEmulated", message });
}

/** An error as EC2 alone tells it. */
export function ec2Error(error: WireError): ServiceReply {
  return xmlReply(error, ec2Body);
}

/** The name by which a request to a service that nobody emulates is logged. */
export function operationGuess({ method, path, headers, query, body }: ServiceRequest): string {
  const target = headers["x-amz-target"]?.split(".").at(-1);
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  const form = isForm ? new URLSearchParams(body.toString("utf8")) : query;
  const cbor = /^\/service\/[^/]+\/operation\/([^/]+)$/.exec(path)?.[1];
  return target ?? form.get("Action") ?? cbor ?? `${method} ${path}`;
}

function xmlReply(error: WireError, bodyOf: (error: WireError) => string): ServiceReply {
  return {
    status: error.status,
    headers: { "content-type": "text/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${bodyOf(error)}`,
  };
}

function ec2Body({ code, message }: WireError): string {
  return `<Response><Errors><Error>${members(code, message)}</Error></Errors></Response>`;
}

function s3Body({ code, message }: WireError): string {
  return `<Error>${members(code, message)}</Error>`;
}

function errorResponseBody({ code, message }: WireError): string {
  return `<ErrorResponse><Error>${members(code, message)}</Error></ErrorResponse>`;
}

function members(code: string, message: string): string {
  return `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`;
}

/** Source: Smithy RPC v2 CBOR protocol, "Operation error serialization". */
function cborReply({ status, code, message }: WireError): ServiceReply {
  const entries = [cborText("__type"), cborText(code), cborText("message"), cborText(message)];
  return {
    status,
    headers: { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" },
    body: Buffer.concat([Buffer.from([0xa2]), ...entries]),
  };
}

/** A text of at most 65,535 bytes. Source: RFC 8949, major type 3. */
function cborText(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x79, bytes.length >> 8, bytes.length & 0xff]), bytes]);
}
