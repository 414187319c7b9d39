import { duration } from "../report/wording.js";
import type { Command, Plane, Section, TimeBound } from "./model.js";
import { shellLine } from "./words.js";

/** How long a step may take, with the source of the number. */
export function boundInWords({ seconds, source }: TimeBound): string {
  return `${duration(seconds)} (${source})`;
}

const planes: Readonly<Record<Plane, string>> = {
  "data-plane": "a data plane, in the Regions named above",
  "control-plane": "a control plane, which may not answer in a disaster",
  none: "nothing of AWS",
};

export function planeInWords(plane: Plane): string {
  return planes[plane];
}

/** What stands above a command: the account that it needs, and what it is for. */
export function captionOf({ account, note }: Command): string {
  const where = account === undefined ? [] : [`account ${account}`];
  return [...where, ...(note === undefined ? [] : [note])].join(": ");
}

/** The lines by which an operator sets the variables of a section. */
export function settingLines({ variables }: Section): readonly string[] {
  return variables.map(
    ({ name, meaning, example }) => `export ${shellLine([`${name}=${example}`])}  # ${meaning}`,
  );
}
