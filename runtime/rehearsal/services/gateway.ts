import { createServer, type RequestListener } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../core/ports.js";
import type { Timeline } from "../clock.js";
import { jsonRefusal, UnreadableBody } from "./json-protocol.js";
import { notEmulated, operationGuess } from "./not-emulated.js";
import { ReplyLost } from "./reply-lost.js";
import type {
  CallRecord,
  EmulatedService,
  NeededRight,
  Principal,
  ServiceReply,
  ServiceRequest,
} from "./service.js";
import type { Sessions, ValidKey } from "./sessions.js";
import { signatureScope } from "./signature.js";
import {
  errorCodeOf,
  errorReply,
  type FrontRefusal,
  frontRefusal,
  protocolOf,
  withRequestId,
} from "./wire-errors.js";
import { readRequest, sendReply, type WireReply, type WireRequest } from "./wire-exchange.js";

/** What IAM says to one right. */
export interface RightDecision {
  readonly allowed: boolean;
  /** For the message of a denial: `no identity-based policy allows the drs:StartRecovery action`. */
  readonly reason: string;
}

/** A request that a known key has signed, before its service sees it. */
export interface CallAtGateway {
  readonly request: ServiceRequest;
  readonly operation: string;
}

export interface GatewayOptions {
  readonly services: readonly EmulatedService[];
  readonly sessions: Sessions;
  authorize(principal: Principal, right: NeededRight): RightDecision;
  readonly timeline: Timeline;
  onCall(record: CallRecord): void;
  /** Sees every request that was signed by a known key, before anything is decided about it. */
  onArrival?(request: ServiceRequest): void;
  /**
   * Stands between every call and its service: the one place where faults meet calls. It may answer by
   * itself, change the request or the reply, or throw `ReplyLost` before or after the service answered.
   */
  around?(
    call: CallAtGateway,
    answer: (request: ServiceRequest) => Promise<ServiceReply>,
  ): Promise<ServiceReply>;
  /**
   * Real time before each reply, for benchmarks.
   *
   * @unit milliseconds
   * @defaultValue 0
   */
  readonly latencyMs?: number;
  /** Sees every request that was signed by a known key, with its reply. */
  trace?(request: ServiceRequest, reply: ServiceReply): void;
  /** Hears of exceptions inside services. Standard error when absent. */
  readonly log?: Pick<Log, "error">;
}

export interface Gateway {
  /** What `AWS_ENDPOINT_URL` is set to. */
  readonly url: string;
  readonly port: number;
  /** Answers a request that comes without a socket; rejects where the connection would be cut. */
  exchange(request: WireRequest): Promise<WireReply>;
  close(): Promise<void>;
}

/**
 * Puts emulated services behind one address on 127.0.0.1. Service, account and Region of a request
 * come from its signature; nothing is done before IAM allowed every right that the service names.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const front = new Front(options);
  const server = createServer(listenerOf(front));
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error(`The gateway must listen on a port, got ${String(address)}.`);
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    exchange: (request) => options.timeline.hold(front.exchange(request)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What {@link startGateway} does with a request, for servers that listen elsewhere. */
export function gatewayListener(options: GatewayOptions): RequestListener {
  return listenerOf(new Front(options));
}

function listenerOf(front: Front): RequestListener {
  return (message, response) => {
    const served = readRequest(message)
      .then((request) => front.exchange(request))
      .then((reply) => sendReply(response, reply))
      .catch(() => response.destroy());
    void front.options.timeline.hold(served);
  };
}

class Front {
  readonly options: GatewayOptions;
  private readonly services: ReadonlyMap<string, EmulatedService>;
  private readonly log: Pick<Log, "error">;
  private requests = 0;

  constructor(options: GatewayOptions) {
    this.options = options;
    this.services = new Map(
      options.services.flatMap((service) => service.signingNames.map((name) => [name, service])),
    );
    this.log = options.log ?? standardError;
  }

  /** Rejects where the connection is to be cut; the log has the reason, where nobody wanted that. */
  async exchange(request: WireRequest): Promise<WireReply> {
    this.requests += 1;
    const requestId = `00000000-0000-4000-8000-${String(this.requests).padStart(12, "0")}`;
    const headers = { ...request.headers, "x-amzn-requestid": requestId };
    try {
      const reply = await this.replyTo({ ...request, headers });
      if (this.options.latencyMs) await delay(this.options.latencyMs);
      return this.dated(requestId, reply);
    } catch (error) {
      if (!(error instanceof ReplyLost)) this.log.error("gateway failed", fieldsOf(error));
      throw error;
    }
  }

