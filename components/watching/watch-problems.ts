import { errorPercent, suspensionMinutes, unhealthyMinutes } from "../../runtime/limits.js";
import { Problems, within } from "../arguments.js";
import { checkCell, regionsOf } from "../cells/cell.js";
import { regionsProblem } from "../cells/regional.js";
import type { CellWatchArgs } from "./cell-watch.js";
import type { WatchSettings } from "./watch-signals.js";

/** Alarms below a composite. Source: PutCompositeAlarm, CloudWatch API Reference. */
const maxAlarmsOfComposite = 100;

/** Everything that is wrong with a watch, before anything is created. */
export function watchProblems(args: CellWatchArgs, settings: WatchSettings): Problems {
  const problems = new Problems();
  const { cell, lagAlarms, loadBalancers } = args;
  checkCell(problems, cell);
  problems.check("unhealthyMinutes", within(unhealthyMinutes), settings.unhealthyMinutes);
  problems.check("errorPercent", within(errorPercent), settings.errorPercent);
  problems.check("suspensionMinutes", within(suspensionMinutes), settings.suspensionMinutes);
  problems.add("topicArns", regionsProblem(cell, args.topicArns));
  problems.add("canaries", regionsProblem(cell, args.canaries));
  if (lagAlarms) problems.add("lagAlarms", regionsProblem(cell, lagAlarms));
  if (loadBalancers) problems.add("loadBalancers", regionsProblem(cell, loadBalancers));
  for (const region of regionsOf(cell)) {
    problems.add("lagAlarms", tooManyProblem(args, region));
    problems.add("decideWhen", nothingToWaitFor(args, region));
  }
  return problems;
}

function tooManyProblem(args: CellWatchArgs, region: string): string | undefined {
  const copies = copiesIn(args, region);
  if (copies <= maxAlarmsOfComposite) return undefined;
  return `must name at most ${maxAlarmsOfComposite} alarms in a Region, got ${copies} in "${region}". Join some of them in alarms of their own, and name those`;
}

function nothingToWaitFor(args: CellWatchArgs, region: string): string | undefined {
  if (args.decideWhen !== "unhealthy-and-lagging" || copiesIn(args, region) > 0) return undefined;
  return `must be "unhealthy" where no copy is watched in "${region}", got "unhealthy-and-lagging". Name alarms there in lagAlarms`;
}

function copiesIn({ lagAlarms }: CellWatchArgs, region: string): number {
  return lagAlarms?.[region]?.length ?? 0;
}
