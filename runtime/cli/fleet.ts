import { formatProblems } from "../environment/load.js";
import { type EmulatedFleet, loadFleet } from "../rehearsal/emulator/fleet-file.js";
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
