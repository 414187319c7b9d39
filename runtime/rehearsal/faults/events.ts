import type { FunctionResult } from "../states-language/index.js";
import type { Course } from "./course.js";
import { Lot } from "./lot.js";
import type { Fault, FaultOf } from "./profile.js";

type EventFault = FaultOf<"duplicate-event" | "late-event" | "lost-event">;

/** What Step Functions sees when its connection to Lambda breaks. Source: the list of errors to retry in its developer guide. */
const connectionLost: FunctionResult = {
  ok: false,
  error: "Lambda.SdkClientException",
  cause: "The connection to Lambda was lost on purpose.",
};

/** The faults that meet the events which Step Functions gives to functions: lost ones, late ones, and those given twice. */
export class EventFaults {
  private readonly course: Course;
  private readonly faults: readonly { readonly fault: EventFault; readonly lot: Lot }[];

  constructor(course: Course, faults: readonly Fault[]) {
    this.course = course;
    this.faults = faults.flatMap((fault, index) =>
      isOfEvents(fault) ? [{ fault, lot: new Lot(fault, course.seed, "fault", index) }] : [],
    );
  }

  /** Gives an event to its function. Of one that is given twice, the first answer counts. */
  async deliver(payload: unknown, invoke: () => Promise<FunctionResult>): Promise<FunctionResult> {
    const { operation } = Object(payload);
    if (this.course.sinceSeconds() !== undefined) this.course.seen(`event:${operation}`);
    const late = this.fallsOn("late-event", payload);
    if (late) await this.course.sleep(late.afterSeconds);
    const duplicate = this.fallsOn("duplicate-event", payload);
    if (duplicate) this.course.after(duplicate.afterSeconds, () => void invoke());
    const lost = this.fallsOn("lost-event", payload);
    if (lost?.when === "before") return connectionLost;
    const answer = await invoke();
    return lost ? connectionLost : answer;
  }

  private fallsOn<Kind extends EventFault["kind"]>(
    kind: Kind,
    payload: unknown,
  ): FaultOf<Kind> | undefined {
    const sinceSeconds = this.course.sinceSeconds();
    if (sinceSeconds === undefined) return undefined;
    const { operation } = Object(payload);
    const met = this.faults
      .filter(({ fault }) => fault.operation === undefined || fault.operation === operation)
      .find(
        (one): one is { readonly fault: FaultOf<Kind>; readonly lot: Lot } =>
          one.fault.kind === kind &&
          one.lot.falls(`${sinceSeconds} ${JSON.stringify(payload)}`, sinceSeconds),
      );
    if (met) this.course.count(kind);
    return met?.fault;
  }
}

function isOfEvents(fault: Fault): fault is EventFault {
  const { kind } = fault;
  return kind === "duplicate-event" || kind === "late-event" || kind === "lost-event";
}
