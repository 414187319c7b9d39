import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RegisteredResource } from "../../../runtime/rehearsal/program/registered.js";
import { cellsOf } from "../../../runtime/report/diagram/cell/cells.js";
import { scenesOf } from "../../../runtime/report/diagram/diagram.js";
import type { Scene } from "../../../runtime/report/diagram/scene.js";
import { flawsOf } from "../../support/diagram/flaws.js";
import { component, resource, serviceIn, tableIn } from "../../support/diagram/resources.js";

function drawn(...resources: readonly RegisteredResource[]): Scene {
  const [scene, ...others] = scenesOf(resources);
  if (scene === undefined || others.length > 0) throw new Error("one scene expected");
  return scene;
}

const words = (scene: Scene) => [
  ...scene.texts.map(({ text }) => text),
  ...scene.boxes.flatMap(({ texts }) => texts.map(({ text }) => text)),
  ...scene.edges.flatMap(({ texts }) => texts.map(({ text }) => text)),
];

describe("the picture of a cell", () => {
  test("shows a service of both Regions in one row, with its three numbers", () => {
    const scene = drawn(...serviceIn("us-east-1", 20), ...serviceIn("us-west-2", 10));
    const [east, west] = scene.boxes.filter(({ tone }) => tone === "compute");
    expect(east?.y).toBe(west?.y);
    expect(west?.texts.map(({ text }) => text)).toContain("10 tasks, 100 on failover (normal 50)");
    expect(west?.meters).toMatchObject([{ share: 0.1, markShares: [0.5] }]);
  });

  test("draws a copy as an edge between its boxes, with its kind and what its RPO rests on", () => {
    const scene = drawn(...tableIn("sessions"));
    expect(scene.edges).toMatchObject([{ style: "copy", isTwoWay: true }]);
    expect(scene.edges[0]?.texts.map(({ text }) => text)).toEqual([
      "table, both ways",
      "RPO 1 s, usual",
    ]);
  });

  test("draws what leaves the residency zone apart, to a box of the Region it goes to", () => {
    const scene = drawn(...tableIn("sessions", [{ regionName: "eu-west-1" }]));
    const [edge] = scene.edges;
    expect(edge?.style).toBe("leaves");
    const outside = scene.boxes.find(({ key }) => key === edge?.to);
    expect(outside?.texts).toMatchObject([{ text: "eu-west-1", isAlert: true }]);
    expect(scene.samples.map(({ text }) => text.text)).toEqual(["data leaves the residency zone"]);
  });

  test("draws a third Region of the zone without alarm", () => {
    const scene = drawn(
      ...tableIn("sessions", [{ regionName: "us-west-2" }, { regionName: "us-east-2" }]),
    );
    expect(scene.edges.map(({ style }) => style)).toEqual(["copy", "copy"]);
  });

  test("names the other Region of the cell where what is copied there has no card", () => {
    const replicas = [{ regionName: "us-west-2" }];
    const scene = drawn(
      ...component("compute:ContainerService", "api", { region: "us-east-1", service: "api" }, [
        ["aws:dynamodb/table:Table", { region: "us-east-1", name: "locks", replicas }],
      ]),
    );
    const there = scene.boxes.find(({ key }) => key === scene.edges[0]?.to);
    expect(there?.texts).toMatchObject([{ text: "us-west-2" }]);
    expect(flawsOf(scene)).toEqual([]);
  });

  test("shows that nobody knows where a copy goes", () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const scene = drawn(...tableIn("sessions", [{ regionName: unknown }]));
    expect(words(scene)).toContain("a Region not known yet");
    expect(scene.edges.map(({ style }) => style)).toEqual(["leaves"]);
  });

  test("names what is promised of a store, and what makes its copy writable", () => {
    const objectives = { rtoMinutes: 15, rpoSeconds: 5 };
    const contract = { name: "ledger", mechanism: "aurora-global-database", objectives };
    const scene = drawn(
      ...component("data:AuroraGlobalDatabase", "ledger", contract, [
        ["aws:rds/cluster:Cluster", { region: "us-east-1" }],
        ["aws:rds/cluster:Cluster", { region: "us-west-2" }],
      ]),
    );
    expect(words(scene)).toContain("promised: RTO 15 min, RPO 5 s");
    expect(words(scene)).toContain("promotion: about 5 min");
  });

  test("shows an RPO that the store enforces instead of the usual one", () => {
    const enforced = { onPartition: "block-commits", enforcedRpoSeconds: 20 };
    const scene = drawn(...tableIn("sessions", [{ regionName: "us-west-2" }], enforced));
    expect(words(scene)).toContain("RPO 20 s, enforced");
  });

  test("shows the decision alarm in the Region in which it is registered", () => {
    const alarm = (region: string, other: string) =>
      [
        "aws:cloudwatch/compositeAlarm:CompositeAlarm",
        { region, alarmName: `shop-orders-decide-on-${other}` },
      ] as const;
    const scene = drawn(
      ...component("watching:CellWatch", "watch", { unhealthyMinutes: 3 }, [
        alarm("us-west-2", "us-east-1"),
      ]),
    );
    const box = scene.boxes.find(({ texts }) =>
      texts.some(({ text }) => text === "asks to decide on us-east-1: 3 min unhealthy"),
    );
    const recovery = scene.boxes.find(({ key }) => key === "region us-west-2");
    expect(box?.x).toBe(recovery?.x);
  });

  test("leads clients from a name into both Regions", () => {
    const contract = { recordName: "api.shop.example", turnsBy: "health", routing: "failover" };
    const scene = drawn(...component("traffic:FailoverRouting", "front", contract));
    expect(scene.edges.map(({ to }) => to)).toEqual(["region us-east-1", "region us-west-2"]);
    expect(words(scene)).toContain("turned by health checks alone");
  });

  test("tells where both Regions serve", () => {
    const contract = { recordName: "api.shop.example", turnsBy: "health", routing: "latency" };
    const scene = drawn(...component("traffic:FailoverRouting", "front", contract));
    expect(words(scene)).toContain(
      "us-east-1 and us-west-2 both serve, and each takes over from the other",
    );
    expect(scene.edges.flatMap(({ texts }) => texts.map(({ text }) => text))).toEqual([
      "nearest",
      "nearest",
    ]);
  });

  test("draws a loose resource that sends data elsewhere", () => {
    const replicas = [{ regionName: "eu-west-1" }];
    const loose = resource("aws:dynamodb/table:Table", "loose", { region: "us-east-1", replicas });
    const scene = drawn(...tableIn("sessions"), loose);
    expect(scene.edges.map(({ style }) => style)).toEqual(["copy", "leaves"]);
    expect(words(scene)).toContain("loose");
  });

  test("counts what it does not know how to draw", () => {
    const [cell] = cellsOf([
      ...tableIn("sessions"),
      ...component("data:SomethingGlobal", "global", {}, [["aws:iam/role:Role", {}]]),
      ...tableIn("nowhere", [], { region: "eu-west-1" }),
      ...component("data:SomethingNew", "new", {}, [
        ["aws:sqs/queue:Queue", { region: "us-west-2" }],
      ]),
      resource("aws:sqs/queue:Queue", "mine", { region: "us-west-2" }),
      resource("aws:sqs/queue:Queue", "elsewhere", { region: "eu-west-1" }),
    ]);
    expect(cell?.others).toEqual({
      "us-east-1": { "aws-dr:data:GlobalTable": 1, "aws-dr:data:SomethingGlobal": 1 },
      "us-west-2": { "aws-dr:data:SomethingNew": 1, "aws:sqs/queue:Queue": 1 },
    });
  });

  test("gives two networks of one Region a row each", () => {
    const network = (name: string, cidrBlock: string) =>
      component("network:PilotLightRegion", name, { region: "us-east-1", cidrBlock });
    const scene = drawn(...network("a", "10.10.0.0/16"), ...network("b", "10.20.0.0/16"));
    expect(words(scene)).toEqual(expect.arrayContaining(["VPC 10.10.0.0/16", "VPC 10.20.0.0/16"]));
  });

  test("tells on each box which resources it stands for", () => {
    const scene = drawn(...tableIn("sessions"));
    const titles = scene.boxes.filter(({ tone }) => tone === "data").map(({ title }) => title);
    expect(titles[0]).toContain("1 aws:dynamodb/table:Table");
  });

  test("tells everything in words too", () => {
    const { description } = drawn(...tableIn("sessions"), ...serviceIn("us-west-2", 10));
    expect(description).toContain("us-east-1 (primary) holds 1 thing: sessions.");
    expect(description).toContain("us-west-2 (recovery) holds 2 things: api, sessions.");
    expect(description).toContain(
      "sessions between us-east-1 and us-west-2: table, both ways, RPO 1 s, usual.",
    );
  });
});

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,60}$/);
const region = fc.constantFrom("us-east-1", "us-west-2", "us-east-2", "eu-west-1");
const parts = fc.oneof(
  fc.tuple(name, fc.array(region, { maxLength: 4 })).map(([table, regions]) =>
    tableIn(
      table,
      regions.map((regionName) => ({ regionName })),
    ),
  ),
  fc.tuple(name, fc.nat(200)).map(([service, resting]) => serviceIn("us-west-2", resting, service)),
  name.map((record) => component("traffic:FailoverRouting", record, { recordName: record })),
  name.map((type) => component(`data:${type}`, type, { region: "us-east-1" })),
);

describe("every picture of a cell", () => {
  test("keeps boxes apart, texts in their boxes, and edges at boxes", () => {
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 8 }), (chosen) => {
        const byUrn = new Map(chosen.flat().map((one) => [one.urn, one]));
        expect(scenesOf([...byUrn.values()]).flatMap(flawsOf)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
