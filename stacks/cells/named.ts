import { cellPrefix } from "../../components/cells/cell.js";
import type { Cell } from "../../components/index.js";

/** What the registry of a cell is called: its repositories begin with it. */
export const imagesName = "images";

/** Makes one of each that the file declares, under the name that the file gives it. */
export function eachNamed<Declared extends { readonly name: string }, Made>(
  cell: Cell,
  kind: string,
  declared: readonly Declared[],
  make: (name: string, one: Declared) => Made,
): ReadonlyMap<string, Made> {
  return new Map(declared.map((one) => [one.name, make(`${cell.name}-${kind}-${one.name}`, one)]));
}

/** What AWS calls a part of a cell whose name is the same in both Regions. */
export function inCell(cell: Cell, name: string): string {
  return `${cellPrefix(cell)}-${name}`;
}

export function namesOf(declared: readonly { readonly name: string }[]): readonly string[] {
  return declared.map(({ name }) => name);
}
