import { randomUUID } from "node:crypto";
import { type Instant, instant } from "../../core/instant.js";
import { laneOf } from "../../core/lane.js";
import type { Clock } from "../../core/ports.js";
import type { CallFaults } from "../faults/calls.js";
import {
  createDrs,
  type DrsEmulator,
  type DrsEvent,
  type DrsNotice,
  defaultSwitches,
} from "../services/drs/drs.js";
import type { DrsSwitches } from "../services/drs/switches.js";
import type { CallRecord, EmulatedService } from "../services/service.js";
import type { QuotaOverrides } from "../services/service-quotas.js";
import type { Sessions } from "../services/sessions.js";
import { createRunningClock, createStandingClock, type EmulatorClock } from "./clocks.js";
import { postEvent } from "./event-target.js";
import { createFaultBook } from "./fault-book.js";
import type { EmulatedFleet } from "./fleet-file.js";
import { createOperatorSessions } from "./operators.js";
import { createPagedLog, type PagedLog } from "./paged-log.js";
import { emulatedServices } from "./services.js";

/** How an emulator's time goes on. */
export type ClockChoice =
  | {
      readonly kind: "real";
      /** Emulated seconds in a real one. */
      readonly speed: number;
    }
  | {
      readonly kind: "virtual";
      /** By which each read of DRS moves the clock; 0 when only the control endpoint does. */
      readonly secondsPerRead: number;
    };

export interface WorldSettings {
  readonly fleet: EmulatedFleet;
  /** Ids and durations repeat with it. */
  readonly seed: number;
  readonly clock: ClockChoice;
  /** The present when absent. */
  readonly startAt?: Instant;
  /** Account of requests whose key nobody issued; that of the fleet's first lane when absent. */
  readonly account?: string;
}

/** What happened in DRS, or an event that EventBridge delivered of it, or could not. */
export type EmulatorEvent =
  | DrsEvent
  | { readonly type: "delivered"; readonly at: Instant; readonly notice: DrsNotice }
  | {
      readonly type: "undelivered";
      readonly at: Instant;
      readonly notice: DrsNotice;
      readonly reason: string;
    };

/** An emulator as its control endpoint sees it. */
export interface EmulatedWorld {
  readonly seed: number;
  readonly account: string;
  /** Of the fleet's first lane. */
  readonly region: string;
  readonly clock: EmulatorClock;
  readonly secondsPerRead: number;
  readonly drs: DrsEmulator;
  readonly sessions: Sessions;
  /** All that clients can call, DRS among them. */
  readonly services: readonly EmulatedService[];
  /** Those of calls. */
  readonly faults: CallFaults;
  readonly quotas: Map<string, QuotaOverrides>;
  readonly calls: PagedLog<CallRecord>;
  readonly events: PagedLog<EmulatorEvent>;
  readonly switches: DrsSwitches;
  /** From the call to the launch, by server, where the fleet says so. */
  readonly launchSeconds: Map<string, number>;
  /** A name of its own for each addition to the fleet, from which ids follow. */
  newFleetName(): string;
}

/** Entries that each log keeps at least. */
const keptEntries = 50_000;

/** The clock of this machine, which nobody can set back. */
const realTime: Clock = { now: () => instant(performance.timeOrigin + performance.now()) };

/** An emulator without a server, at its first moment. */
export function createEmulatedWorld({
  fleet,
  seed,
  clock: choice,
  ...settings
}: WorldSettings): EmulatedWorld {
  let additions = 0;
  const startAt = settings.startAt ?? realTime.now();
  const clock =
    choice.kind === "virtual"
      ? createStandingClock(startAt)
      : createRunningClock({ startAt, speed: choice.speed, realTime });
  const home = laneOf(fleet.lanes[0] ?? "/");
  const account = settings.account ?? home.account;
  const sessions = createOperatorSessions({ account, newId: randomUUID, realTime });
  const quotas = new Map<string, QuotaOverrides>(fleet.quotas);
  const launchSeconds = new Map(fleet.launchSeconds);
  const events = createPagedLog<EmulatorEvent>(keptEntries);
  const { snapshots: announcesSnapshots = false, target, ...noticeDelivery } = fleet.eventBridge;
  const deliver = async (notice: DrsNotice): Promise<void> => {
    const at = clock.now();
    const reason = target === undefined ? undefined : await postEvent(target, notice);
    if (reason === undefined) events.append({ type: "delivered", at, notice });
    else events.append({ type: "undelivered", at, notice, reason });
  };
  const drs = createDrs({
    timeline: clock,
    seed,
    fleet: fleet.servers,
    options: {
      initialisedLanes: fleet.lanes,
      stagingTrusts: fleet.stagingTrusts,
      ...fleet.switches,
      onNotice: (notice) => void deliver(notice),
      noticeDelivery,
      announcesSnapshots,
      quotas: (lane) => quotas.get(lane),
      launchSeconds: (server) => launchSeconds.get(server),
    },
  });
  drs.onEvent((event) => {
    if (event.type !== "call") events.append(event);
  });
  return {
    seed,
    account,
    region: home.region,
    clock,
    secondsPerRead: choice.kind === "virtual" ? choice.secondsPerRead : 0,
    drs,
    sessions,
    services: emulatedServices({ drs, clock, realTime, sessions, quotas }),
    faults: createFaultBook(seed, clock),
    quotas,
    calls: createPagedLog<CallRecord>(keptEntries),
    events,
    switches: { ...defaultSwitches, ...fleet.switches },
    launchSeconds,
    newFleetName() {
      additions += 1;
      return `addition-${additions}`;
    },
  };
}
