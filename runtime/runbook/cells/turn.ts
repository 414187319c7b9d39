import { aws } from "../aws-commands.js";
import type { Command } from "../model.js";
import type { CellOutputs, Side } from "../outputs/cell.js";
import type { Word } from "../words.js";

/** A cell's production on its way from one Region to the other. */
export interface Turn {
  readonly environment: string;
  readonly cell: CellOutputs;
  readonly from: Side;
  readonly to: Side;
}

export function regionOf({ cell }: Turn, side: Side): string {
  return cell.regions[side];
}

/** A call in the Region of a side of the cell, by its account. */
export function callIn(
  turn: Turn,
  side: Side,
  note: string,
  service: string,
  operation: string,
  ...options: readonly Word[]
): Command {
  const at = { account: turn.cell.account, region: regionOf(turn, side), note };
  return aws(at, service, operation, ...options);
}
