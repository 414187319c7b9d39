import fc from "fast-check";

/** Runs of every property that does not say its own number: quick on a laptop, thorough in CI. */
const runsPerProperty = process.env.CI === "true" ? 300 : 100;

fc.configureGlobal({ numRuns: runsPerProperty });
