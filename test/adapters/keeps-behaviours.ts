import { expect, it } from "vitest";
import { type StoreBehaviour, storeBehaviours } from "../../runtime/rehearsal/store-behaviours.js";
import type { DynamoBench } from "./dynamo-bench.js";
import { probe } from "./store-probes.js";

/** Holds a store against the list of what stores do: it differs from AWS exactly where that says so. */
export function behavesAsListed(
  store: "dynalite" | "moto",
  start: () => Promise<DynamoBench>,
): void {
  const listed = (behaviour: StoreBehaviour): string => behaviour[store] ?? behaviour.aws;
  it.each(storeBehaviours.map((behaviour) => [behaviour.name, listed(behaviour)]))(
    `${store} answers a %s with: %s`,
    async (name, expected) => {
      expect(await probe(await start(), name)).toBe(expected);
    },
  );
}
