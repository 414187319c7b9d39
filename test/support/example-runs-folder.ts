import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the files of one test run share what the programs of examples registered. */
    readonly exampleRuns?: string;
  }
}

/** Gives the project's test files a folder of their own, and clears it away in the end. */
export default function setUp({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "example-runs-"));
  provide("exampleRuns", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
