import { laneOf } from "../../core/lane.js";
import type { Fault, InterceptedCall } from "../services/drs/drs.js";
import { operations } from "../services/drs/routes.js";

/** A fault that the next calls that fit will meet. */
export interface OrderedFault {
  /** `*` fits all. */
  readonly operation: string;
  readonly account?: string;
  readonly region?: string;
  readonly phase: "before" | "after";
  readonly fault: Fault;
  /** Calls that it will meet. */
  readonly times: number;
}

export interface PendingFault extends Omit<OrderedFault, "times"> {
  readonly timesLeft: number;
}

/** Faults that were ordered; each call meets the first that fits it. */
export interface FaultBook {
  order(fault: OrderedFault): void;
  pending(): readonly PendingFault[];
  clear(): void;
  /** Goes to the emulator of DRS. */
  intercept(call: InterceptedCall, phase: "before" | "after"): Fault | undefined;
}

export function createFaultBook(): FaultBook {
  let pending: readonly PendingFault[] = [];
  return {
    order({ times, ...fault }) {
      pending = [...pending, { ...fault, timesLeft: times }];
    },
    pending: () => pending,
    clear() {
      pending = [];
    },
    intercept(call, phase) {
      const met = pending.find((one) => one.phase === phase && fits(one, call));
      if (!met) return undefined;
      pending = pending
        .map((one) => (one === met ? { ...one, timesLeft: one.timesLeft - 1 } : one))
        .filter(({ timesLeft }) => timesLeft > 0);
      return met.fault;
    },
  };
}

function fits({ operation, account, region, fault }: PendingFault, call: InterceptedCall): boolean {
  const lane = laneOf(call.lane);
  return (
    (fault.kind !== "hide-job" || startsJob(call.operation)) &&
    (operation === "*" || operation === call.operation) &&
    (account === undefined || account === lane.account) &&
    (region === undefined || region === lane.region)
  );
}

/** Whether an operation of DRS opens a job that could be hidden. */
export function startsJob(operation: string): boolean {
  return operations.some(({ name, startsJob: starts }) => name === operation && starts === true);
}
