import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../runtime/runbook/markdown.js";
import type { CellOutputs } from "../../runtime/runbook/outputs/cell.js";
import { runbook } from "../../runtime/runbook/runbook.js";
import { headlessCell, outputsWith, sampleCell, sectionOf } from "./sample-cell.js";
import { linesOf, regionIn, servedByBoth, titlesOf } from "./sections.js";

describe("a drill of a cell", () => {
  const { steps, variables } = sectionOf(sampleCell(), "cell-orders-drill");

  test("runs these commands", async () => {
    await expect(`${linesOf({ steps, variables }).join("\n")}\n`).toMatchFileSnapshot(
      "golden/drill-commands.txt",
    );
  });

  test("promotes and deletes no instance that production needs", () => {
    const lines = linesOf({ steps, variables });
    const harmful = lines.filter((line) =>
      / (promote-read-replica|delete-db-instance) /.test(line),
    );
    expect(harmful.length).toBeGreaterThan(0);
    for (const line of harmful)
      expect(line).toContain("--db-instance-identifier replica-2027-01-12");
  });

  test("turns no traffic", () => {
    expect(linesOf({ steps, variables }).join("\n")).not.toMatch(/put-object|routing-control/);
  });

  test("looks at the alarms before it silences them: afterwards they tell nothing", () => {
    const titles = titlesOf(sampleCell(), "cell-orders-drill");
    expect(titles.slice(0, 2)).toEqual([
      "See that both Regions are well",
      "Silence the decision alarms",
    ]);
  });

  test("makes an instance for a headless member, and deletes that one alone", () => {
    const section = sectionOf(headlessCell(), "cell-orders-drill");
    const titles = section.steps.map(({ title }) => title);
    const order = [
      "Make an instance of ledger in us-west-2",
      "Switch ledger over to us-west-2",
      "Switch ledger over to us-east-1",
      "Delete the instance of ledger in us-west-2",
    ];
    expect(titles.filter((title) => order.includes(title))).toEqual(order);
    const deleted = linesOf(section).flatMap(
      (line) => /delete-db-instance .*--db-instance-identifier (\S+)/.exec(line)?.[1] ?? [],
    );
    expect(deleted).toEqual(["replica-2027-01-12", "shop-orders-ledger-us-west-2-failover"]);
  });
});

describe("a standby that is lost", () => {
  test("is asked nothing, whoever serves clients", () => {
    for (const cell of [sampleCell(), servedByBoth(sampleCell())]) {
      const { steps } = sectionOf(cell, "cell-orders-standby-lost");
      const regions = steps
        .flatMap(({ commands }) => commands)
        .filter(({ argv: [program] }) => program === "aws")
        .map(({ argv }) => regionIn(argv));
      expect(new Set(regions)).toEqual(new Set(["us-east-1"]));
    }
  });

  test("holds up no commit of a database that waits for its copy, once somebody decided so", () => {
    const section = sectionOf(sampleCell(), "cell-orders-standby-lost");
    expect(linesOf(section)).toContain(
      "aws rds reset-db-cluster-parameter-group --region us-east-1 --db-cluster-parameter-group-name shop-orders-ledger-us-east-1 --no-reset-all-parameters --parameters ParameterName=rds.global_db_rpo,ApplyMethod=immediate",
    );
  });

  test("sends its clients here where both Regions serve, and nobody where one does", () => {
    const turned = (cell: CellOutputs) =>
      linesOf(sectionOf(cell, "cell-orders-standby-lost")).filter((line) =>
        line.includes("put-object"),
      );
    expect([turned(sampleCell()).length, turned(servedByBoth(sampleCell())).length]).toEqual([
      0, 1,
    ]);
  });

  test("gives back what its clients brought here, once it is back", () => {
    const titles = titlesOf(servedByBoth(sampleCell()), "cell-orders-standby-lost");
    expect(titles.slice(-3)).toEqual([
      "Let traffic go where it goes when nothing has happened",
      "Bring what runs in us-east-1 to its normal number",
      "Let deployments go on",
    ]);
  });

  test("fills no disk of a database that keeps what its replica has not fetched", () => {
    expect(linesOf(sectionOf(sampleCell(), "cell-orders-standby-lost"))).toContainEqual(
      expect.stringContaining("--metric-name OldestReplicationSlotLag"),
    );
  });
});

test("a runbook of cells alone has no section of a hub", () => {
  const text = renderMarkdown(runbook(outputsWith(sampleCell())));
  expect(text.match(/^## .*$/gm)).toEqual([
    "## What there is, and whom to ask",
    "## Cell orders: what there is",
    "## Cell orders: drill, with both Regions well",
    "## Cell orders: us-east-1 is lost, us-west-2 takes over",
    "## Cell orders: back from us-west-2 to us-east-1",
    "## Cell orders: us-west-2 is lost, us-east-1 goes on",
  ]);
});
