import type { ServiceReply } from "../../../runtime/rehearsal/services/service.js";
import type { OperationModel, ServiceModel, StructureShape } from "./model.js";
import { onWhole, type Violation } from "./violation.js";
import { walk } from "./walk.js";
import { childOf, parseXml, type XmlElement } from "./xml.js";
import { plainValue, valueOfXml } from "./xml-value.js";

/**
 * What of a reply in XML does not fit its operation. The envelopes are those of Smithy's protocols
 * awsQuery (`OperationResponse`, `ErrorResponse`) and ec2Query (`Response` around errors).
 */
export function xmlReplyViolations(
  model: ServiceModel,
  operation: OperationModel,
  reply: ServiceReply,
): readonly Violation[] {
  const type = contentType(reply);
  const root = rootOf(reply);
  if ("rule" in root) return [...type, root];
  return reply.status >= 400
    ? [...type, ...errorViolations(model, operation, reply, root)]
    : [...type, ...outputViolations(model, operation, reply, root)];
}

function outputViolations(
  model: ServiceModel,
  { name, http, output }: OperationModel,
  { status }: ServiceReply,
  root: XmlElement,
): readonly Violation[] {
  const wanted = http.responseCode ?? 200;
  const isEc2 = model.metadata.protocol === "ec2";
  const result = isEc2 ? withoutRequestId(root) : childOf(root, output?.resultWrapper ?? "");
  const id = isEc2 ? childOf(root, "requestId") : requestIdOf(root);
  const body = result
    ? walk(model, output?.shape ?? "", valueOfXml(model, output?.shape ?? "", result))
    : [onWhole("body", output?.resultWrapper ?? "", plainValue(root), "be the one result")];
  return [
    ...(status === wanted ? [] : [onWhole("status", "status", status, `be ${wanted}`)]),
    ...rootViolations(model, root, `${name}Response`),
    ...requestIdViolations(id),
    ...body,
  ];
}

function errorViolations(
  model: ServiceModel,
  { errors = [] }: OperationModel,
  { status }: ServiceReply,
  root: XmlElement,
): readonly Violation[] {
  const isEc2 = model.metadata.protocol === "ec2";
  const error = isEc2 ? childOf(childOf(root, "Errors") ?? root, "Error") : childOf(root, "Error");
  const code = error && childOf(error, "Code")?.text;
  if (!error || !code) return [onWhole("body", "", plainValue(root), "have one error with a code")];
  if (code === "NotEmulated") {
    return [onWhole("not-emulated", "", code, "call an operation that is emulated")];
  }
  const declared = errors.map(({ shape }) => [shape, codeOf(model, shape)] as const);
  const [shape] = declared.find(([, one]) => one === code) ?? [];
  const type = isEc2 ? undefined : faultOf(status);
  return [
    ...(root.name === (isEc2 ? "Response" : "ErrorResponse")
      ? []
      : [onWhole("body", "", root.name, "be an error by its name")]),
    ...requestIdViolations(childOf(root, isEc2 ? "RequestID" : "RequestId")),
    ...(shape === undefined && !isEc2 ? [undeclared(code, declared)] : []),
    ...(shape === undefined ? [] : statusViolations(model, shape, status)),
    ...memberViolations(error, type),
  ];
}

function undeclared(code: string, declared: readonly (readonly [string, string])[]): Violation {
  const codes = declared.map(([, one]) => one).join(", ");
  return onWhole("undeclared-error", "", code, `declare it, as ${codes}`);
}

/** The error's own members: its code, its message, and whose fault it is where the protocol says so. */
function memberViolations(error: XmlElement, type: string | undefined): readonly Violation[] {
  const given = childOf(error, "Type")?.text;
  const known = ["Code", "Message", ...(type === undefined ? [] : ["Type"])];
  const unknown = error.children.filter(({ name }) => !known.includes(name));
  const message = childOf(error, "Message")?.text;
  return [
    ...unknown.map((child) =>
      onWhole("unknown-member", child.name, plainValue(child), "be a member of its shape"),
    ),
    ...(message ? [] : [onWhole("required-member", "Message", message, "be given")]),
    ...(given === type ? [] : [onWhole("enum", "Type", given, `be ${type}`)]),
  ];
}

function statusViolations(model: ServiceModel, shape: string, status: number) {
  const { error, fault } = Object(model.shapes[shape]) as StructureShape;
  const wanted = error?.httpStatusCode ?? (fault ? 500 : 400);
  return status === wanted
    ? []
    : [{ ...onWhole("status", "status", status, `be ${wanted}`), shape }];
}

/** The code of an error on the wire, which may differ from its shape's name. */
function codeOf({ shapes }: ServiceModel, name: string): string {
  const shape = shapes[name];
  return (shape?.type === "structure" ? shape.error?.code : undefined) ?? name;
}

function faultOf(status: number): string {
  return status >= 500 ? "Receiver" : "Sender";
}

function rootViolations(
  { metadata }: ServiceModel,
  root: XmlElement,
  name: string,
): readonly Violation[] {
  const { xmlns } = root.attributes;
  return [
    ...(root.name === name ? [] : [onWhole("body", "", root.name, `be ${name}`)]),
    ...(xmlns === metadata.xmlNamespace
      ? []
      : [onWhole("namespace", "", xmlns, `be ${metadata.xmlNamespace}`)]),
  ];
}

function requestIdOf(root: XmlElement): XmlElement | undefined {
  const metadata = childOf(root, "ResponseMetadata");
  return metadata && childOf(metadata, "RequestId");
}

function requestIdViolations(id: XmlElement | undefined): readonly Violation[] {
  return id?.text ? [] : [onWhole("request-id", "", id?.text, "carry the id of its request")];
}

function withoutRequestId(root: XmlElement): XmlElement {
  return { ...root, children: root.children.filter(({ name }) => name !== "requestId") };
}

function contentType({ headers }: ServiceReply): readonly Violation[] {
  const given = headers["content-type"] ?? "";
  return /^text\/xml(;charset=UTF-8)?$/.test(given)
    ? []
    : [onWhole("content-type", "content-type", given, "be text/xml")];
}

function rootOf({ body }: ServiceReply): XmlElement | Violation {
  try {
    return parseXml(body.toString());
  } catch (thrown) {
    const expected = `have a body of XML (${thrown instanceof Error ? thrown.message : thrown})`;
    return onWhole("body", "", body.toString(), expected);
  }
}
