import type { Instant } from "../../core/instant.js";
import type { CallRecord } from "../services/service.js";
import type { EmulatorClock } from "./clocks.js";
import type { Numbered } from "./paged-log.js";
import type { EmulatorEvent } from "./world.js";

export function clockDocument(clock: EmulatorClock): object {
  const nextEventAt = clock.nextEventAt();
  return {
    now: iso(clock.now()),
    kind: clock.kind,
    speed: clock.speed,
    ...(nextEventAt !== undefined && { nextEventAt: iso(nextEventAt) }),
  };
}

export function callDocument({ sequence, atMs, ...call }: Numbered<CallRecord>): object {
  return { sequence, at: new Date(atMs).toISOString(), ...call };
}

export function eventDocument({ sequence, at, ...event }: Numbered<EmulatorEvent>): object {
  return { sequence, at: iso(at), ...event };
}

function iso(moment: Instant): string {
  return new Date(moment).toISOString();
}
