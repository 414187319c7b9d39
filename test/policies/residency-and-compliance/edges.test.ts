import { describe, expect, it } from "vitest";
import { dataWithinResidency } from "../../../policies/residency-and-compliance/data-within-residency.js";
import type { DeclaredEdge, Reference } from "../../../runtime/core/cells/edges/declared-edge.js";
import { declaredEdges } from "../../../runtime/core/cells/edges/declared-edges.js";
import { showStack, unknown } from "../in-process.js";

/** An edge whose property names its other end. */
type NamingEdge = DeclaredEdge & { readonly holds: Exclude<DeclaredEdge["holds"], "cells"> };

function names(edge: DeclaredEdge): edge is NamingEdge {
  return edge.holds !== "cells";
}

/** The properties of a resource whose edge goes to, or comes from, what is given. */
function propsOf({ path, holds }: NamingEdge, other: unknown): Readonly<Record<string, unknown>> {
  const steps = path.match(/[^.[\]]+|\[\]/g) ?? [];
  const value = steps.reduceRight<unknown>(
    (inner, step) => (step === "[]" ? [inner] : { [step]: inner }),
    other,
  );
  const where = holds === "region" ? undefined : holds.onlyWhere;
  const kind = where && { [where.property]: where.isAmong[0] };
  return { region: "eu-west-1", ...kind, ...(value as Readonly<Record<string, unknown>>) };
}

function otherIn({ holds }: NamingEdge, region: string): string {
  return holds === "region" ? region : `arn:aws:service:${region}:111122223333:name`;
}

function typesOf({ type, otherTypes = [] }: Reference): readonly string[] {
  return otherTypes === "any" ? ["aws:sqs/queue:Queue"] : [type, ...otherTypes];
}

const edges = declaredEdges
  .filter(names)
  .map((edge) => ({ ...edge, name: `${edge.kind}: ${edge.type}` }));

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

  const referring = edges.flatMap(({ holds, ...edge }) =>
    holds === "region" ? [] : typesOf(holds).map((of) => ({ ...edge, holds, of })),
  );

  it.each(referring)("is followed to what it is made of, as $name of $of", async (edge) => {
    const other = { type: edge.of, name: "other", props: { region: "us-east-1" } };
    const near = { ...other, props: { region: "eu-central-1" } };
    const [property = ""] = edge.path.split(/[.[]/);
    const madeOf = (one: typeof other) => ({
      type: edge.type,
      props: propsOf(edge, unknown),
      madeOf: { [property]: [one] },
    });
    expect(await showStack(dataWithinResidency, [other, madeOf(other)])).toEqual([
      expect.stringContaining("must keep data in its residency zone"),
    ]);
    expect(await showStack(dataWithinResidency, [near, madeOf(near)])).toEqual([]);
  });

  it("is none where the property holds something else", async () => {
    const props = { region: "eu-west-1", protocol: "email", endpoint: unknown };
    const subscription = { type: "aws:sns/topicSubscription:TopicSubscription", props };
    expect(await showStack(dataWithinResidency, [subscription])).toEqual([]);
  });

  it.each(edges)("is taken where it stays in the zone, as $name by $path", async (edge) => {
    const shown = { type: edge.type, props: propsOf(edge, otherIn(edge, "eu-central-1")) };
    expect(await showStack(dataWithinResidency, [shown])).toEqual([]);
  });
});

describe("an edge from all Regions of an account", () => {
  const cell = (account: string, primaryRegion: string, recoveryRegion: string) => ({
    type: "aws-dr:data:CellKey",
    name: primaryRegion,
    props: { environment: "shop", cell: "orders", account, primaryRegion, recoveryRegion },
  });
  const ofCells = declaredEdges.filter((edge) => !names(edge));
  const trail = (isOn: unknown, account?: string) => (edge: DeclaredEdge) => ({
    type: edge.type,
    props: { region: "eu-west-1", [edge.path]: isOn },
    ...(account && { provider: { allowedAccountIds: JSON.stringify([account]) } }),
  });
  const european = cell("111122223333", "eu-west-1", "eu-central-1");
  const american = cell("111122223333", "us-east-1", "us-west-2");
  const crossing = ["us-east-1", "us-west-2"].map((from) =>
    expect.stringContaining(`must keep data in its residency zone, got ${from} (us) to eu-west-1`),
  );

  it.each(ofCells)("is refused where a cell of another zone lies in it, as $type", async (edge) => {
    const all = [european, american, trail(true, "111122223333")(edge)];
    expect(await showStack(dataWithinResidency, all)).toEqual(crossing);
    const anyAccount = [european, american, trail(unknown)(edge)];
    expect(await showStack(dataWithinResidency, anyAccount)).toEqual(crossing);
  });

  it.each(ofCells)("is taken where all its cells lie in the zone, as $type", async (edge) => {
    const elsewhere = cell("444455556666", "us-east-1", "us-west-2");
    const all = [european, elsewhere, trail(true, "111122223333")(edge)];
    expect(await showStack(dataWithinResidency, all)).toEqual([]);
  });

  it.each(ofCells)("is none where it is turned off, as $type", async (edge) => {
    expect(await showStack(dataWithinResidency, [american, trail(false)(edge)])).toEqual([]);
  });
});
