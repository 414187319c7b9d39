import type { Problems } from "../arguments.js";

/** Adds that a name which AWS bounds comes out too long for the cell's. */
export function checkNameLength(
  problems: Problems,
  what: string,
  name: string,
  maxCharacters: number,
): void {
  if (name.length <= maxCharacters) return;
  problems.add(
    "cell.name",
    `must leave the ${what} at most ${maxCharacters} characters, got "${name}" with ${name.length}. Shorten the name of the cell or of its environment`,
  );
}
