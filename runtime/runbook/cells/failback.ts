import type { Section, Step } from "../model.js";
import { keepLostWrites, lookAtAurora } from "./aurora.js";
import { carryBack, isRestored } from "./backups.js";
import { lookAtCache, turnCaches } from "./caches.js";
import { lower, raise } from "./capacity.js";
import { removeInstances, switchDatabases } from "./databases.js";
import { holdHome, stopWriters } from "./fence.js";
import { consume, leftMessages } from "./queues.js";
import { copyTo } from "./replica-copies.js";
import { promoteCopy, settleState } from "./replicas.js";
import { carryTablesBack, removeRestored, restoredTables } from "./restored-tables.js";
import { isServedByBoth, turnTrafficBack } from "./traffic.js";
import { regionOf, type Turn } from "./turn.js";
import { variablesFor } from "./variables.js";
import { decisionAlarm, freeze, lookAtCopies, verify } from "./verify.js";

/** The way back, planned and with both Regions well: no database loses a write. */
export function failback(turn: Turn): Section {
  const { cell, from, to } = turn;
  const [active, home] = [regionOf(turn, from), regionOf(turn, to)];
  const steps = [
    bothWell(turn),
    freeze("this section has ended"),
    ...holdHome(turn),
    ...keepLostWrites(turn),
    ...copyTo(turn, to),
    ...lookAtCopies(turn, to),
    ...leftMessages(turn),
    ...moveProduction(turn),
    ...removeInstances(turn),
    ...removeRestored(turn, from),
    ...copyTo(turn, from),
    ...settleState(turn),
    resume(turn),
  ];
  return {
    id: `cell-${cell.name}-failback`,
    title: `Cell ${cell.name}: back from ${active} to ${home}`,
    about: [
      `Production runs in ${active} since a failover, and ${home} is well again. This is planned work: choose a quiet hour, and stop at any step that does not show what it should.`,
      ...(needsStop(turn)
        ? [
            "Some databases cannot be switched over: production is down from the stop of the writers until traffic is turned. Rehearse how long that takes, and announce it.",
          ]
        : []),
    ],
    never: neverInFailback(turn),
    variables: variablesFor(steps),
    tables: [],
    steps,
  };
}

/** Whether a copy must hold every write before it takes over, which no service sees to by itself. */
function needsStop(turn: Turn): boolean {
  return turn.cell.replicatedDatabases.length > 0 || isRestored(turn);
}

/** Consumers, data, capacity and traffic, each in the order that lets no write be lost. */
function moveProduction(turn: Turn): readonly Step[] {
  const { cell, from, to } = turn;
  const isStopped = needsStop(turn);
  const data = [
    ...consume(turn, from, false),
    ...(isStopped ? stopWriters(turn) : []),
    ...switchDatabases(turn),
    ...cell.replicatedDatabases.map((database) => promoteCopy(turn, database)),
    ...carryTablesBack(turn),
    ...carryBack(turn),
    ...turnCaches(turn),
  ];
  const ready = raise(turn, "normal");
  // Where health turns traffic, it turns as soon as something answers: the data must be there first.
  const isDataFirst = cell.traffic?.turnsBy === "health" || isRestored(turn);
  const rest = lower(turn, from, "resting");
  const turned = turnTrafficBack(turn, from);
  // Traffic comes back to both Regions at once where both serve: neither may be empty then.
  const isRestFirst = isStopped && isServedByBoth(cell);
  return [
    ...(isDataFirst ? [...data, ...ready] : [...ready, ...data]),
    ...consume(turn, to, true),
    ...(isRestFirst ? rest : []),
    ...turned,
    verify(turn),
    ...(isRestFirst ? [] : rest),
  ];
}

function neverInFailback(turn: Turn): readonly string[] {
  const { auroraDatabases, replicatedDatabases } = turn.cell;
  return [
    ...(auroraDatabases.length > 0
      ? ["Fail a global database over (`--allow-data-loss`): on the way back nothing need be lost."]
      : []),
    ...(replicatedDatabases.length > 0
      ? [
          "Promote a copy while a task or a consumer may still write: what it writes then is lost.",
          "Delete an instance that was set aside before somebody has compared it.",
        ]
      : []),
    ...(restoredTables(turn.cell).length > 0
      ? ["Delete a table before its last backup is `COMPLETED`, and copied where it must be."]
      : []),
    `Let tasks or consumers of both Regions write at once${isServedByBoth(turn.cell) ? ", unless each writes through the one writer" : ""}.`,
    "Run `pulumi up` before the last step.",
  ];
}

function bothWell(turn: Turn): Step {
  const { auroraDatabases, caches, watch } = turn.cell;
  const commands = [
    ...decisionAlarm(turn, turn.from),
    ...decisionAlarm(turn, turn.to),
    ...auroraDatabases.map((database) => lookAtAurora(turn, turn.from, database)),
    ...caches.map((cache) => lookAtCache(turn, turn.from, cache)),
  ];
  return {
    title: "See that both Regions are well",
    why: "A way back into a Region that is half lost is a second failover.",
    plane: commands.length > 0 ? "regional" : "none",
    commands,
    checks: [
      watch
        ? "No decision alarm stands."
        : "The AWS Health Dashboard shows nothing of either Region.",
      ...(auroraDatabases.length > 0
        ? [
            "The member that was left has rejoined: `SynchronizationStatus` is `connected`. It takes minutes to hours.",
          ]
        : []),
      ...(caches.length > 0 ? ["Each cache is `available`, with a member in either Region."] : []),
    ],
    back: "Nothing was changed.",
  };
}

function resume(turn: Turn): Step {
  const missing = turn.cell.services.filter(({ recovery }) => recovery === undefined);
  return {
    title: "Let deployments go on",
    why: "What a failover changes is ignored by deployments. What somebody changed besides is not.",
    plane: "none",
    commands: [
      { argv: ["pulumi", "preview", "--refresh"], note: "what a deployment would change" },
      { argv: ["pulumi", "up", "--refresh"], note: "once that is what you want" },
    ],
    checks: [
      "Before: the preview replaces and deletes nothing, and puts back nothing that production needs.",
      ...(missing.length > 0
        ? ["What was deployed for the time away is out of the environment file again."]
        : []),
      "After: a second preview has nothing to do, and the runbook was rendered anew.",
      "What was learnt is written down, and the measured times replace the budgets.",
    ],
    back: "A deployment that did harm is undone by one of the commit before it.",
  };
}
