import type { ServiceReply } from "./service.js";
import { escapeXml } from "./xml.js";

/** The three families of AWS protocols that the emulated services speak. */
export type WireProtocol = "rest-json" | "json" | "query";

/** An error as a service's protocol carries it. */
export interface WireError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Refusals that come before any service sees the request. */
export type FrontRefusal =
  | "missing-signature"
  | "malformed-signature"
  | "unknown-key"
  | "expired-key"
  | "internal";

const queryCodes: Readonly<Record<FrontRefusal, readonly [status: number, code: string]>> = {
  "missing-signature": [403, "MissingAuthenticationToken"],
  "malformed-signature": [400, "IncompleteSignature"],
  "unknown-key": [403, "InvalidClientTokenId"],
  "expired-key": [403, "ExpiredToken"],
  internal: [500, "InternalFailure"],
};

const jsonCodes: Readonly<Record<FrontRefusal, string>> = {
  "missing-signature": "MissingAuthenticationTokenException",
  "malformed-signature": "IncompleteSignatureException",
  "unknown-key": "UnrecognizedClientException",
  "expired-key": "ExpiredTokenException",
  internal: "InternalServerException",
};

/** Reads the protocol off a request: JSON names its operation in a header, the query protocol posts a form. */
export function protocolOf(headers: Readonly<Record<string, string>>): WireProtocol {
  if (headers["x-amz-target"] !== undefined) return "json";
  const contentType = headers["content-type"] ?? "";
  return contentType.startsWith("application/x-www-form-urlencoded") ? "query" : "rest-json";
}

/** A refusal under the name and status that AWS gives it in this protocol. JSON services answer 400 where others answer 403. */
export function frontRefusal(
  protocol: WireProtocol,
  refusal: FrontRefusal,
  message: string,
): WireError {
  if (protocol === "query") {
    const [status, code] = queryCodes[refusal];
    return { status, code, message };
  }
  const clientStatus = protocol === "json" ? 400 : 403;
  return { status: refusal === "internal" ? 500 : clientStatus, code: jsonCodes[refusal], message };
}

/** An error reply in one of the three protocols. `members` are the error shape's own. */
export function errorReply(
  protocol: WireProtocol,
  error: WireError,
  members: Readonly<Record<string, unknown>> = {},
): ServiceReply {
  switch (protocol) {
    case "rest-json":
      return {
        status: error.status,
        headers: { "content-type": "application/json", "x-amzn-errortype": error.code },
        body: JSON.stringify({ message: error.message, code: error.code, ...members }),
      };
    case "json":
      return {
        status: error.status,
        headers: { "content-type": "application/x-amz-json-1.1" },
        body: JSON.stringify({ __type: error.code, message: error.message, ...members }),
      };
    case "query":
      return {
        status: error.status,
        headers: { "content-type": "text/xml" },
        body: queryErrorBody(error),
      };
  }
}

/** Names of the id of a request in errors of XML: EC2 spells it in its own way. */
const requestIdElements = [
  ["</ErrorResponse>", "RequestId"],
  ["</Response>", "RequestID"],
] as const;

/** A reply with the id of its request, which errors in XML carry in their bodies. */
export function withRequestId(reply: ServiceReply, requestId: string): ServiceReply {
  const text = reply.headers["content-type"]?.startsWith("text/xml") ? reply.body.toString() : "";
  const [end, name] = requestIdElements.find(([one]) => text.endsWith(one)) ?? [];
  if (end === undefined) return reply;
  const body = `${text.slice(0, -end.length)}<${name}>${escapeXml(requestId)}</${name}>${end}`;
  return { ...reply, body };
}

/** The code of an error reply, in whichever protocol it came; nothing for a reply that is no error. */
export function errorCodeOf(reply: ServiceReply): string | undefined {
  if (reply.status < 400) return undefined;
  const header = reply.headers["x-amzn-errortype"];
  const text = reply.body.toString();
  const code =
    header ?? /<Code>([^<]+)<\/Code>/.exec(text)?.[1] ?? /"__type"\s*:\s*"([^"]+)"/.exec(text)?.[1];
  return code?.split("#").at(-1)?.split(":")[0] ?? String(reply.status);
}

function queryErrorBody({ status, code, message }: WireError): string {
  const type = status >= 500 ? "Receiver" : "Sender";
  return (
    `<ErrorResponse><Error><Type>${type}</Type><Code>${escapeXml(code)}</Code>` +
    `<Message>${escapeXml(message)}</Message></Error></ErrorResponse>`
  );
}
