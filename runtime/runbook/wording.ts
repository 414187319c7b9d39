import { duration } from "../report/wording.js";
import type { Command, Plane, Section, TimeBound } from "./model.js";
import { shellLine } from "./words.js";

/** How long a step may take, with the source of the number. */
export function boundInWords({ seconds, source }: TimeBound): string {
  return `${duration(seconds)} (${source})`;
}

const planes: Readonly<Record<Plane, string>> = {
  regional: "Regional endpoints, of the Regions that the commands name",
  "control-plane": "a control plane that lies in one Region and may not answer in a disaster",
  none: "nothing of AWS",
};

/** What is said of a step that nobody waits for. */
export const bestEffort = "go on when it does not answer; nothing that follows needs it";

export function planeInWords(plane: Plane): string {
  return planes[plane];
}

/** What stands above a command: the account that it needs, and what it is for. */
export function captionOf({ account, note }: Command): string {
  const where = account === undefined ? [] : [`account ${account}`];
  return [...where, ...(note === undefined ? [] : [note])].join(": ");
}

/**
 * The lines by which an operator sets the variables of a section. What they mean stands beside, not in
 * comments: a shell that is typed into may take `#` for a word.
 */
export function settingLines({ variables }: Section): readonly string[] {
  return variables.map(({ name, example }) => `export ${shellLine([`${name}=${example}`])}`);
}

/** What each variable of a section means. */
export function settingsInWords({ variables }: Section): readonly string[] {
  return variables.map(({ name, meaning }) => `\`${name}\`: ${meaning}`);
}
