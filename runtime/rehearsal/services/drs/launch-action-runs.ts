import type { Instant } from "../../../core/instant.js";
import { type LaunchAction, wireLaunchAction } from "./launch-actions.js";
import { launchSettingsOf } from "./launch-settings.js";
import type { Caller, LaneRecord, Participant, SourceServerRecord } from "./model.js";
import { actionDenial } from "./on-behalf.js";
import { timestamp } from "./wire-values.js";
import type { World } from "./world.js";

interface LaunchActionRun {
  readonly action: LaunchAction;
  readonly runId: string;
  status: "IN_PROGRESS" | "SUCCEEDED" | "FAILED";
  failureReason?: string;
}

/** How far the launch actions of a server of a job are. */
export interface LaunchActionRuns {
  /** When SSM's agent was found on the instance. */
  discoveredAt?: Instant;
  readonly runs: LaunchActionRun[];
}

/** The launch that actions follow. */
export interface LaunchedServer {
  readonly lane: LaneRecord;
  readonly server: SourceServerRecord;
  readonly participant: Participant;
  readonly caller: Caller;
  readonly instance: string;
}

/**
 * Goes through the launch actions of a server whose instance was launched, the smallest order first.
 * No document of SSM is run: each succeeds, unless its caller may not run it or it was ordered to
 * fail. `onEnd` hears when the launch is over, with the reason where an action failed that is not
 * optional.
 */
export function runLaunchActions(
  world: World,
  { lane, server, participant, caller, instance }: LaunchedServer,
  onEnd: (failure?: string) => void,
): void {
  const { launchAwaitsActions, ssmDiscoverySeconds, launchActionSeconds } = world.switches;
  const actions = [...server.settings.actions.values()]
    .filter(({ active }) => active)
    .sort((a, b) => a.order - b.order || (a.actionId < b.actionId ? -1 : 1));
  if (!launchSettingsOf(server).postLaunchEnabled || actions.length === 0) {
    onEnd();
    return;
  }
  const told: LaunchActionRuns = { runs: [] };
  participant.actions = told;
  if (!launchAwaitsActions) onEnd();
  const end = launchAwaitsActions ? onEnd : () => undefined;
  const runFrom = (index: number): void => {
    const action = actions[index];
    if (!action) {
      end();
      return;
    }
    const run: LaunchActionRun = {
      action,
      runId: runIdOf(world, server, index),
      status: "IN_PROGRESS",
    };
    told.runs.push(run);
    const denied = actionDenial(world, lane, action, instance, caller);
    const goOn = (failureReason?: string): void => {
      run.status = failureReason === undefined ? "SUCCEEDED" : "FAILED";
      if (failureReason !== undefined) run.failureReason = failureReason;
      if (failureReason === undefined || action.optional) runFrom(index + 1);
      else end(`Launch action ${action.name} failed: ${failureReason}`);
    };
    if (denied !== undefined) {
      goOn(denied);
      return;
    }
    world.after(world.now(), launchActionSeconds, () => {
      const isOrdered = world.takeFailure(server.server, "action");
      goOn(isOrdered ? "The action was ordered to fail" : undefined);
    });
  };
  world.after(world.now(), ssmDiscoverySeconds, () => {
    told.discoveredAt = world.now();
    runFrom(0);
  });
}

function runIdOf(world: World, { arn }: SourceServerRecord, index: number): string {
  const digits = world.digits(32, "launch action", arn, world.now(), index);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function wireLaunchActionRuns(world: World, { discoveredAt, runs }: LaunchActionRuns) {
  return {
    ...(discoveredAt !== undefined && {
      ssmAgentDiscoveryDatetime: timestamp(world, discoveredAt),
    }),
    runs: runs.map(({ action, ...run }) => ({ action: wireLaunchAction(world, action), ...run })),
  };
}
