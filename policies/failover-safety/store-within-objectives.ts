import { activationOf, rpoOf } from "../../runtime/core/cells/copies.js";
import { known, UNKNOWN, uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { type StoreContract, storeOf } from "./stores.js";

/** An objective is a promise to somebody: what a store's kind of copy cannot keep is none. */
export const storeWithinObjectives: Rule = {
  name: "dr-store-within-objectives",
  description:
    "The RTO and RPO that are promised of a store are such that its kind of copy can keep them.",
  why: "An objective that the mechanism cannot meet is found out in the disaster.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: "Choose a mechanism or settings that meet the objective, or promise less.",
  url: awsPages.recoveryObjectives,
  validateResource: ({ type, props }, report) => {
    const store = storeOf({ type, props });
    if (store === UNKNOWN) return uncheckable(...unknownParts(props));
    if (store?.objectives === undefined) return;
    for (const problem of [rtoProblem(store), rpoProblem(store)]) if (problem) report(problem);
  },
};

function rtoProblem(store: StoreContract): string | undefined {
  const rtoSeconds = (store.objectives?.rtoMinutes ?? 0) * 60;
  const seconds = activationOf(store);
  if (seconds <= rtoSeconds) return undefined;
  return `objectives.rtoMinutes must leave ${seconds} s for the activation of "${store.name}" (${store.mechanism}), got ${rtoSeconds} s. Promise at least ${Math.ceil(seconds / 60)} minutes, or choose what is ready sooner.`;
}

function rpoProblem(store: StoreContract): string | undefined {
  const promised = store.objectives?.rpoSeconds;
  if (promised === undefined) return undefined;
  const { rpoBasis, rpoSeconds } = rpoOf(store);
  if (rpoBasis === "observed" && rpoSeconds === undefined) {
    return `objectives.rpoSeconds must not be promised of "${store.name}" (${store.mechanism}), got ${promised}. It loses what its store loses: promise it of that one.`;
  }
  if (rpoBasis === "scheduled" && rpoSeconds === undefined) {
    return `objectives.rpoSeconds must not be promised of "${store.name}" (${store.mechanism}), got ${promised}. It loses what its backups do not hold: promise it of them.`;
  }
  if (rpoSeconds === undefined) {
    return `objectives.rpoSeconds must not be promised of "${store.name}" (${store.mechanism}), got ${promised}. Nobody bounds what it may lose: leave it out, or write to both Regions.`;
  }
  if (rpoSeconds <= promised) return undefined;
  return `objectives.rpoSeconds must be at least ${rpoSeconds} s for "${store.name}" (${store.mechanism}, ${rpoBasis}), got ${promised}. Promise what the copy can keep, or choose another.`;
}

function unknownParts(props: Readonly<Record<string, unknown>>): readonly string[] {
  const parts = [
    "mechanism",
    "activationSeconds",
    "enforcedRpoSeconds",
    "backedUpEverySeconds",
    "objectives",
  ];
  return parts.filter((part) => part in props && known(() => props[part]) === UNKNOWN);
}
