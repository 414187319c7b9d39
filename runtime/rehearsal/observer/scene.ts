import type { Instant } from "../../core/instant.js";
import type { LaneKey } from "../../core/lane.js";
import { laneOf } from "../../core/lane.js";
import type { ProtectionGroup, RecoveryPlan, Wave } from "../../core/recovery/plan.js";
import { carries, waveSelects } from "../../core/recovery/selection.js";
import type { ExecutionKind } from "../../core/recovery/state.js";
import type { FleetServer } from "../services/drs/options.js";
import { isUnusable } from "../services/drs/replicated-data.js";
import type { QuotaOverrides } from "../services/service-quotas.js";
import type { SentCall } from "./journal-watch.js";

/** A server that the plan is meant to recover, as the fleet and the plan alone say it. */
export interface SceneMember {
  readonly server: string;
  readonly lane: LaneKey;
  readonly wave: string;
  readonly isCritical: boolean;
}

/** What an execution is held against: nothing here comes from the code that is rehearsed. */
export interface Scene {
  readonly executionId: string;
  readonly kind: ExecutionKind;
  readonly cleanUp: boolean;
  readonly relaunchRecovered: boolean;
  readonly waves: readonly Wave[];
  /** By server. */
  readonly members: ReadonlyMap<string, SceneMember>;
  /** Servers whose data no launch can use. */
  readonly unusable: ReadonlySet<string>;
  readonly startedAt: Instant;
  /** Calls by which lanes were changed, in the order in which they were sent; more come meanwhile. */
  readonly sent: readonly SentCall[];
  /**
   * How long it may take when nothing goes wrong any more: the one thing here that the rehearsed
   * code predicts.
   *
   * @unit seconds
   */
  readonly allowedSeconds: number;
  /** When something last went wrong, where anything did. */
  disturbedUntil(): Instant | undefined;
  quotas(lane: LaneKey): QuotaOverrides | undefined;
}

/** The members of a plan: each server of the fleet that a wave selects, in the first wave that does. */
export function membersOf(
  plan: RecoveryPlan,
  groups: readonly ProtectionGroup[],
  fleet: readonly FleetServer[],
): ReadonlyMap<string, SceneMember> {
  const members = new Map<string, SceneMember>();
  for (const wave of plan.waves) {
    const group = groups.find(({ name }) => name === wave.group);
    if (!group) continue;
    for (const { server, lane, tags } of fleet) {
      const selectable = { server, lane: laneOf(lane), tags };
      if (members.has(server) || !waveSelects(wave, group, selectable)) continue;
      const isCritical = !wave.optional || !carries(wave.optional.tags, selectable);
      members.set(server, { server, lane, wave: wave.name, isCritical });
    }
  }
  return members;
}

/** Servers of a fleet that cannot be launched as it stands. */
export function unusableServers(fleet: readonly FleetServer[]): ReadonlySet<string> {
  const unusable = fleet.filter(({ replicationState = "CONTINUOUS" }) =>
    isUnusable(replicationState),
  );
  return new Set(unusable.map(({ server }) => server));
}
