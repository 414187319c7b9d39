import type { Section } from "../model.js";
import { fence, raise } from "./capacity.js";
import { promoteAll } from "./databases.js";
import { rtoInWords, rtoTable } from "./objectives.js";
import { consume } from "./queues.js";
import { turnTraffic } from "./traffic.js";
import { regionOf, type Turn } from "./turn.js";
import { variablesFor } from "./variables.js";
import { decide, freeze, lookAtCopies, secretsMayChange, verify } from "./verify.js";

/** A Region is lost: the other one takes over, with nothing but its own endpoints. */
export function failover(turn: Turn): Section {
  const { cell, from, to } = turn;
  const [lost, survivor] = [regionOf(turn, from), regionOf(turn, to)];
  const steps = [
    decide(turn),
    freeze(),
    ...fence(turn, true),
    ...consume(turn, from, false, true),
    ...promoteAll(turn),
    ...raise(turn, "failover"),
    ...lookAtCopies(turn, to),
    ...secretsMayChange(turn),
    ...consume(turn, to, true),
    ...turnTraffic(turn),
    verify(turn),
  ];
  return {
    id: `cell-${cell.name}-failover`,
    title: `Cell ${cell.name}: ${lost} is lost, ${survivor} takes over`,
    about: [
      `Production runs in ${lost}, which does not answer, or not well enough. Every call that is waited for is answered in ${survivor}. If production already runs in ${survivor}, this section is not for you.`,
      "Databases, caches and capacity do not wait for each other: several people may work at once.",
      rtoInWords(cell),
    ],
    variables: variablesFor(steps),
    tables: [rtoTable(cell)],
    steps,
  };
}
