import type { CallAtGateway } from "../services/gateway.js";
import type { CallFault } from "./call-kinds.js";
import { isWithin, Lot } from "./lot.js";
import { isMeant } from "./meant-calls.js";

/** Where a fault stands, and since when it does. */
export interface Arming {
  readonly seed: number;
  /** Its place in its profile, from which it draws. */
  readonly place: number;
  /** Seconds of its course that had passed by then: its window counts from them. */
  readonly atSeconds: number;
}

/** A fault that calls meet from now on. */
export class ArmedFault {
  readonly fault: CallFault;
  private readonly lot: Lot;
  private readonly atSeconds: number;

  constructor(fault: CallFault, { seed, place, atSeconds }: Arming) {
    this.fault = fault;
    this.lot = new Lot(fault, seed, "fault", place);
    this.atSeconds = atSeconds;
  }

  /** How often it fell. */
  get fallen(): number {
    return this.lot.fallen;
  }

  /** Whether it falls on a call that is named `key`, so many seconds into its course. */
  fallsOn(call: CallAtGateway, key: string, sinceSeconds: number): boolean {
    return isMeant(this.fault, call) && this.lot.falls(key, sinceSeconds - this.atSeconds);
  }

  /** Whether a call comes within its window, and it is meant for it. Draws nothing. */
  isOpenTo(call: CallAtGateway, sinceSeconds: number): boolean {
    return isMeant(this.fault, call) && isWithin(this.fault, sinceSeconds - this.atSeconds);
  }
}
