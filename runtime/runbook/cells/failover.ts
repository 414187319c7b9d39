import type { Section } from "../model.js";
import { isRestored } from "./backups.js";
import { raise } from "./capacity.js";
import { promoteAll } from "./databases.js";
import { fence, holdDown } from "./fence.js";
import { rtoInWords, rtoTable } from "./objectives.js";
import { consume, tryToConsumeNothing } from "./queues.js";
import { isServedByBoth, turnTraffic } from "./traffic.js";
import { regionOf, type Turn } from "./turn.js";
import { variablesFor } from "./variables.js";
import { decide, freeze, lookAtCopies, secretsMayChange, signIn, verify } from "./verify.js";

/** A Region is lost: the other one takes over, with nothing but its own endpoints. */
export function failover(turn: Turn): Section {
  const { cell, from, to } = turn;
  const [lost, survivor] = [regionOf(turn, from), regionOf(turn, to)];
  const steps = [
    signIn(turn),
    decide(turn),
    freeze("the way back has ended"),
    ...fence(turn),
    ...tryToConsumeNothing(turn),
    ...promoteAll(turn),
    ...raise(turn, "failover"),
    ...lookAtCopies(turn, to),
    ...consume(turn, to, true),
    ...turnTraffic(turn),
    verify(turn),
    ...secretsMayChange(turn),
    ...holdDown(turn),
  ];
  return {
    id: `cell-${cell.name}-failover`,
    title: `Cell ${cell.name}: ${lost} is lost, ${survivor} takes over`,
    about: [
      isServedByBoth(cell)
        ? `Both Regions serve clients, and what has one writer writes in ${lost}, which does not answer, or not well enough. Every call that is waited for is answered in ${survivor}. If production already writes in ${survivor}, this section is not for you.`
        : `Production runs in ${lost}, which does not answer, or not well enough. Every call that is waited for is answered in ${survivor}. If production already runs in ${survivor}, this section is not for you.`,
      "Once the writers were told to stop, databases, caches and capacity do not wait for each other: several people may work at once.",
      rtoInWords(cell),
    ],
    never: neverInFailover(turn),
    variables: variablesFor(steps),
    tables: [rtoTable(cell)],
    steps,
  };
}

function neverInFailover(turn: Turn): readonly string[] {
  const { auroraDatabases, replicatedDatabases, services, clusters, traffic } = turn.cell;
  const [lost, survivor] = [regionOf(turn, turn.from), regionOf(turn, turn.to)];
  const promotes = auroraDatabases.length + replicatedDatabases.length > 0;
  const computes = services.length + clusters.length > 0;
  return [
    ...(promotes && computes
      ? [
          `Promote a database before what writes in ${lost} was told to stop: two writers cannot be made one again.`,
        ]
      : []),
    ...(auroraDatabases.length > 0
      ? [
          "Switch a global database over: a switchover needs both Regions well. Fail it over, with `--allow-data-loss`.",
          "Detach a member while its failover may still be accepted: it is the last resort, and has no way back.",
        ]
      : []),
    ...(replicatedDatabases.length > 0
      ? [`Delete what the databases in ${lost} held: the lost writes are nowhere else.`]
      : []),
    isRestored(turn)
      ? `Deploy to ${lost}, or without \`--target\`: Pulumi would wait for a Region that does not answer.`
      : "Run `pulumi up`, `refresh` or `destroy`: they need both Regions, and nothing here needs them.",
    ...(traffic ? ["Change a record of Route 53: records are changed in us-east-1 alone."] : []),
    `Go on in ${survivor} and in ${lost} at once. If ${lost} comes back before a database was promoted, stop and decide anew.`,
  ];
}
