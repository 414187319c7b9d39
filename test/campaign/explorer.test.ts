import { describe, expect, it } from "vitest";
import { explore } from "../support/explorer/explore.js";
import { instances } from "../support/explorer/instances.js";

describe("every interleaving of two turns keeps the invariants of", () => {
  it.each(instances)("$name", async ({ name, scene, bounds, statesAtLeast }) => {
    const { counterexample, ...counts } = await explore(scene, bounds);
    process.stdout.write(`explored: ${name}: ${JSON.stringify(counts)}\n`);
    expect(counterexample).toBeUndefined();
    expect(counts.states).toBeGreaterThan(statesAtLeast);
  });
});
