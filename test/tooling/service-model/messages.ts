import type { ServiceReply } from "../../../runtime/rehearsal/services/service.js";
import { loadModel } from "../../support/service-model/model.js";
import { breachesOf, breachTold } from "../../support/service-model/watch.js";

const drs = loadModel("drs");

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
