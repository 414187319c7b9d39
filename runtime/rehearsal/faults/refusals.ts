import { Refusal } from "../services/drs/refusal.js";
import { ec2Error } from "../services/not-emulated.js";
import type { ServiceReply, ServiceRequest } from "../services/service.js";
import { errorReply, frontRefusal, protocolOf, type WireError } from "../services/wire-errors.js";

type Refused = "throttled" | "failed";

/** Codes under which the services throttle and fail. Those of DRS, its errors know themselves. */
const codes: Readonly<Record<string, Readonly<Record<Refused, readonly [number, string]>>>> = {
  dynamodb: { throttled: [400, "ThrottlingException"], failed: [500, "InternalServerError"] },
  ec2: { throttled: [503, "RequestLimitExceeded"], failed: [500, "InternalError"] },
  servicequotas: {
    throttled: [400, "TooManyRequestsException"],
    failed: [500, "ServiceException"],
  },
  sns: { throttled: [429, "Throttled"], failed: [500, "InternalError"] },
  ssm: { throttled: [400, "ThrottlingException"], failed: [500, "InternalServerError"] },
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
export function expiredToken(request: ServiceRequest): ServiceReply {
  const message = "The security token included in the request is expired";
  return replyOf(request, frontRefusal(protocolOf(request.headers), "expired-key", message));
}

/** STS will not give credentials, as under a service control policy that somebody has just changed. */
export function deniedByPolicy({ headers, principal }: ServiceRequest): ServiceReply {
  const message =
    `User: ${principal.arn} is not authorized to perform: sts:AssumeRole ` +
    "with an explicit deny in a service control policy";
  return errorReply(protocolOf(headers), { status: 403, code: "AccessDenied", message });
}

function refusal(request: ServiceRequest, refused: Refused, message: string): ServiceReply {
  if (request.service === "drs") return refusalOfDrs(refused, message).reply();
  const [status, code] = codes[request.service]?.[refused] ?? [500, "InternalFailure"];
  return replyOf(request, { status, code, message });
}

function replyOf({ service, headers }: ServiceRequest, error: WireError): ServiceReply {
  return service === "ec2" ? ec2Error(error) : errorReply(protocolOf(headers), error);
}

function refusalOfDrs(refused: Refused, message: string): Refusal {
  return refused === "throttled"
    ? new Refusal("ThrottlingException", message, { members: { serviceCode: "drs" } })
    : new Refusal("InternalServerException", message);
}
