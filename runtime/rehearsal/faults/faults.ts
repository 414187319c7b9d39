import type { Instant } from "../../core/instant.js";
import type { CallAtGateway, GatewayOptions } from "../services/gateway.js";
import type { ServiceReply } from "../services/service.js";
import type { FunctionResult } from "../states-language/index.js";
import { CallFaults } from "./calls.js";
import { Course, type CourseSettings } from "./course.js";
import { EventFaults } from "./events.js";
import { Others, type Scenery } from "./others.js";
import type { FaultProfile } from "./profile.js";

/** What goes wrong in one rehearsal, by its profile and seed. */
export interface Faults {
  /** Stands between every call and its service. */
  readonly around: NonNullable<GatewayOptions["around"]>;
  /** Gives an event of Step Functions to its function. */
  deliver(payload: unknown, invoke: () => Promise<FunctionResult>): Promise<FunctionResult>;
  /** Whether services must remember their past, to be read as of then. */
  readonly readsThePast: boolean;
  /** From now on something may go wrong. */
  begin(scenery: Scenery): void;
  /** From now on nothing does. */
  end(): void;
  /** Whether a fault met an invocation: what it then throws is no defect. */
  isDisturbed(requestId: string): boolean;
  hasStopped(executionArn: string): boolean;
  /** How often each kind was injected. */
  injected(): Readonly<Record<string, number>>;
  /** When the last one was. */
  lastInjectedAt(): Instant | undefined;
  /**
   * What the execution gave faults to meet, and how often: calls as `drs:StartRecovery`, events as
   * `event:advance`. The first of each is the one that `nth: [1]` means.
   */
  chances(): Readonly<Record<string, number>>;
}

/** The faults of a profile; those of an empty one do nothing. */
export function createFaults(profile: FaultProfile, settings: CourseSettings): Faults {
  const course = new Course(settings);
  const calls = new CallFaults(course, profile.faults);
  const events = new EventFaults(course, profile.faults);
  const others = new Others(course, profile.faults);
  return {
    around: (call: CallAtGateway, answer): Promise<ServiceReply> => calls.around(call, answer),
    deliver: (payload, invoke) => events.deliver(payload, invoke),
    readsThePast: profile.faults.some(({ kind }) => kind === "stale-read"),
    begin(scenery) {
      course.begin();
      others.begin(scenery);
    },
    end: () => course.end(),
    isDisturbed: (requestId) => course.isDisturbed(requestId),
    hasStopped: (executionArn) => others.hasStopped(executionArn),
    injected: () => course.injected(),
    lastInjectedAt: () => course.lastInjectedAt(),
    chances: () => course.chances(),
  };
}
