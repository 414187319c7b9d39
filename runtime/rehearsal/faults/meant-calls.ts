import { startsJob } from "../services/drs/routes.js";
import type { CallAtGateway } from "../services/gateway.js";
import { hexOf } from "../services/hashing.js";
import { queryForm } from "../services/query-protocol.js";
import type { ServiceRequest } from "../services/service.js";
import type { CallFault } from "./call-kinds.js";

/** A call that faults are drawn for. */
export interface DrawnCall extends CallAtGateway {
  /** How often the very same was asked before at the same moment, by callers that do not count their attempts. */
  readonly repeats: number;
}

/** Services of a lane: what is dark with it, and whose clock is its own. */
const laneServices: ReadonlySet<string> = new Set(["drs", "servicequotas"]);

/** Whether a fault is meant for a call, whenever it comes. */
export function isMeant(fault: CallFault, call: CallAtGateway): boolean {
  const { request, operation } = call;
  const lane = { account: request.principal.account, region: request.region };
  switch (fault.kind) {
    case "dark-lane":
      return laneServices.has(request.service) && isIn(fault, lane);
    case "clock-skew":
      return request.service === "drs" && isIn(fault, lane);
    case "refused-credentials":
      return operation === "AssumeRole" && isIn(fault, { ...lane, account: accountAsked(request) });
    case "stale-read":
      return isRead(call) && isChosen(fault, call);
    case "hidden-job":
      return request.service === "drs" && startsJob(operation) && isChosen(fault, call);
    default:
      return isChosen(fault, call);
  }
}

/** Account and Region that a call is made in, as one name. */
export function laneOf({ principal, region }: ServiceRequest): string {
  return `${principal.account}/${region}`;
}

/** What is asked of whom, when, and in which attempt. Calls that are made side by side differ in it. */
export function keyOf({ request, operation, repeats }: DrawnCall, sinceSeconds: number): string {
  const { service, path, body, headers } = request;
  const attempt = /attempt=(\d+)/.exec(headers["amz-sdk-request"] ?? "")?.[1] ?? "1";
  const asked = [service, operation, laneOf(request), path, body.toString(), sinceSeconds, attempt];
  return repeats === 0 ? hexOf(...asked) : hexOf(...asked, repeats);
}

function isChosen(
  { calls }: Extract<CallFault, { readonly calls: object }>,
  { request, operation }: CallAtGateway,
): boolean {
  const isService = calls.service === undefined || calls.service === request.service;
  const isOperation = calls.operation === undefined || calls.operation === operation;
  const lane = { account: request.principal.account, region: request.region };
  return isService && isOperation && isIn(calls, lane);
}

function isIn(
  wanted: { readonly account?: string | undefined; readonly region?: string | undefined },
  { account, region }: { readonly account: string; readonly region: string },
): boolean {
  const isAccount = wanted.account === undefined || wanted.account === account;
  return isAccount && (wanted.region === undefined || wanted.region === region);
}

/** Account of the role that AssumeRole asks for. */
function accountAsked(request: ServiceRequest): string {
  return queryForm(request).get("RoleArn")?.split(":")[4] ?? "";
}

function isRead({ request, operation }: CallAtGateway): boolean {
  return request.service === "drs" && operation.startsWith("Describe");
}
