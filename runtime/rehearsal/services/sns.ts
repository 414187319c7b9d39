import type { Instant } from "../../core/instant.js";
import type { Clock } from "../../core/ports.js";
import { hexOf } from "./hashing.js";
import { queryForm, queryOperation } from "./query-protocol.js";
import type { EmulatedService, ServiceReply, ServiceRequest } from "./service.js";
import { errorReply } from "./wire-errors.js";
import { queryResultBody } from "./xml.js";

const namespace = "http://sns.amazonaws.com/doc/2010-03-31/";

/** Source: Amazon SNS API Reference, Publish. */
const maxMessageBytes = 262_144;
const maxSubjectCharacters = 100;

/** A message that somebody published. */
export interface PublishedMessage {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subject?: string;
  readonly message: string;
  /** Role that published it. */
  readonly by: string;
  readonly at: Instant;
}

export interface SnsOptions {
  readonly clock: Clock;
  topicExists(topicArn: string): boolean;
}

export interface SnsEmulator extends EmulatedService {
  /** Everything published so far, oldest first. */
  published(): readonly PublishedMessage[];
}

/** SNS: Publish, recorded and delivered to nobody. */
export function createSns(options: SnsOptions): SnsEmulator {
  const published: PublishedMessage[] = [];
  return {
    signingNames: ["sns"],
    operationOf: queryOperation,
    rightsOf(request) {
      if (queryOperation(request) !== "Publish") return [];
      const resources = [queryForm(request).get("TopicArn") ?? "*"];
      return [{ action: "sns:Publish", resources, context: {} }];
    },
    async answer(request) {
      const operation = queryOperation(request);
      if (operation !== "Publish") {
        return refuse(501, "NotEmulated", `Action must be an emulated one, got "${operation}".`);
      }
      const problem = problemOf(options, request);
      if (problem) return problem;
      const message = messageOf(request, options.clock.now(), published.length);
      published.push(message);
      const result = `<MessageId>${message.messageId}</MessageId>`;
      const requestId = request.headers["x-amzn-requestid"] ?? "";
      return {
        status: 200,
        headers: { "content-type": "text/xml" },
        body: queryResultBody(namespace, "Publish", result, requestId),
      };
    },
    denied: (_request, message) => refuse(403, "AuthorizationError", message),
    published: () => [...published],
  };
}

function problemOf(options: SnsOptions, request: ServiceRequest): ServiceReply | undefined {
  const form = queryForm(request);
  const topicArn = form.get("TopicArn") ?? "";
  const message = form.get("Message") ?? "";
  const subject = form.get("Subject");
  if (message === "") return refuse(400, "InvalidParameter", "Invalid parameter: Empty message");
  if (Buffer.byteLength(message) > maxMessageBytes) {
    return refuse(400, "InvalidParameter", "Invalid parameter: Message too long");
  }
  const isSubjectValid =
    subject === null || (subject.length <= maxSubjectCharacters && /^[\x20-\x7e]+$/.test(subject));
  if (!isSubjectValid) return refuse(400, "InvalidParameter", "Invalid parameter: Subject");
  if (!options.topicExists(topicArn)) return refuse(404, "NotFound", "Topic does not exist");
  return undefined;
}

function messageOf(request: ServiceRequest, at: Instant, count: number): PublishedMessage {
  const form = queryForm(request);
  const topicArn = form.get("TopicArn") ?? "";
  const subject = form.get("Subject");
  const digits = hexOf("message", topicArn, count);
  return {
    messageId: digits.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
    topicArn,
    message: form.get("Message") ?? "",
    ...(subject !== null && { subject }),
    by: request.principal.roleArn,
    at,
  };
}

function refuse(status: number, code: string, message: string): ServiceReply {
  return errorReply("query", { status, code, message });
}
