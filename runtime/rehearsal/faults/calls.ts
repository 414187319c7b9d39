import { setTimeout as delay } from "node:timers/promises";
import { lateArrival } from "../../limits.js";
import type { RunningInvocation } from "../lambda/host.js";
import type { CallAtGateway } from "../services/gateway.js";
import { hexOf } from "../services/hashing.js";
import { queryForm } from "../services/query-protocol.js";
import { ReplyLost } from "../services/reply-lost.js";
import type { ServiceReply, ServiceRequest } from "../services/service.js";
import type { Course } from "./course.js";
import { isWithin, Lot } from "./lot.js";
import type { Fault, FaultKind, FaultOf } from "./profile.js";
import { deniedByPolicy, expiredToken, failed, throttled } from "./refusals.js";
import { skewedReply, skewedRequest } from "./skew.js";

type CallFault = FaultOf<
  | "throttling"
  | "internal-error"
  | "lost-reply"
  | "lost-call"
  | "late-call"
  | "death"
  | "time-out"
  | "expired-token"
  | "refused-credentials"
  | "dark-lane"
>;

const kindsOfCalls: ReadonlySet<FaultKind> = new Set<CallFault["kind"]>([
  "throttling",
  "internal-error",
  "lost-reply",
  "lost-call",
  "late-call",
  "death",
  "time-out",
  "expired-token",
  "refused-credentials",
  "dark-lane",
]);

/** What a service would answer. */
type Answer = (request: ServiceRequest) => Promise<ServiceReply>;

/** Looks in a row that must see no call under way before a function dies, on the clock of this machine. */
const quietChecks = 8;
const millisecondsBetweenChecks = 4;

/** Services of a lane: what is dark with it, and whose clock is its own. */
const laneServices: ReadonlySet<string> = new Set(["drs", "servicequotas"]);

/** The faults that meet calls on their way through the gateway; the first in the profile that falls happens. */
export class CallFaults {
  private readonly course: Course;
  private inFlight = 0;
  private readonly faults: readonly { readonly fault: CallFault; readonly lot: Lot }[];
  private readonly stale: readonly { readonly fault: FaultOf<"stale-read">; readonly lot: Lot }[];
  private readonly skews: readonly FaultOf<"clock-skew">[];

  constructor(course: Course, faults: readonly Fault[]) {
    this.course = course;
    const lotOf = (fault: CallFault | FaultOf<"stale-read">): Lot =>
      new Lot(fault, course.seed, "fault", faults.indexOf(fault));
    this.faults = faults.filter(isOfCalls).map((fault) => ({ fault, lot: lotOf(fault) }));
    this.stale = faults
      .filter((fault) => fault.kind === "stale-read")
      .map((fault) => ({ fault, lot: lotOf(fault) }));
    this.skews = faults.filter((fault) => fault.kind === "clock-skew");
  }

  /** Lets a call reach its service, or not, and its reply arrive, or not. */
  async around(call: CallAtGateway, answer: Answer): Promise<ServiceReply> {
    this.inFlight += 1;
    try {
      return await this.fate(call, answer);
    } finally {
      this.inFlight -= 1;
    }
  }

  private fate(call: CallAtGateway, answer: Answer): Promise<ServiceReply> {
    if (this.course.runsAside()) return this.fateAside(call, answer);
    const skew = this.skewOf(call);
    const reached = async (): Promise<ServiceReply> => {
      const request = this.aged(call);
      if (skew === 0) return answer(request);
      return skewedReply(await answer(skewedRequest(request, skew)), skew);
    };
    const sinceSeconds = this.course.sinceSeconds();
    if (sinceSeconds === undefined) return reached();
    this.course.seen(`${call.request.service}:${call.operation}`);
    const key = keyOf(call, sinceSeconds);
    const met = this.faults.find(
      ({ fault, lot }) => isMeant(fault, call) && lot.falls(key, sinceSeconds),
    );
    return met ? this.meet(met.fault, call, reached) : reached();
  }

  /** What runs besides the execution meets what befalls a lane, and nothing that is meant for the execution. */
  private async fateAside(call: CallAtGateway, answer: Answer): Promise<ServiceReply> {
    const sinceSeconds = this.course.sinceSeconds();
    if (sinceSeconds === undefined) return answer(call.request);
    const met = this.faults.find(
      ({ fault }) => isOfLanes(fault) && isMeant(fault, call) && isWithin(fault, sinceSeconds),
    );
    if (met?.fault.kind === "refused-credentials") return deniedByPolicy(call.request);
    if (met?.fault.kind !== "dark-lane") return answer(call.request);
    await this.stayDark(met.fault, call.request, this.course.disturbedAside());
    throw new ReplyLost(call.operation);
  }

