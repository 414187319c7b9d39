import type { Section, Step } from "../model.js";
import type { Side } from "../outputs/cell.js";
import { jsonWord } from "../words.js";
import { lookAtAurora } from "./aurora.js";
import { restore } from "./backups.js";
import { lower, raiseFloor } from "./capacity.js";
import { removeInstances, switchDatabases } from "./databases.js";
import { tryPromotion } from "./replica-copies.js";
import { removeRestored, restoreTables } from "./restored-tables.js";
import { callIn, regionOf, type Turn } from "./turn.js";
import { variablesFor } from "./variables.js";
import { decisionAlarm, freeze, verify } from "./verify.js";

const bothSides: readonly Side[] = ["primary", "recovery"];

/** What of a failover can be tried while production goes on, and measured. */
export function cellDrill(turn: Turn): Section {
  const { cell, from, to } = turn;
  const back: Turn = { ...turn, from: to, to: from };
  const steps = [
    isWell(turn),
    ...silence(turn),
    freeze("this section has ended"),
    ...raiseFloor(turn, "failover"),
    ...switchDatabases(turn),
    ...tryPromotion(turn),
    ...restoreTables(turn),
    ...restore(turn),
    verify(turn),
    ...switchDatabases(back),
    ...removeInstances(back),
    ...removeRestored(turn, to),
    ...lower(turn, to, "resting"),
  ];
  return {
    id: `cell-${cell.name}-drill`,
    title: `Cell ${cell.name}: drill, with both Regions well`,
    about: [
      `Tries in ${regionOf(turn, to)} what a failover would do, where AWS has a way that loses nothing: a switchover instead of a failover, a replica that is thrown away, a restore beside what is there. Caches are left alone, for their turn may lose writes. Traffic is not turned.`,
      ...(cell.auroraDatabases.length > 0
        ? [
            "Writes to a database that is switched over stop for moments, twice, and are farther away in between.",
          ]
        : []),
      "Measure every step: the numbers replace the budgets.",
    ],
    never: neverInDrill(turn),
    variables: variablesFor(steps),
    tables: [],
    steps,
  };
}

function neverInDrill({ cell }: Turn): readonly string[] {
  return [
    ...(cell.auroraDatabases.length > 0
      ? ["Fail a global database over in a drill: `--allow-data-loss` means what it says."]
      : []),
    ...(cell.replicatedDatabases.length > 0
      ? ["Promote the replica that production needs: a promotion is for good."]
      : []),
    "Go on when a step does not show what it should. Go back to both Regions as they were, and find out why.",
  ];
}

function isWell(turn: Turn): Step {
  const { cell } = turn;
  const commands = [
    ...bothSides.flatMap((side) => decisionAlarm(turn, side)),
    ...cell.auroraDatabases.map((database) => lookAtAurora(turn, turn.from, database)),
  ];
  return {
    title: "See that both Regions are well",
    why: "A drill on top of a failure is a failure. Once the alarms are silent they no longer tell.",
    plane: commands.length > 0 ? "regional" : "none",
    commands,
    checks: [
      ...(cell.watch ? ["No decision alarm stands."] : []),
      ...(cell.auroraDatabases.length > 0
        ? ["Both members of each global database are `connected`, and `FailoverState` is empty."]
        : []),
      "Everybody on duty knows that this is a drill, who leads it, and who may end it.",
    ],
    back: "Nothing was changed.",
  };
}

function silence(turn: Turn): readonly Step[] {
  const { environment, cell } = turn;
  if (cell.watch === undefined) return [];
  const dimensions = [
    { Name: "Environment", Value: environment },
    { Name: "Cell", Value: cell.name },
  ];
  const options = [
    ...["--namespace", "aws-dr/cells", "--metric-data"],
    jsonWord([{ MetricName: "Suspended", Dimensions: dimensions, Value: 1 }]),
  ];
  const note = "nobody is asked to decide meanwhile";
  return [
    {
      title: "Silence the decision alarms",
      why: "They are for disasters. Their silence ends by itself, after the minutes that the environment file names.",
      plane: "regional",
      commands: bothSides.map((side) =>
        callIn(turn, side, note, "cloudwatch", "put-metric-data", ...options),
      ),
      checks: ["Where the drill takes longer, it is said again before the silence ends."],
      back: "It ends by itself.",
    },
  ];
}
