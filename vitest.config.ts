import { defineConfig } from "vitest/config";

/** Tests that start child processes, run whole programs or read the built bundles. */
const wholePrograms = [
  "test/bench/**/*.test.ts",
  "test/bundles/**/*.test.ts",
  "test/cli/**/*.test.ts",
  "test/docs/**/*.test.ts",
  "test/policies/**/*.test.ts",
  "test/rehearsal/**/*.test.ts",
  "test/stacks/**/*.test.ts",
  "test/tooling/**/*.test.ts",
];

/** Tests that need more than Node, or minutes: each a project and a script of its own. */
const tiers = ["campaign", "clients", "engine", "examples", "package"];

/** What a tier does once before all of its files. */
const globalSetup: Readonly<Record<string, string>> = {
  engine: "test/engine/support/set-up.ts",
  examples: "test/support/example-runs-folder.ts",
};

const setupFiles = ["test/support/fast-check.ts", "test/support/conformance.ts"];
const inCi = process.env.CI === "true";
const report = process.env.npm_lifecycle_event?.replace(":", "-") ?? "test";

/** Tests share nothing that they change: loading the SDKs anew for each file would take longer than they do. */
const isolate = false;

export default defineConfig({
  test: {
    // Every core: tests wait for child processes much of their time.
    maxWorkers: "100%",
    reporters: inCi ? ["default", "json"] : ["default"],
    outputFile: { json: `coverage/${report}-report.json` },
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: [...wholePrograms, ...tiers.map((tier) => `test/${tier}/**`)],
          setupFiles,
          isolate,
          testTimeout: inCi ? 60_000 : 15_000,
        },
      },
      {
        test: {
          name: "programs",
          include: wholePrograms,
          setupFiles,
          isolate,
          globalSetup: "test/support/example-runs-folder.ts",
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      ...tiers.map((name) => ({
        test: {
          name,
          include: [`test/${name}/**/*.test.ts`],
          setupFiles,
          globalSetup: globalSetup[name] ?? [],
          testTimeout: 900_000,
          hookTimeout: 900_000,
          passWithNoTests: false,
        },
      })),
    ],
  },
});
