import { describe, expect, it } from "vitest";
import { storeBehaviours } from "../../runtime/rehearsal/store-behaviours.js";
import { startDynamo } from "./dynamo-bench.js";
import { behavesAsListed } from "./keeps-behaviours.js";
import { probeNames } from "./store-probes.js";

describe("the store of a rehearsal", () => {
  behavesAsListed("dynalite", startDynamo);
});

describe("the list of what stores do", () => {
  it("has no difference from AWS where our tables lean on it", () => {
    const differing = storeBehaviours.filter(({ dynalite, moto }) => dynalite ?? moto);
    expect(differing.filter(({ isLeanedOn }) => isLeanedOn)).toEqual([]);
  });

  it("names every probe once", () => {
    expect(storeBehaviours.map(({ name }) => name).sort()).toEqual([...probeNames].sort());
  });
});
