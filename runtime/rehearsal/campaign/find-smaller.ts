import type { Environment } from "../../environment/schema.js";
import type { RehearsalCase } from "./case.js";
import type { CaseResult } from "./result.js";
import { shrink } from "./shrink.js";
import { smallerCases } from "./smaller-case.js";
import { smallerEnvironments } from "./smaller-environment.js";

/** A case with what it is rehearsed on; without an environment, a project that stays as it is. */
export interface Subject {
  readonly case: RehearsalCase;
  readonly environment?: Environment;
}

export interface Smaller extends Subject {
  readonly tries: number;
  readonly isSmallest: boolean;
}

/** Rehearses a case on its environment; nothing where the environment is not a valid one. */
export type Rehearse = (subject: Subject) => Promise<CaseResult | undefined>;

/** Rehearsals that looking for a smaller case may take. */
const mostTries = { ofCase: 60, ofEnvironment: 60 } as const;

/**
 * The smallest case that breaks the same rule, found step by step: fewer faults, then a smaller
 * environment, then fewer faults again. The same start comes to the same end.
 */
export async function findSmaller(
  start: Subject,
  rule: string,
  rehearse: Rehearse,
): Promise<Smaller> {
  const fails = async (subject: Subject): Promise<boolean | undefined> => {
    const result = await rehearse(subject);
    return result && result.failure?.rule === rule;
  };
  const ofCase = {
    smaller: function* (subject: Subject): Generator<Subject> {
      for (const one of smallerCases(subject.case)) yield { ...subject, case: one };
    },
    fails,
    mostTries: mostTries.ofCase,
  };
  const ofEnvironment = {
    smaller: function* ({ case: one, environment }: Subject): Generator<Subject> {
      if (!environment) return;
      for (const smaller of smallerEnvironments(environment, one.plan)) {
        yield { case: one, environment: smaller };
      }
    },
    fails,
    mostTries: mostTries.ofEnvironment,
  };
  const first = await shrink(start, ofCase);
  const second = await shrink(first.value, ofEnvironment);
  const last = await shrink(second.value, ofCase);
  return {
    ...last.value,
    tries: first.tries + second.tries + last.tries,
    isSmallest: second.isSmallest && last.isSmallest,
  };
}
