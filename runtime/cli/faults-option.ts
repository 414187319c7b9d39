import { formatProblems } from "../environment/problem.js";
import { builtInProfiles } from "../rehearsal/faults/built-in.js";
import type { FaultProfile } from "../rehearsal/faults/profile.js";
import { readProfile } from "../rehearsal/faults/read-profile.js";
import { CommandFailure, exitCodes } from "./failure.js";

/** The option by which a command is told what goes wrong. */
export const faultsOption = [
  "--faults <profile>",
  `what goes wrong: ${Object.keys(builtInProfiles).join(", ")}, a file (YAML) or a list in brackets`,
] as const;

/** What goes wrong: a built-in profile, or the one that a file holds. */
export function chosenFaults(nameOrFile: string): FaultProfile {
  const read = readProfile(nameOrFile);
  if (read.ok) return read.value;
  const { problems } = read;
  const count = `${problems.length} problem${problems.length === 1 ? "" : "s"}`;
  throw new CommandFailure(exitCodes.wrongUse, `the fault profile has ${count}`, {
    problems,
    details: formatProblems(nameOrFile, problems),
  });
}
