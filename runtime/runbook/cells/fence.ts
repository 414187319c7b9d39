import type { Command, Step } from "../model.js";
import type { Side } from "../outputs/cell.js";
import { keepLostWrites } from "./aurora.js";
import { computes, lookAtCapacity, stopCommands } from "./capacity.js";
import { consumerCommands } from "./queues.js";
import { regionOf, type Turn } from "./turn.js";

/** Tries to stop what writes in a Region that may not be wholly lost, before another one writes. */
export function fence(turn: Turn): readonly Step[] {
  if (!computes(turn, turn.from)) return [];
  return [
    {
      title: `Stop what writes in ${regionOf(turn, turn.from)}`,
      why: "A Region that is half lost may go on writing, and those writes are lost or must be merged by hand. AWS fences a global database by itself as well as it can, and promises nothing.",
      plane: "regional",
      commands: stopCommands(turn, turn.from),
      checks: ["Each call was answered, or the Region does not answer: write down which."],
      back: "Raise it again, as the way back says: that wakes scaling too. No deployment does.",
      isBestEffort: true,
    },
  ];
}

/** Stops production where it runs, on the way back: what is copied must hold every write. */
export function stopWriters(turn: Turn): readonly Step[] {
  if (!computes(turn, turn.from)) return [];
  return [
    {
      title: `Stop what writes in ${regionOf(turn, turn.from)}`,
      why: "The copy must hold every write before it takes over. From here on production is down until traffic is turned.",
      plane: "regional",
      commands: [...stopCommands(turn, turn.from), ...lookAtCapacity(turn, turn.from)],
      checks: ["No task and no node of the cell runs there any more."],
      back: "Raise it again: nothing was promoted yet.",
    },
  ];
}

/** The Region that was lost comes back as it was, when nobody looks. */
export function holdDown(turn: Turn): readonly Step[] {
  const { cell, from, to } = turn;
  const commands = quieting(turn, from);
  if (commands.length === 0) return [];
  const [lost, active] = [regionOf(turn, from), regionOf(turn, to)];
  const isByHealth = cell.traffic?.turnsBy === "health";
  return [
    {
      title: `As soon as ${lost} answers again: keep it from writing`,
      why: `It comes back as it was: its tasks run and its consumers consume, with databases that know nothing of what ${active} wrote since.${isByHealth ? " Route 53 sends clients back as soon as it answers." : ""}`,
      plane: "regional",
      commands,
      checks: [
        `Somebody tries this every few minutes until ${lost} has answered each call.`,
        `No task, no node and no consumer runs in ${lost} until the way back is begun.`,
        ...(keepLostWrites(turn).length > 0
          ? [
              "The snapshot of the lost writes was copied that day, as the way back says: it expires.",
            ]
          : []),
      ],
      back: "The way back starts it again.",
      isBestEffort: true,
    },
  ];
}

/** The first thing on the way back: the Region that was left writes nothing of its own. */
export function holdHome(turn: Turn): readonly Step[] {
  const { to } = turn;
  const commands = quieting(turn, to);
  if (commands.length === 0) return [];
  const home = regionOf(turn, to);
  return [
    {
      title: `See that nothing writes in ${home}`,
      why: "What runs there since it came back writes beside production, and what it writes is lost or must be merged by hand.",
      plane: "regional",
      commands: [...commands, ...lookAtCapacity(turn, to)],
      checks: [
        `No task and no node runs in ${home}, and \`State\` of each consumer is \`Disabled\`.`,
      ],
      back: "The steps below start it again.",
    },
  ];
}

function quieting(turn: Turn, side: Side): readonly Command[] {
  return [...stopCommands(turn, side), ...consumerCommands(turn, side, false)];
}
