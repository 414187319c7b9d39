import { laneOf } from "../core/lane.js";
import { formatProblems } from "../environment/load.js";
import { type EmulatedFleet, loadFleet } from "../rehearsal/emulator/fleet-file.js";
import type { RehearsalSettings } from "../rehearsal/rehearse.js";
import { CommandFailure, exitCodes } from "./failure.js";

/** Reads a fleet file or an environment file. Fails with all that is wrong with it. */
export function loadedFleet(file: string): EmulatedFleet {
  const loaded = loadFleet(file);
  if (loaded.ok) return loaded.fleet;
  const { problems } = loaded;
  const message = `${file} is not a valid fleet`;
  const details = formatProblems(file, problems);
  throw new CommandFailure(exitCodes.refused, message, { problems, details });
}

/**
 * What a fleet file says of the servers that are rehearsed, of those in staging accounts that they extend,
 * and of DRS. Events are left out: nothing in a rehearsal listens to EventBridge.
 */
export function rehearsedFleet(
  file: string,
): Required<Pick<RehearsalSettings, "fleet" | "options">> {
  const { servers, lanes, quotas, launchSeconds, stagingTrusts, switches } = loadedFleet(file);
  return {
    fleet: servers.map((server) => ({ ...server, lane: laneOf(server.lane) })),
    options: {
      drs: {
        ...switches,
        initialisedLanes: lanes,
        stagingTrusts,
        quotas: (lane) => quotas.get(lane),
        launchSeconds: (server) => launchSeconds.get(server),
      },
    },
  };
}
