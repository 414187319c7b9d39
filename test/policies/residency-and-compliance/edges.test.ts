import { describe, expect, it } from "vitest";
import { dataWithinResidency } from "../../../policies/residency-and-compliance/data-within-residency.js";
import {
  type DeclaredEdge,
  declaredEdges,
} from "../../../runtime/core/cells/edges/declared-edges.js";
import { showStack, unknown } from "../in-process.js";

/** The properties of a resource whose edge goes to, or comes from, what is given. */
function propsOf({ path }: DeclaredEdge, other: unknown): Readonly<Record<string, unknown>> {
  const steps = path.match(/[^.[\]]+|\[\]/g) ?? [];
  const value = steps.reduceRight<unknown>(
    (inner, step) => (step === "[]" ? [inner] : { [step]: inner }),
    other,
  );
  return { region: "eu-west-1", ...(value as Readonly<Record<string, unknown>>) };
}

function otherIn({ holds }: DeclaredEdge, region: string): string {
  return holds === "region" ? region : `arn:aws:service:${region}:111122223333:name`;
}

const edges = declaredEdges.map((edge) => ({ ...edge, name: `${edge.kind}: ${edge.type}` }));

describe("an edge that this release knows", () => {
  it.each(edges)("is refused where it leaves the zone, as $name by $path", async (edge) => {
    const shown = { type: edge.type, props: propsOf(edge, otherIn(edge, "us-east-1")) };
    const [said, ...more] = await showStack(dataWithinResidency, [shown]);

    const [from, to] = ["eu-west-1 (eu)", "us-east-1 (us)"];
    const ends = edge.way === "to" ? `${from} to ${to}` : `${to} to ${from}`;
    expect(said).toBe(
      `mandatory: ${edge.path.replaceAll("[]", "[0]")} must keep data in its residency zone, got ${ends}. ` +
        "Use a Region of the same zone, or two cells that share no data.",
    );
    expect(more).toEqual([]);
  });

  it.each(edges)("is refused where nobody knows its end, as $name by $path", async (edge) => {
    const shown = { type: edge.type, props: propsOf(edge, unknown) };
    const said = await showStack(dataWithinResidency, [shown]);
    expect(said).toEqual([expect.stringMatching(/^mandatory: .* a Region that is known at/)]);
  });

  it.each(edges)("is taken where it stays in the zone, as $name by $path", async (edge) => {
    const shown = { type: edge.type, props: propsOf(edge, otherIn(edge, "eu-central-1")) };
    expect(await showStack(dataWithinResidency, [shown])).toEqual([]);
  });
});
