import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RegisteredResource } from "../../../runtime/rehearsal/program/registered.js";
import { renderDiagram, scenesOf } from "../../../runtime/report/diagram/diagram.js";
import { flawsOf } from "../../support/diagram/flaws.js";
import { resource, tableIn } from "../../support/diagram/resources.js";
import { nestingProblems } from "../markup.js";

const environment = "prod";
const hub = resource("aws-dr:recovery:OrchestrationHub", "hub", {
  environment,
  account: "777788889999",
  homeRegion: "us-east-1",
  lanes: 2,
});
const plansTable = resource(
  "aws:dynamodb/table:Table",
  "plans",
  { region: "us-east-1", replicas: [{ regionName: "us-west-2" }] },
  hub,
);

function spoke(accountName: string, ...declared: readonly number[]): RegisteredResource {
  return resource("aws-dr:recovery:SpokeAccount", accountName, {
    environment,
    account: "111122223333",
    accountName,
    lanes: declared.map((declaredServers) => ({ region: "eu-west-1", declaredServers })),
    warnAtServers: 250,
    criticalAtServers: 280,
  });
}

function plan(waves: Readonly<Record<string, readonly string[]>>): RegisteredResource {
  return resource("aws-dr:recovery:RecoveryPlan", "plan", {
    plan: "everything",
    objectives: { rtoMinutes: 60, rpoMinutes: 15 },
    drills: [],
    waves: Object.entries(waves).map(([name, dependsOn]) => ({
      name,
      dependsOn,
      group: "servers",
      expectedServers: { "111122223333/eu-west-1": 100, "111122223333/eu-west-2": 50 },
    })),
  });
}

const textsOf = (scene: ReturnType<typeof scenesOf>[number] | undefined) =>
  scene?.boxes.map(({ texts }) => texts.map(({ text }) => text).join(" | ")) ?? [];

describe("the picture of an estate", () => {
  test("shows the hub in its Region, and where its records are copied to", () => {
    const [scene] = scenesOf([hub, plansTable]);
    expect(scene?.title).toBe("Hub of prod");
    expect(scene?.boxes.map(({ key }) => key)).toContain("region us-west-2");
    expect(scene?.edges).toMatchObject([{ style: "copy", isTwoWay: true }]);
  });

  test("counts components beside the hub that it does not know", () => {
    const unknown = resource("aws-dr:observability:Something", "new", { environment });
    const [scene] = scenesOf([hub, unknown]);
    const texts = scene?.texts.map(({ text }) => text);
    expect(texts).toContain("and 1 more: 1 × aws-dr:observability:Something");
  });

  test("leads from the hub to each spoke, and shows how full its lanes are declared", () => {
    const [, spokes] = scenesOf([hub, spoke("shop", 250, 30)]);
    expect(spokes?.edges.map(({ from, to }) => [from, to])).toEqual([[hub.urn, spoke("shop").urn]]);
    const meters = spokes?.boxes.flatMap((box) => box.meters.map(({ share }) => share));
    expect(meters).toEqual([250 / 300, 0.1]);
    expect(textsOf(spokes).at(-1)).toContain("eu-west-1: 250 of 300");
  });

  test("draws each wave after those that it waits for", () => {
    const [scene] = scenesOf([plan({ database: [], cache: [], app: ["database", "cache"] })]);
    expect(scene?.edges.map(({ from, to }) => `${from} > ${to}`)).toEqual([
      "database > app",
      "cache > app",
    ]);
    const [database, , app] = scene?.boxes ?? [];
    expect(app?.x).toBeGreaterThan(database?.x ?? Number.NaN);
    expect(textsOf(scene)[0]).toBe("database | 150 servers in 2 lanes | of group servers");
  });

  test("is not drawn where one cell alone is asked for", () => {
    const titles = scenesOf([hub, ...tableIn("sessions")], { cell: "orders" });
    expect(titles.map(({ title }) => title)).toEqual(["Cell orders of shop"]);
  });

  test("is nothing where nothing of it is registered", () => {
    expect(renderDiagram([resource("aws:sqs/queue:Queue", "queue")])).toBeUndefined();
  });
});

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,50}$/);
const spokes = fc.uniqueArray(fc.tuple(name, fc.array(fc.nat(400), { maxLength: 5 })), {
  selector: ([accountName]) => accountName,
  maxLength: 12,
});
/** Waves of which each waits for some of those before it. */
const waves = fc
  .uniqueArray(name, { minLength: 1, maxLength: 14 })
  .chain((names) =>
    fc
      .tuple(...names.map((_, index) => fc.subarray(names.slice(0, index))))
      .map((dependsOn) =>
        Object.fromEntries(names.map((one, index) => [one, dependsOn[index] ?? []])),
      ),
  );

describe("every picture of an estate", () => {
  test("keeps boxes apart, texts in their boxes, and edges at boxes", () => {
    fc.assert(
      fc.property(spokes, waves, (accounts, order) => {
        const resources = [
          hub,
          plansTable,
          ...accounts.map(([one, lanes]) => spoke(one, ...lanes)),
        ];
        expect(scenesOf([...resources, plan(order)]).flatMap(flawsOf)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("an SVG", () => {
  const resources = [
    hub,
    plansTable,
    spoke("<shop & co>", 250),
    plan({ web: [] }),
    ...tableIn("a"),
  ];

  test("is the same for the same resources in whatever order they come", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(resources, { minLength: resources.length }), (shuffled) => {
        expect(renderDiagram(shuffled)).toBe(renderDiagram(resources));
      }),
      { numRuns: 20 },
    );
  });

  test("has a name and a description, no holes, and no markup of a resource's", () => {
    const svg = renderDiagram(resources) ?? "";
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]+role="img"/);
    expect(svg).toContain('<title id="dg-title">Cell orders of shop; Hub of prod;');
    expect(svg).toContain('<desc id="dg-desc">');
    expect(svg).toContain("prefers-color-scheme:dark");
    expect(svg).not.toMatch(/NaN|undefined|Infinity|\[object/);
    expect(svg).toContain("&lt;shop &amp; co&gt;");
    expect(nestingProblems(svg)).toEqual([]);
  });
});
