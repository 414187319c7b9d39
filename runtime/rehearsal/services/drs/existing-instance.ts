import { launchSettingsOf } from "./launch-settings.js";
import type { LaneRecord, SourceServerRecord } from "./model.js";
import type { World } from "./world.js";

/**
 * The instance of EC2 that a server is launched into instead of a new one. Source: API model,
 * LaunchIntoInstanceProperties.
 */
export function existingInstance(
  { switches }: World,
  server: SourceServerRecord,
): string | undefined {
  if (switches.launchIntoInstance === "new-instance") return undefined;
  return launchSettingsOf(server).launchIntoInstanceProperties?.launchIntoEC2InstanceID;
}

/**
 * Why a server cannot be launched into the instance that its settings name. Of that instance itself
 * nothing is known here: the switch says whether its owner has tagged it and stopped it.
 */
export function existingUnfit(
  world: World,
  lane: LaneRecord,
  server: SourceServerRecord,
): string | undefined {
  const instance = existingInstance(world, server);
  if (instance === undefined) return undefined;
  if (world.switches.launchIntoInstance === "launch-failed") {
    return `Instance ${instance} does not have the tag AWSDRS with the value AllowLaunchingIntoThisInstance`;
  }
  const holder = lane.instances.get(instance)?.server;
  if (holder === undefined || holder === server.server) return undefined;
  return `Instance ${instance} is the recovery instance of ${holder}`;
}
