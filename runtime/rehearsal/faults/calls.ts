import { setTimeout as delay } from "node:timers/promises";
import { lateArrival } from "../../limits.js";
import type { RunningInvocation } from "../lambda/host.js";
import type { CallAtGateway } from "../services/gateway.js";
import { ReplyLost } from "../services/reply-lost.js";
import type { ServiceReply, ServiceRequest } from "../services/service.js";
import { ArmedFault } from "./armed-fault.js";
import { type CallFault, type DecidingFault, decidingKinds, isOfCalls } from "./call-kinds.js";
import type { Course } from "./course.js";
import { type DrawnCall, keyOf, laneOf } from "./meant-calls.js";
import type { Fault, FaultOf } from "./profile.js";
import { deniedByPolicy, expiredToken, failed, throttled } from "./refusals.js";
import { Repeats } from "./repeats.js";
import { skewedReply, skewedRequest } from "./skew.js";

/** What a service would answer. */
type Answer = (request: ServiceRequest) => Promise<ServiceReply>;

/** Looks in a row that must see no call under way before a function dies, on the clock of this machine. */
const quietChecks = 8;
const millisecondsBetweenChecks = 4;

/**
 * The faults that meet calls on their way through the gateway. Of those that decide what becomes of a call,
 * the first that falls happens; those that change an answer come on top.
 */
export class CallFaults {
  private readonly course: Course;
  private readonly repeats = new Repeats();
  private armed: readonly ArmedFault[];
  private places: number;
  private inFlight = 0;

  /** Begins with the faults of a profile. */
  constructor(course: Course, faults: readonly Fault[] = []) {
    this.course = course;
    this.armed = faults.flatMap((fault, place) =>
      isOfCalls(fault) ? [new ArmedFault(fault, { seed: course.seed, place, atSeconds: 0 })] : [],
    );
    this.places = faults.length;
  }

  /** Puts a fault in force from now on, behind the others. */
  arm(fault: CallFault): void {
    const { seed } = this.course;
    const atSeconds = this.course.sinceSeconds() ?? 0;
    this.armed = [...this.armed, new ArmedFault(fault, { seed, place: this.places, atSeconds })];
    this.places += 1;
  }

  /** Faults in force, in their order, and how often each fell. */
  inForce(): readonly Pick<ArmedFault, "fault" | "fallen">[] {
    return this.armed;
  }

  /** Takes all of them back. */
  disarm(): void {
    this.armed = [];
  }

  /** Lets a call reach its service, or not, and its reply arrive, or not. */
  async around(call: CallAtGateway, answer: Answer): Promise<ServiceReply> {
    this.inFlight += 1;
    try {
      return await this.fate({ ...call, repeats: this.repeatsOf(call) }, answer);
    } finally {
      this.inFlight -= 1;
    }
  }

  private repeatsOf(call: CallAtGateway): number {
    const sinceSeconds = this.course.sinceSeconds();
    if (sinceSeconds === undefined || !this.course.hasUnknownCallers) return 0;
    return this.repeats.count(keyOf({ ...call, repeats: 0 }, sinceSeconds), sinceSeconds);
  }

  private fate(call: DrawnCall, answer: Answer): Promise<ServiceReply> {
    if (this.course.runsAside()) return this.fateAside(call, answer);
    const skew = this.skewOf(call);
    const reached = async (): Promise<ServiceReply> => {
      const request = this.changed(call);
      if (skew === 0) return answer(request);
      return skewedReply(await answer(skewedRequest(request, skew)), skew);
    };
    const sinceSeconds = this.course.sinceSeconds();
    if (sinceSeconds === undefined) return reached();
    this.course.seen(`${call.request.service}:${call.operation}`);
    const met = this.firstOf(decidingKinds, call, sinceSeconds);
    return met ? this.meet(met, call, reached) : reached();
  }

  /** The first fault of these kinds that falls on a call. */
  private firstOf<Kind extends CallFault["kind"]>(
    kinds: readonly Kind[],
    call: DrawnCall,
    sinceSeconds: number,
  ): FaultOf<Kind> | undefined {
    const isWanted = (fault: Fault): fault is FaultOf<Kind> =>
      kinds.some((kind) => kind === fault.kind);
    const wanted = this.armed.filter(({ fault }) => isWanted(fault));
    if (wanted.length === 0) return undefined;
    const key = keyOf(call, sinceSeconds);
    const fault = wanted.find((one) => one.fallsOn(call, key, sinceSeconds))?.fault;
    return fault && isWanted(fault) ? fault : undefined;
  }

  /** What runs besides the execution meets what befalls a lane, and nothing that is meant for the execution. */
  private async fateAside(call: DrawnCall, answer: Answer): Promise<ServiceReply> {
    const sinceSeconds = this.course.sinceSeconds();
    if (sinceSeconds === undefined) return answer(call.request);
    const met = this.armed.find(
      (one) => isOfLanes(one.fault) && one.isOpenTo(call, sinceSeconds),
    )?.fault;
    if (met?.kind === "refused-credentials") return deniedByPolicy(call.request);
    if (met?.kind !== "dark-lane") return answer(call.request);
    await this.stayDark(met, call.request, this.course.disturbedAside());
    throw new ReplyLost(call.operation);
  }

  private meet(
    fault: DecidingFault,
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
    if (this.course.hasUnknownCallers) await this.course.sleep(lateArrival.httpTimeoutSeconds);
    await running?.spend(laneOf(request), lateArrival.httpTimeoutSeconds);
  }

  /**
   * Waits for the calls that are made side by side with this one, so that a death comes after them: else
   * it would depend on the threads of this machine which of them got through. Where nobody knows who calls,
   * nobody dies.
   */
  private async siblings(): Promise<void> {
    if (this.course.hasUnknownCallers) return;
    this.inFlight -= 1;
    for (let quiet = 0; quiet < quietChecks; quiet = this.inFlight > 0 ? 0 : quiet + 1) {
      await delay(millisecondsBetweenChecks);
    }
    this.inFlight += 1;
  }

  /** The request: to be answered from the past, or with a hidden job, where such faults fall on it. */
  private changed(call: DrawnCall): ServiceRequest {
    const sinceSeconds = this.course.sinceSeconds();
    if (sinceSeconds === undefined) return call.request;
    const stale = this.firstOf(["stale-read"], call, sinceSeconds);
    const hidden = this.firstOf(["hidden-job"], call, sinceSeconds);
    for (const met of [stale, hidden]) if (met) this.course.disturbed(met.kind);
    return {
      ...call.request,
      ...(stale && { asOfSecondsAgo: stale.seconds }),
      ...(hidden && { hidesJobSeconds: hidden.seconds }),
    };
  }

  private skewOf(call: DrawnCall): number {
    const sinceSeconds = this.course.sinceSeconds();
    const met =
      sinceSeconds === undefined ? undefined : this.firstOf(["clock-skew"], call, sinceSeconds);
    if (met) this.course.count(met.kind);
    return met?.seconds ?? 0;
  }
}

function isOfLanes({ kind }: CallFault): boolean {
  return kind === "dark-lane" || kind === "refused-credentials";
}
