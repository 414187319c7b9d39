import { type RehearsalSettings, rehearse } from "../rehearse.js";
import { fractionOf } from "../services/hashing.js";
import type { World } from "../world.js";
import type { RehearsalCase } from "./case.js";
import { type CaseResult, crashed, resultOf } from "./result.js";

/** A program as it would be deployed, with its servers. */
export type Estate = Pick<RehearsalSettings, "resources" | "programFolder" | "fleet" | "hub">;

/** Runs one case. Never rejects. */
export type RunCase = (one: RehearsalCase) => Promise<CaseResult>;

/** Rehearses one case in this thread, its functions too. Never rejects: what is thrown is a failure. */
export async function runCase(estate: Estate, one: RehearsalCase): Promise<CaseResult> {
  const { options, ...settings } = settingsOf(one);
  let world: World | undefined;
  try {
    const document = await rehearse({
      ...estate,
      ...settings,
      options: { ...options, inThisThread: true },
      onWorld: (built) => {
        world = built;
      },
    });
    return resultOf(document, world?.calls.length ?? 0);
  } catch (thrown) {
    return crashed(thrown);
  }
}

/** What a rehearsal is told of a case. */
export function settingsOf({
  schemaVersion: _,
  launchSeconds,
  ...one
}: RehearsalCase): Omit<RehearsalSettings, keyof Estate> {
  if (launchSeconds === undefined) return one;
  const { from, to } = launchSeconds;
  const takes = (server: string): number =>
    from + fractionOf(one.seed, "launch", server) * (to - from);
  return { ...one, options: { drs: { launchSeconds: takes } } };
}
