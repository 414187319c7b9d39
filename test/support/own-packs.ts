import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { startPack } from "../../runtime/rehearsal/program/pack-process.js";
import {
  analyzeWith,
  type PackConfig,
  type PolicyViolation,
} from "../../runtime/rehearsal/program/policy-pack.js";
import type { ProgramRun } from "../../runtime/rehearsal/program/registered.js";

/** The built packs of this package, which judge many programs one after another. */
export interface OwnPacks {
  readonly judge: (
    run: ProgramRun,
    config?: PackConfig,
  ) => Promise<readonly (PolicyViolation & { readonly pack: string })[]>;
  readonly stop: () => void;
}

/** Starts every pack once: starting them for each program would take longer than the programs. */
export async function startOwnPacks(): Promise<OwnPacks> {
  const packs = await Promise.all(builtPacks().map(startPack));
  return {
    judge: async (run, config) => {
      const reports = await Promise.all(packs.map((pack) => analyzeWith(pack, run, config)));
      return reports.flatMap(({ pack, violations }) =>
        violations.map((violation) => ({ pack, ...violation })),
      );
    },
    stop: () => {
      for (const pack of packs) pack.stop();
    },
  };
}

function builtPacks(): readonly string[] {
  return readdirSync("dist/policies", { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => resolve("dist/policies", name));
}
