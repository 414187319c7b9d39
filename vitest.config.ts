import { defineConfig } from "vitest/config";

/** Tests that start child processes, run whole programs or read the built bundles. */
const wholePrograms = [
  "test/bench/**/*.test.ts",
  "test/bundles/**/*.test.ts",
  "test/cli/**/*.test.ts",
  "test/docs/**/*.test.ts",
  "test/engine/**/*.test.ts",
  "test/examples/**/*.test.ts",
  "test/policies/**/*.test.ts",
  "test/rehearsal/**/*.test.ts",
  "test/stacks/**/*.test.ts",
  "test/tooling/**/*.test.ts",
];

const setupFiles = ["test/support/fast-check.ts"];
const inCi = process.env.CI === "true";

export default defineConfig({
  test: {
    reporters: inCi ? ["default", "json"] : ["default"],
    outputFile: { json: "coverage/test-report.json" },
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: wholePrograms,
          setupFiles,
          testTimeout: inCi ? 60_000 : 15_000,
        },
      },
      {
        test: {
          name: "programs",
          include: wholePrograms,
          setupFiles,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
