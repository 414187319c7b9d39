import type { Fault } from "../faults/profile.js";
import type { RehearsalCase } from "./case.js";

/** Cases like this one with less in them: fewer faults first, then plainer ones. */
export function* smallerCases(one: RehearsalCase): Generator<RehearsalCase> {
  const { faults } = one.faults;
  const having = (kept: readonly Fault[]): RehearsalCase => ({
    ...one,
    faults: { ...one.faults, faults: [...kept] },
  });
  if (faults.length > 0) yield having([]);
  if (faults.length > 2) {
    const half = Math.ceil(faults.length / 2);
    yield having(faults.slice(0, half));
    yield having(faults.slice(half));
  }
  if (faults.length > 1) {
    for (const dropped of faults) yield having(faults.filter((fault) => fault !== dropped));
  }
  for (const [index, fault] of faults.entries()) {
    for (const rarer of rarerFaults(fault)) yield having(faults.with(index, rarer));
  }
  if (one.relaunchRecovered) yield { ...one, relaunchRecovered: false };
  if (one.kind === "drill" && one.cleanUp) yield { ...one, cleanUp: false };
  if (one.launchSeconds && one.launchSeconds.from < one.launchSeconds.to) {
    yield { ...one, launchSeconds: { from: one.launchSeconds.from, to: one.launchSeconds.from } };
  }
}

/** The fault, happening less often. */
function* rarerFaults(fault: Fault): Generator<Fault> {
  if ("atMost" in fault || "percent" in fault) {
    const { atMost } = fault;
    if (atMost === undefined) yield { ...fault, atMost: 4 };
    else if (atMost > 1) yield { ...fault, atMost: Math.floor(atMost / 2) };
  }
  if (fault.kind === "stranger" && fault.servers > 1) yield { ...fault, servers: 1 };
}
