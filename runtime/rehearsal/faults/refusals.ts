import type { ServiceReply, ServiceRequest } from "../services/service.js";
import { errorReply, frontRefusal, protocolOf, type WireError } from "../services/wire-errors.js";

type Refused = "throttled" | "failed";

/** Codes under which the services throttle and fail, where they differ from their protocol's usual ones. */
const codes: Readonly<Record<string, Readonly<Record<Refused, readonly [number, string]>>>> = {
  drs: { throttled: [429, "ThrottlingException"], failed: [500, "InternalServerException"] },
  dynamodb: { throttled: [400, "ThrottlingException"], failed: [500, "InternalServerError"] },
  servicequotas: {
    throttled: [400, "TooManyRequestsException"],
    failed: [500, "ServiceException"],
  },
  sns: { throttled: [429, "Throttled"], failed: [500, "InternalError"] },
  states: { throttled: [400, "ThrottlingException"], failed: [500, "InternalFailure"] },
  sts: { throttled: [400, "Throttling"], failed: [500, "InternalFailure"] },
};

/** The reply by which a service says that it is asked too often. DRS alone says for how long. */
export function throttled(request: ServiceRequest, retryAfterSeconds: number): ServiceReply {
  const reply = refusal(request, "throttled", "Rate exceeded");
  return { ...reply, headers: { ...reply.headers, "retry-after": String(retryAfterSeconds) } };
}

/** The reply by which a service says that it failed. */
export function failed(request: ServiceRequest): ServiceReply {
  return refusal(request, "failed", "Internal server error");
}

/** What AWS answers before any service looks: the session is over. */
export function expiredToken({ headers }: ServiceRequest): ServiceReply {
  const protocol = protocolOf(headers);
  const message = "The security token included in the request is expired";
  return errorReply(protocol, frontRefusal(protocol, "expired-key", message));
}

/** STS will not give credentials, as under a service control policy that somebody has just changed. */
export function deniedByPolicy({ headers, principal }: ServiceRequest): ServiceReply {
  const message =
    `User: ${principal.arn} is not authorized to perform: sts:AssumeRole ` +
    "with an explicit deny in a service control policy";
  return errorReply(protocolOf(headers), { status: 403, code: "AccessDenied", message });
}

function refusal(request: ServiceRequest, refused: Refused, message: string): ServiceReply {
  const [status, code] = codes[request.service]?.[refused] ?? [500, "InternalFailure"];
  const error: WireError = { status, code, message };
  const members = request.service === "drs" ? { serviceCode: "drs" } : {};
  return errorReply(protocolOf(request.headers), error, members);
}
