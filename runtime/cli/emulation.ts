import { instant } from "../core/instant.js";
import { type Emulator, startEmulator } from "../rehearsal/emulator/emulator.js";
import type { EmulatedFleet } from "../rehearsal/emulator/fleet-file.js";
import { CommandFailure, exitCodes } from "./failure.js";
import { loadedFleet } from "./fleet.js";
import type { EmulationRequest, RunningEmulation } from "./tools.js";

/** Starts the emulator that is wanted. Fails with all that is wrong with its file. */
export async function startEmulation(request: EmulationRequest): Promise<RunningEmulation> {
  const { fleetFile, startAtMs, ...settings } = request;
  const fleet = loadedFleet(fleetFile);
  const emulator = await startEmulator({
    ...settings,
    fleet,
    ...(startAtMs !== undefined && { startAt: instant(startAtMs) }),
  }).catch((error: unknown) => {
    throw startFailure(error, request);
  });
  return { ...emulator, control: `${emulator.url}/_dr`, summary: summaryOf(fleet, emulator) };
}

function summaryOf({ servers, lanes }: EmulatedFleet, { url }: Emulator): string {
  const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
  return `${counted(servers.length, "server")} in ${counted(lanes.length, "lane")}, control: ${url}/_dr`;
}

function startFailure(error: unknown, { host, port }: EmulationRequest): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const failure = (message: string) => new CommandFailure(exitCodes.refused, message);
  switch (code) {
    case "EADDRINUSE":
      return failure(
        `--port must be free on ${host}, got ${port}. Choose another; 0 takes any free one.`,
      );
    case "EACCES":
      return failure(
        `--port must be one that this user may listen on, got ${port}. Choose one above 1023.`,
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return failure(
        `--host must be an address of this machine, got "${host}". Leave it out for 127.0.0.1.`,
      );
    default:
      return error;
  }
}
