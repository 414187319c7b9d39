import { judgeCell } from "../../core/cells/objectives.js";
import { promiseOf } from "../../environment/cells/promise.js";
import type { Environment } from "../../environment/schema.js";
import { chainInWords, judgedLines } from "../../report/objectives.js";
import type { JudgedLine } from "../../report/verdicts.js";
import { duration, thousands } from "../../report/wording.js";
import type { CheckFinding } from "./findings.js";

/** How a cell's objectives stand against what its settings can keep. */
export interface CellFit {
  readonly cell: string;
  readonly strategy: Environment["cells"][number]["strategy"];
  /** Seconds that machines take of the RTO, before anybody has thought. */
  readonly machineSeconds: number;
  /** Seconds left for a decision; below zero the RTO cannot be met. */
  readonly decisionSeconds: number;
  readonly objectives: readonly JudgedLine[];
}

export function cellFits({ cells }: Pick<Environment, "cells">): readonly CellFit[] {
  return cells.map((cell) => {
    const promise = promiseOf(cell);
    const judged = judgeCell(promise);
    return {
      cell: cell.name,
      strategy: cell.strategy,
      machineSeconds: judged.rto.machineSeconds,
      decisionSeconds: judged.rto.decisionSeconds,
      objectives: judgedLines(judged, promise),
    };
  });
}

/**
 * Refuses an RTO that machines alone overrun; advises where nobody is asked to act, and where a copy is
 * slower than the cell's RPO.
 */
export function cellFindings({ cells }: Pick<Environment, "cells">): readonly CheckFinding[] {
  return cells.flatMap((cell, index) => {
    const { rto, rtoVerdict, stores } = judgeCell(promiseOf(cell));
    const rtoPath = `cells[${index}].objectives.rtoMinutes`;
    const rpoPath = `cells[${index}].objectives.rpoSeconds`;
    const late: CheckFinding = {
      level: "refused",
      path: rtoPath,
      message: `${rtoPath} must be at least ${thousands(Math.ceil(rto.machineSeconds / 60))} minutes, got ${thousands(cell.objectives.rtoMinutes)}. Machines take ${chainInWords(rto)}: shorten the chain, or promise more.`,
    };
    const slow = stores
      .filter(({ verdict }) => verdict === "not-met")
      .map(
        ({ name, mechanism, rpoSeconds = 0 }): CheckFinding => ({
          level: "advice",
          path: rpoPath,
          message: `${rpoPath} should be at least ${thousands(rpoSeconds)} seconds for "${name}" (${mechanism}), got ${thousands(cell.objectives.rpoSeconds)}. Keep there only what may be that old.`,
        }),
      );
    const unwatched: CheckFinding = {
      level: "advice",
      path: `cells[${index}].watch`,
      message: `cells[${index}].watch should be given where people must act, got nothing. No alarm asks them: ${duration(rto.decisionSeconds)} of the RTO are left to notice and to decide.`,
    };
    const ofRto = { met: [], unjudged: [unwatched], "not-met": [late] }[rtoVerdict];
    return [...ofRto, ...slow];
  });
}
