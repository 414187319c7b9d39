import type { Section } from "../model.js";
import type { CellOutputs } from "../outputs/cell.js";
import { cellDrill } from "./drill.js";
import { failback } from "./failback.js";
import { failover } from "./failover.js";
import { cellOverview } from "./overview.js";
import { standbyLost } from "./standby-lost.js";
import type { Turn } from "./turn.js";

/** What operators do with a cell: a drill, a failover, and the way back. */
export function cellSections(environment: string, cell: CellOutputs): readonly Section[] {
  const away: Turn = { environment, cell, from: "primary", to: "recovery" };
  const home: Turn = { environment, cell, from: "recovery", to: "primary" };
  return [cellOverview(cell), cellDrill(away), failover(away), failback(home), standbyLost(home)];
}