  private async replyTo(incoming: WireRequest): Promise<ServiceReply> {
    const request = this.identify(incoming);
    if ("status" in request) return request;
    this.options.onArrival?.(request);
    const service = this.services.get(request.service);
    const record = this.recordOf(request, service);
    if (!service) {
      const reply = notEmulated(request);
      this.options.onCall({ ...record, status: reply.status, error: "NotEmulated" });
      return reply;
    }
    try {
      const met = await this.meet({ request, operation: record.operation }, service);
      const reply = withRequestId(met, request.headers["x-amzn-requestid"] ?? "");
      const error = errorCodeOf(reply);
      this.options.onCall({ ...record, status: reply.status, ...(error && { error }) });
      this.options.trace?.(request, reply);
      return reply;
    } catch (error) {
      if (!(error instanceof ReplyLost)) throw error;
      this.options.onCall({ ...record, status: 0, error: error.name });
      throw error;
    }
  }

  /** The request with its principal, or the refusal that AWS answers before any service looks. */
  private identify(incoming: WireRequest): ServiceRequest | ServiceReply {
    const protocol = protocolOf(incoming.headers);
    const refuse = (refusal: FrontRefusal, message: string): ServiceReply =>
      errorReply(protocol, frontRefusal(protocol, refusal, message));
    const authorization = incoming.headers.authorization;
    if (!authorization) return refuse("missing-signature", "Missing Authentication Token");
    const scope = signatureScope(authorization);
    if (!scope) {
      return refuse(
        "malformed-signature",
        "Authorization header is no complete AWS4-HMAC-SHA256 signature",
      );
    }
    const now = this.options.timeline.now();
    const holder = this.options.sessions.principalOf(scope.accessKeyId, now);
    if (holder.kind === "expired") {
      return refuse("expired-key", "The security token included in the request is expired");
    }
    const token = incoming.headers["x-amz-security-token"];
    if (holder.kind === "unknown" || !isTokenOf(holder, token)) {
      return refuse("unknown-key", "The security token included in the request is invalid.");
    }
    const { service, region } = scope;
    return { ...incoming, service, region, principal: holder.principal };
  }

  private meet(call: CallAtGateway, service: EmulatedService): Promise<ServiceReply> {
    const answer = (request: ServiceRequest): Promise<ServiceReply> =>
      this.answer(request, service);
    return this.options.around?.(call, answer) ?? answer(call.request);
  }

  private async answer(request: ServiceRequest, service: EmulatedService): Promise<ServiceReply> {
    try {
      for (const right of service.rightsOf(request)) {
        const denial = this.denialOf(request, right);
        if (denial) return service.denied(request, denial);
      }
      return await service.answer(request);
    } catch (error) {
      if (error instanceof UnreadableBody) {
        return jsonRefusal(400, "SerializationException", error.message);
      }
      this.log.error("emulated service failed", {
        service: request.service,
        path: request.path,
        ...fieldsOf(error),
      });
      const protocol = protocolOf(request.headers);
      const message = "The emulator failed; its log says why.";
      return errorReply(protocol, frontRefusal(protocol, "internal", message));
    }
  }

  private denialOf(request: ServiceRequest, right: NeededRight): string | undefined {
    const context = { ...globalContext(request), ...right.context };
    const decision = this.options.authorize(request.principal, { ...right, context });
    if (decision.allowed) return undefined;
    return (
      `User: ${request.principal.arn} is not authorized to perform: ${right.action} ` +
      `on resource: ${right.resources[0] ?? "*"} because ${decision.reason}`
    );
  }

  private recordOf(
    request: ServiceRequest,
    service: EmulatedService | undefined,
  ): Omit<CallRecord, "status" | "error"> {
    return {
      atMs: this.options.timeline.now(),
      service: request.service,
      operation: service ? operationOf(request, service) : operationGuess(request),
      account: request.principal.account,
      region: request.region,
      roleArn: request.principal.roleArn,
    };
  }

  private dated(requestId: string, reply: ServiceReply): WireReply {
    const body = Buffer.from(reply.body);
    const headers = {
      ...reply.headers,
      ...(reply.status !== 204 && { "content-length": String(body.length) }),
      date: new Date(this.options.timeline.now()).toUTCString(),
      "x-amzn-requestid": requestId,
    };
    return { status: reply.status, headers, body };
  }
}

/** Condition keys that every request carries. The emulators speak HTTP where AWS would be asked over TLS. */
function globalContext(request: ServiceRequest): Readonly<Record<string, string>> {
  return {
    "aws:PrincipalAccount": request.principal.account,
    "aws:PrincipalArn": request.principal.roleArn,
    "aws:RequestedRegion": request.region,
    "aws:SecureTransport": "true",
    "aws:ViaAWSService": "false",
  };
}

function isTokenOf({ sessionToken }: ValidKey, token: string | undefined): boolean {
  return sessionToken === undefined || sessionToken === token;
}

function operationOf(request: ServiceRequest, service: EmulatedService): string {
  try {
    return service.operationOf(request);
  } catch {
    return "unknown";
  }
}

function fieldsOf(error: unknown): Readonly<Record<string, unknown>> {
  return { cause: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

const standardError: Pick<Log, "error"> = {
  error: (message, fields) => {
    process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
  },
};