  private meet(
    fault: CallFault,
    { request, operation }: CallAtGateway,
    answer: () => Promise<ServiceReply>,
  ): Promise<ServiceReply> {
    const running = this.course.disturbed(fault.kind);
    const lost = new ReplyLost(operation);
    switch (fault.kind) {
      case "throttling":
        return Promise.resolve(throttled(request, fault.retryAfterSeconds ?? 1));
      case "expired-token":
        return Promise.resolve(expiredToken(request));
      case "refused-credentials":
        return Promise.resolve(deniedByPolicy(request));
      case "internal-error":
        return fault.when === "after"
          ? answer().then(() => failed(request))
          : Promise.resolve(failed(request));
      case "lost-call":
        return Promise.reject(lost);
      case "lost-reply":
        return answer().then(() => Promise.reject(lost));
      case "death":
      case "time-out":
        return this.die(fault, running, lost, answer);
      case "late-call":
        this.course.after(fault.afterSeconds, () => this.course.held(answer()));
        return this.die({ kind: "death", when: "before" }, running, lost, answer);
      case "dark-lane":
        return this.stayDark(fault, request, running).then(() => Promise.reject(lost));
    }
  }

  private async die(
    { kind, when }: Pick<FaultOf<"death" | "time-out">, "kind" | "when">,
    running: RunningInvocation | undefined,
    lost: ReplyLost,
    answer: () => Promise<ServiceReply>,
  ): Promise<never> {
    if (when === "after") await answer();
    await this.siblings();
    await running?.end(kind === "death" ? "exit" : "time-out");
    throw lost;
  }

  private async stayDark(
    { how }: FaultOf<"dark-lane">,
    request: ServiceRequest,
    running: RunningInvocation | undefined,
  ): Promise<void> {
    if (how === "refuses") return;
    await running?.spend(laneOf(request), lateArrival.httpTimeoutSeconds);
  }

  /**
   * Waits for the calls that are made side by side with this one, so that a death comes after them: else
   * it would depend on the threads of this machine which of them got through.
   */
  private async siblings(): Promise<void> {
    this.inFlight -= 1;
    for (let quiet = 0; quiet < quietChecks; quiet = this.inFlight > 0 ? 0 : quiet + 1) {
      await delay(millisecondsBetweenChecks);
    }
    this.inFlight += 1;
  }

  /** The request, to be answered from the past where a stale read falls on it. */
  private aged(call: CallAtGateway): ServiceRequest {
    const sinceSeconds = this.course.sinceSeconds();
    if (sinceSeconds === undefined || !isRead(call)) return call.request;
    const met = this.stale.find(
      ({ fault, lot }) =>
        isMeant(fault, call) && lot.falls(keyOf(call, sinceSeconds), sinceSeconds),
    );
    if (!met) return call.request;
    this.course.disturbed("stale-read");
    return { ...call.request, asOfSecondsAgo: met.fault.seconds };
  }

  private skewOf(call: CallAtGateway): number {
    const sinceSeconds = this.course.sinceSeconds();
    if (sinceSeconds === undefined || call.request.service !== "drs") return 0;
    const met = this.skews.find((fault) => isMeant(fault, call) && isWithin(fault, sinceSeconds));
    if (met) this.course.count("clock-skew");
    return met?.seconds ?? 0;
  }
}

function isOfCalls(fault: Fault): fault is CallFault {
  return kindsOfCalls.has(fault.kind);
}

function isOfLanes({ kind }: CallFault): boolean {
  return kind === "dark-lane" || kind === "refused-credentials";
}

function isMeant(
  fault: CallFault | FaultOf<"stale-read" | "clock-skew">,
  call: CallAtGateway,
): boolean {
  const { request, operation } = call;
  const lane = { account: request.principal.account, region: request.region };
  switch (fault.kind) {
    case "dark-lane":
    case "clock-skew":
      return laneServices.has(request.service) && isIn(fault, lane);
    case "refused-credentials":
      return operation === "AssumeRole" && isIn(fault, { ...lane, account: accountAsked(request) });
    default: {
      const { calls } = fault;
      const isService = calls.service === undefined || calls.service === request.service;
      const isOperation = calls.operation === undefined || calls.operation === operation;
      return isService && isOperation && isIn(calls, lane);
    }
  }
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

function laneOf({ principal, region }: ServiceRequest): string {
  return `${principal.account}/${region}`;
}

/** What is asked of whom, when, and in which attempt. Calls that are made side by side differ in it. */
function keyOf({ request, operation }: CallAtGateway, sinceSeconds: number): string {
  const { service, path, body, headers } = request;
  const attempt = /attempt=(\d+)/.exec(headers["amz-sdk-request"] ?? "")?.[1] ?? "1";
  return hexOf(service, operation, laneOf(request), path, body.toString(), sinceSeconds, attempt);
}
