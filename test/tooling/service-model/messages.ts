import type { ServiceReply } from "../../../runtime/rehearsal/services/service.js";
import { loadModel } from "../../support/service-model/model.js";
import { breachesOf, breachTold } from "../../support/service-model/watch.js";

const drs = loadModel("drs");

/** A request of a form, and what is found in its reply of XML. */
export function foundInXml(
  service: "ec2" | "sns" | "sts",
  fields: string,
  reply: ServiceReply,
): readonly string[] {
  return breachesOf(loadModel(service), posted(fields, {}), reply).map(breachTold);
}

/** A request that names its operation in a header, and what is found in its reply. */
export function foundInJson(
  service: "dynamodb" | "service-quotas" | "ssm" | "states",
  target: string,
  body: string,
  reply: ServiceReply,
): readonly string[] {
  const request = posted(body, { "x-amz-target": target });
  return breachesOf(loadModel(service), request, reply).map(breachTold);
}

function posted(body: string, headers: Readonly<Record<string, string>>) {
  const query = new URLSearchParams();
  return { method: "POST", path: "/", query, headers, body: Buffer.from(body) };
}

/** A request to DRS, as it reaches the emulator. */
export function asked(operation: string, body: object | string) {
  return {
    method: "POST",
    path: `/${operation}`,
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  };
}

export function answered(status: number, body: unknown, headers: object = {}): ServiceReply {
  const type = { "content-type": "application/json" };
  return { status, headers: { ...type, ...headers }, body: JSON.stringify(body) };
}

/** An error reply; headers may take its name away again. */
export function refused(
  status: number,
  code: string,
  members: object = {},
  headers: object = {},
): ServiceReply {
  const body = { message: "no", ...members };
  return answered(status, body, { "x-amzn-errortype": code, ...headers });
}

/** What is found in one call of DRS. */
export function found(request: ReturnType<typeof asked>, reply: ServiceReply): readonly string[] {
  return breachesOf(drs, request, reply).map(breachTold);
}

export function patternOf(shapeName: string): string {
  const shape = drs.shapes[shapeName];
  return shape?.type === "string" ? (shape.pattern ?? "") : "";
}
