import { describe, expect, test } from "vitest";
import type { CellOutputs } from "../../runtime/runbook/outputs/cell.js";
import { variablesOf } from "../../runtime/runbook/words.js";
import { headlessCell, restoredCell, sampleCell, sectionOf, turnedBy } from "./sample-cell.js";
import { linesOf, regionIn, servedByBoth, titlesOf } from "./sections.js";

describe("the way back", () => {
  const { steps, variables } = sectionOf(sampleCell(), "cell-orders-failback");

  test("runs these commands", async () => {
    await expect(`${linesOf({ steps, variables }).join("\n")}\n`).toMatchFileSnapshot(
      "golden/failback-commands.txt",
    );
  });

  test("fails nothing over: it switches, with nothing lost", () => {
    const lines = linesOf({ steps, variables });
    expect(lines.filter((line) => line.includes("--allow-data-loss"))).toEqual([]);
    expect(lines.filter((line) => line.includes("switchover-global-cluster"))).toHaveLength(1);
  });

  test("calls a switchover in the Region that writes", () => {
    const calls = steps.flatMap(({ commands }) => commands);
    const call = calls.find(({ argv }) => argv[2] === "switchover-global-cluster");
    expect(call && regionIn(call.argv)).toBe("us-west-2");
  });

  test("has the data home before anything answers there, where health turns traffic", () => {
    const order = (cell: CellOutputs) => {
      const titles = titlesOf(cell, "cell-orders-failback");
      const raised = titles.indexOf("Raise what runs in us-east-1");
      return Math.sign(raised - titles.indexOf("Switch ledger over to us-east-1"));
    };
    expect([order(turnedBy("health")), order(sampleCell())]).toEqual([1, -1]);
  });

  const titles = titlesOf(sampleCell(), "cell-orders-failback");
  const placeOf = (title: string) => {
    expect(titles).toContain(title);
    return titles.indexOf(title);
  };

  test("stops tasks and consumers before a copy is promoted, so that no write is lost", () => {
    const promoted = placeOf("Promote the copy of catalogue in us-east-1");
    expect(placeOf("Turn the consumers off in us-west-2")).toBeLessThan(promoted);
    expect(placeOf("Stop what writes in us-west-2")).toBeLessThan(promoted);
  });

  test("lets nothing write at home before production is there", () => {
    expect(placeOf("See that nothing writes in us-east-1")).toBe(2);
  });

  test("makes each copy under the name and address that clients know, once the old one is aside", () => {
    const lines = linesOf({ steps, variables });
    const made = lines.filter((line) => line.includes("create-db-instance-read-replica"));
    expect(made.map((line) => / --db-instance-identifier (\S+)/.exec(line)?.[1])).toEqual([
      "shop-orders-catalogue-us-east-1",
      "shop-orders-catalogue-us-west-2",
    ]);
    for (const line of made) {
      const [, name = ""] = / --db-instance-identifier (\S+)/.exec(line) ?? [];
      const aside = lines.findIndex((one) =>
        one.includes(`--new-db-instance-identifier ${name}-old`),
      );
      expect(aside).toBeGreaterThan(-1);
      expect(aside).toBeLessThan(lines.indexOf(line));
    }
  });

  test("makes each copy in the class that its Region has, not in the replica's alone", () => {
    const classes = linesOf({ steps, variables }).flatMap(
      (line) => /create-db-instance-read-replica .*--db-instance-class (\S+)/.exec(line)?.[1] ?? [],
    );
    expect(classes).toEqual(["db.r6g.xlarge", "db.r6g.large"]);
  });

  test("leaves no database without a replica: the other Region gets a new one in the end", () => {
    expect(placeOf("Copy catalogue to us-west-2")).toBeGreaterThan(placeOf("See that it works"));
  });

  test("tells the state of the new instances before deployments go on", () => {
    expect(placeOf("Tell the state of the new instances")).toBe(titles.length - 2);
    expect(titles.at(-1)).toBe("Let deployments go on");
  });

  test("gives each snapshot of lost writes a name of its own", () => {
    const copy = steps
      .flatMap(({ commands }) => commands)
      .find(({ argv }) => argv[2] === "copy-db-cluster-snapshot");
    expect(variablesOf(copy?.argv ?? [])).toEqual(["SNAPSHOT", "SNAPSHOT_COPY"]);
  });

  test("carries what was restored home again, with nobody writing meanwhile", () => {
    const restored = titlesOf(restoredCell(), "cell-orders-failback");
    const order = [
      "Back up what was restored, and copy it to us-east-1",
      "Restore from the copies in us-east-1",
      "Raise what runs in us-east-1",
      "Turn traffic to us-east-1",
    ];
    expect(restored.filter((title) => order.includes(title))).toEqual(order);
  });

  test("deletes the instance that a headless member was given, once the other one writes", () => {
    const headless = titlesOf(headlessCell(), "cell-orders-failback");
    expect(headless.indexOf("Delete the instance of ledger in us-west-2")).toBeGreaterThan(
      headless.indexOf("Switch ledger over to us-east-1"),
    );
  });

  test("turns both controls on where both Regions serve, and one where one does", () => {
    const states = (cell: CellOutputs) =>
      linesOf(sectionOf(cell, "cell-orders-failback")).flatMap((line) =>
        line.includes("update-routing-control-states")
          ? [[...line.matchAll(/"RoutingControlState":"(\w+)"/g)].map(([, state]) => state)]
          : [],
      )[0];
    expect(states(servedByBoth(turnedBy("routing-control")))).toEqual(["On", "On"]);
    expect(states(turnedBy("routing-control"))).toEqual(["On", "Off"]);
  });

  test("has tasks in both Regions before traffic comes back to both", () => {
    const both = titlesOf(servedByBoth(sampleCell()), "cell-orders-failback");
    expect(both.indexOf("Bring what runs in us-west-2 to its resting number")).toBeLessThan(
      both.indexOf("Let traffic go where it goes when nothing has happened"),
    );
  });
});
