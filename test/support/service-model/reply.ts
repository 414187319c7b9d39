import type { ServiceReply } from "../../../runtime/rehearsal/services/service.js";
import { errorCodeOf } from "../../../runtime/rehearsal/services/wire-errors.js";
import type { OperationModel, ServiceModel, StructureShape } from "./model.js";
import { fromText, structureOf } from "./model.js";
import { onWhole, type Violation } from "./violation.js";
import { isRecord, walk } from "./walk.js";
import { xmlReplyViolations } from "./xml-reply.js";

/** What of a reply does not fit the operation that it answers: status, headers and body. */
export function replyViolations(
  model: ServiceModel,
  operation: OperationModel,
  reply: ServiceReply,
): readonly Violation[] {
  const { protocol } = model.metadata;
  if (protocol === "query" || protocol === "ec2") {
    return xmlReplyViolations(model, operation, reply);
  }
  return reply.status >= 400
    ? errorViolations(model, operation, reply)
    : outputViolations(model, operation, reply);
}

function outputViolations(
  model: ServiceModel,
  { http, output }: OperationModel,
  reply: ServiceReply,
): readonly Violation[] {
  const wanted = http.responseCode ?? 200;
  const status =
    reply.status === wanted ? [] : [onWhole("status", "status", reply.status, `be ${wanted}`)];
  const shape = output?.shape ?? "";
  const isEmpty =
    output === undefined || Object.keys(structureOf(model, shape).members).length === 0;
  const text = reply.body.toString();
  if (isEmpty && (text === "" || (text === "{}" && reply.status !== 204))) return status;
  if (isEmpty) return [...status, onWhole("body", "", text, "have no body")];
  const body = parsed(reply);
  if ("rule" in body) return [...status, body];
  return [...status, ...contentType(model, reply), ...walk(model, shape, body.value)];
}

function errorViolations(
  model: ServiceModel,
  operation: OperationModel,
  reply: ServiceReply,
): readonly Violation[] {
  const code = errorCodeOf(reply) ?? "";
  if (code === "NotEmulated") {
    return [onWhole("not-emulated", "", operation.name, "call an operation that is emulated")];
  }
  const declared = (operation.errors ?? []).map(({ shape }) => shape);
  const shape = model.shapes[code];
  const undeclared = declared.includes(code)
    ? []
    : [onWhole("undeclared-error", "", code, `declare it, as ${declared.join(", ")}`)];
  if (shape?.type !== "structure" || !shape.exception) return undeclared;
  const body = parsed(reply);
  if ("rule" in body) return [...undeclared, body];
  return [
    ...undeclared,
    ...errorStatus(model, code, shape, reply),
    ...contentType(model, reply),
    ...errorHeaders(model, code, shape, reply),
    ...walk(model, code, errorMembers(model, shape, body.value)),
  ];
}

/** Errors of JSON services without a status of their own are 400, or 500 when the service is at fault. */
function errorStatus(
  model: ServiceModel,
  code: string,
  shape: StructureShape,
  { status }: ServiceReply,
): readonly Violation[] {
  const wanted = shape.error?.httpStatusCode ?? (shape.fault ? 500 : 400);
  const isRest = model.metadata.protocol === "rest-json";
  const accepted = isRest ? [wanted] : [wanted, shape.fault ? 500 : 400];
  return accepted.includes(status)
    ? []
    : [{ ...onWhole("status", "status", status, `be ${wanted}`), shape: code }];
}

/** The code in its header where the protocol has one, and members that travel in headers. */
function errorHeaders(
  model: ServiceModel,
  code: string,
  shape: StructureShape,
  { headers }: ServiceReply,
): readonly Violation[] {
  const isRest = model.metadata.protocol === "rest-json";
  const header = headers["x-amzn-errortype"];
  const named =
    isRest && header !== code
      ? [onWhole("error-header", "x-amzn-errortype", header, `be ${code}`)]
      : [];
  const members = Object.values(shape.members).flatMap((member) => {
    const value = headers[(member.locationName ?? "").toLowerCase()];
    if (member.location !== "header" || value === undefined) return [];
    return walk(model, member.shape, fromText(model, member.shape, value), member.locationName);
  });
  return [...named, ...members];
}

/** JSON services name the error in the body, and write its message under either spelling. */
function errorMembers({ metadata }: ServiceModel, shape: StructureShape, body: unknown): unknown {
  if (metadata.protocol === "rest-json" || !isRecord(body)) return body;
  const { __type: _code, message, Message, ...members } = body;
  return { ...members, [shape.members.Message ? "Message" : "message"]: message ?? Message };
}

function contentType(model: ServiceModel, { headers }: ServiceReply): readonly Violation[] {
  const wanted =
    model.metadata.protocol === "rest-json" ? /^application\/json$/ : /^application\/x-amz-json-1/;
  const given = headers["content-type"] ?? "";
  return wanted.test(given)
    ? []
    : [onWhole("content-type", "content-type", given, `match ${wanted.source}`)];
}

function parsed({ body }: ServiceReply): { readonly value: unknown } | Violation {
  try {
    return { value: JSON.parse(body.toString()) };
  } catch {
    return onWhole("body", "", body.toString(), "have a body of JSON");
  }
}
