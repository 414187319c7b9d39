import type { TestProject } from "vitest/node";
import type { Availability } from "../../support/tier.js";
import { type PulumiCli, pulumiCli } from "./pulumi-cli.js";

declare module "vitest" {
  interface ProvidedContext {
    readonly pulumiCli: Availability<PulumiCli>;
  }
}

/** Finds or builds the Pulumi CLI once for all test files, and tells in the end what it took. */
export default async function setUp(project: TestProject): Promise<() => void> {
  const startedAt = performance.now();
  const found = await pulumiCli(process.env);
  const foundAt = performance.now();
  project.provide("pulumiCli", found);
  return () => {
    if (!("tool" in found)) return;
    const { path, version } = found.tool;
    const cli = seconds(startedAt, foundAt);
    const tests = seconds(foundAt, performance.now());
    process.stderr.write(`engine: ${version} (${path}) at hand after ${cli}, tests ${tests}\n`);
  };
}

function seconds(from: number, to: number): string {
  return `${((to - from) / 1_000).toFixed(1)} s`;
}
