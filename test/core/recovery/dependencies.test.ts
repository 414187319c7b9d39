import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { topological } from "../../../runtime/core/recovery/dependencies.js";

const names = (waves: readonly { readonly name: string }[]) => waves.map(({ name }) => name);

function wave(name: string, ...dependsOn: readonly string[]) {
  return { name, dependsOn };
}

describe("waves sorted by their dependencies", () => {
  it("keep the order given where nothing speaks against it", () => {
    expect(names(topological([wave("b"), wave("a"), wave("c")]))).toEqual(["b", "a", "c"]);
  });

  it("ignore names that are not among them", () => {
    expect(names(topological([wave("a", "elsewhere"), wave("b")]))).toEqual(["a", "b"]);
  });

  it("leave a cycle in the order given, after what comes before it", () => {
    const given = [wave("a", "b"), wave("b", "a"), wave("c"), wave("self", "self")];
    expect(names(topological(given))).toEqual(["c", "a", "b", "self"]);
  });

  it("come after all they depend on, and nobody is lost, in any graph without cycles", () => {
    const graphs = fc
      .array(fc.array(fc.nat(11), { maxLength: 4 }), { maxLength: 12 })
      .chain((edges) => {
        const waves = edges.map((to, index) =>
          wave(`w${index}`, ...to.filter((one) => one < index).map((one) => `w${one}`)),
        );
        return fc.shuffledSubarray(waves, { minLength: waves.length });
      });
    fc.assert(
      fc.property(graphs, (given) => {
        const sorted = topological(given);
        expect(names(sorted).toSorted()).toEqual(names(given).toSorted());
        for (const [index, { dependsOn }] of sorted.entries()) {
          const earlier = new Set(names(sorted.slice(0, index)));
          for (const name of dependsOn) expect(earlier).toContain(name);
        }
      }),
    );
  });
});
