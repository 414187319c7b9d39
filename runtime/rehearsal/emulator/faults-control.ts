import type { Finding } from "../../environment/problem.js";
import { isOfCalls } from "../faults/call-kinds.js";
import type { FaultsBody } from "./control-schemas.js";
import { faultFindingsAt } from "./fault-checks.js";
import { serverIds, unknownServer } from "./fleet-control.js";
import type { EmulatedWorld } from "./world.js";

/** Faults in force, and launches that are to fail. */
export function faultsDocument({ faults, drs }: EmulatedWorld): object {
  return {
    faults: faults.inForce().map(({ fault, fallen }) => ({ ...fault, fallen })),
    launches: drs.orderedFailures(),
  };
}

/** What cannot be ordered, and why. */
export function faultFindings(world: EmulatedWorld, body: FaultsBody): readonly Finding[] {
  const known = serverIds(world);
  const served = world.services.flatMap(({ signingNames }) => signingNames);
  return [
    ...body.faults.flatMap((fault, index) => faultFindingsAt(["faults", index], fault, served)),
    ...body.launches.flatMap(({ server }, index) =>
      known.has(server) ? [] : [unknownServer(["launches", index, "server"], server)],
    ),
  ];
}

/** Orders what {@link faultFindings} has nothing against. */
export function orderFaults({ faults, drs }: EmulatedWorld, body: FaultsBody): void {
  if (body.faults.some(({ kind }) => kind === "stale-read")) drs.rememberPast();
  for (const fault of body.faults.filter(isOfCalls)) faults.arm(fault);
  for (const { server, phase, times } of body.launches) drs.failServer(server, phase, times);
}
