import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../runtime/runbook/markdown.js";
import type { Section } from "../../runtime/runbook/model.js";
import type { CellOutputs } from "../../runtime/runbook/outputs/cell.js";
import { readOutputs } from "../../runtime/runbook/outputs/read.js";
import { runbook } from "../../runtime/runbook/runbook.js";
import { filled, type Word } from "../../runtime/runbook/words.js";
import {
  headlessCell,
  outputsWith,
  restoredCell,
  sampleCell,
  sectionOf,
  turnedBy,
} from "./sample-cell.js";

const cells: readonly (readonly [string, CellOutputs])[] = [
  ["one of everything", sampleCell()],
  ["traffic turned by health", turnedBy("health")],
  ["routing controls", turnedBy("routing-control")],
  ["a headless secondary", headlessCell()],
  ["nothing but backups", restoredCell()],
];

/** Every command of the section, as an operator would type it. */
function linesOf({ steps, variables }: Pick<Section, "steps" | "variables">): readonly string[] {
  const values = Object.fromEntries(variables.map(({ name, example }) => [name, example]));
  return steps.flatMap(({ commands }) =>
    commands.map(({ argv }) => filled(argv, values).join(" ")),
  );
}

function regionIn(argv: readonly Word[]): Word | undefined {
  return argv[argv.indexOf("--region") + 1];
}

/**
 * Services that are changed in one Region for the whole world: none of them may be needed while a
 * Region is lost. Sources: Route 53 Developer Guide and "AWS fault isolation boundaries".
 */
const changedInOneRegion: Readonly<Record<string, string>> = {
  route53: "us-east-1",
  iam: "us-east-1",
  organizations: "us-east-1",
  cloudfront: "us-east-1",
  "route53-recovery-control-config": "us-west-2",
  "route53-recovery-readiness": "us-west-2",
  globalaccelerator: "us-west-2",
  "arc-region-switch": "us-east-1",
};

describe.each(cells)("a failover of a cell with %s", (_name, cell) => {
  const { steps } = sectionOf(cell, "cell-orders-failover");
  const awaited = steps.filter(({ isBestEffort }) => isBestEffort !== true);

  test("waits for no call in the Region that is lost", () => {
    const calls = awaited
      .flatMap(({ commands }) => commands)
      .filter(
        ({ argv: [program, service] }) =>
          program === "aws" && service !== "route53-recovery-cluster",
      );
    expect(calls.length).toBeGreaterThan(0);
    for (const { argv } of calls) expect(regionIn(argv), argv.join(" ")).toBe("us-west-2");
  });

  test("changes nothing that is changed in one Region for all", () => {
    const services = steps
      .flatMap(({ commands }) => commands)
      .flatMap(({ argv: [program, service] }) => (program === "aws" ? [String(service)] : []));
    expect(services.filter((service) => service in changedInOneRegion)).toEqual([]);
  });

  test("tries what it does not wait for in the Region that is lost alone", () => {
    const tried = steps.filter(({ isBestEffort }) => isBestEffort === true);
    for (const { argv } of tried.flatMap(({ commands }) => commands)) {
      expect(regionIn(argv), argv.join(" ")).toBe("us-east-1");
    }
  });
});

describe("a failover", () => {
  const { steps, variables } = sectionOf(sampleCell(), "cell-orders-failover");

  test("goes from the decision over data, capacity and consumers to traffic, and ends with a look", () => {
    expect(steps.map(({ title }) => title)).toEqual([
      "Decide whether us-west-2 takes over",
      "Stop deployments",
      "Stop what writes in us-east-1",
      "Turn the consumers off in us-east-1",
      "Fail over ledger to us-west-2",
      "Promote catalogue in us-west-2",
      "Let pages write in us-west-2",
      "Raise what runs in us-west-2",
      "Look at tables and buckets in us-west-2",
      "Only if a secret must change: part its replica in us-west-2",
      "Turn the consumers on in us-west-2",
      "Let us-west-2 take over",
      "See that it works",
    ]);
  });

  test("runs these commands", async () => {
    await expect(`${linesOf({ steps, variables }).join("\n")}\n`).toMatchFileSnapshot(
      "golden/failover-commands.txt",
    );
  });

  test("makes an instance first where the secondary has none", () => {
    const titles = sectionOf(headlessCell(), "cell-orders-failover").steps.map(
      ({ title }) => title,
    );
    expect(titles.indexOf("Make an instance of ledger in us-west-2")).toBe(
      titles.indexOf("Fail over ledger to us-west-2") - 1,
    );
  });

  test("leaves traffic to Route 53 where health turns it", () => {
    const step = sectionOf(turnedBy("health"), "cell-orders-failover").steps.at(-2);
    expect(step?.title).toBe("See that traffic goes to us-west-2");
    expect(step?.commands.map(({ argv }) => argv[0])).toEqual(["dig"]);
  });

  test("asks the five endpoints of routing controls one after the other, that of the lost Region last", () => {
    const step = sectionOf(turnedBy("routing-control"), "cell-orders-failover").steps.at(-2);
    const regions = step?.commands.map(({ argv }) => regionIn(argv)).slice(0, 5);
    expect(regions).toEqual([
      "us-west-2",
      "eu-west-1",
      "ap-northeast-1",
      "ap-southeast-2",
      "us-east-1",
    ]);
  });

  test("restores where backups are the only copy, and says what must be deployed", () => {
    const titles = sectionOf(restoredCell(), "cell-orders-failover").steps.map(
      ({ title }) => title,
    );
    expect(titles).toContain("Restore from the copies in us-west-2");
    expect(titles).toContain("Deploy what does not stand in us-west-2");
  });
});

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
      const titles = sectionOf(cell, "cell-orders-failback").steps.map(({ title }) => title);
      const raised = titles.indexOf("Raise what runs in us-east-1");
      return Math.sign(raised - titles.indexOf("Switch ledger over to us-east-1"));
    };
    expect([order(turnedBy("health")), order(sampleCell())]).toEqual([1, -1]);
  });
});

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
});

describe("a standby that is lost", () => {
  const sharing = (cell: CellOutputs): CellOutputs =>
    cell.traffic ? { ...cell, traffic: { ...cell.traffic, routing: "latency" } } : cell;

  test("is asked nothing, whoever serves clients", () => {
    for (const cell of [sampleCell(), sharing(sampleCell())]) {
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
    expect([turned(sampleCell()).length, turned(sharing(sampleCell())).length]).toEqual([0, 1]);
  });
});

describe("the outputs of a cell", () => {
  test.each(cells)("with %s are taken as they are", (_name, cell) => {
    const read = readOutputs(JSON.stringify({ disasterRecovery: outputsWith(cell) }));
    expect(read.ok ? [] : read.problems).toEqual([]);
  });

  const again = 'Take them anew from the stack: "pulumi stack output --json".';
  const at = "disasterRecovery.cells[0]";

  test.each<readonly [string, (cell: CellOutputs) => unknown, string]>([
    [
      "a Region outside of the zone",
      (cell) => Object.assign(cell.regions, { recovery: "eu-west-1" }),
      `${at}.regions.recovery must be a Region of the zone "us", got "eu-west-1". ${again}`,
    ],
    [
      "a member in another account",
      ({ auroraDatabases: [one] }) => {
        if (one)
          one.members.recovery.clusterArn = one.members.recovery.clusterArn.replace(
            "111122223333",
            "999999999999",
          );
      },
      `${at}.auroraDatabases[0].members.recovery.clusterArn must be "arn:aws:rds:us-west-2:111122223333:cluster:shop-orders-ledger-us-west-2", got "arn:aws:rds:us-west-2:999999999999:cluster:shop-orders-ledger-us-west-2". ${again}`,
    ],
    [
      "a switch that is not there",
      ({ traffic }) => traffic && Reflect.deleteProperty(traffic, "flags"),
      `${at}.traffic.flags must be a mapping, got nothing. ${again}`,
    ],
    [
      "a name of a service that there is not",
      ({ traffic }) => traffic && Object.assign(traffic.records[0] ?? {}, { service: "site" }),
      `${at}.traffic.records[0].service must be the name of a service of the cell, got "site". ${again}`,
    ],
    [
      "a key of another Region",
      (cell) => Object.assign(cell.keyArns, { recovery: cell.keyArns.primary }),
      `${at}.keyArns.recovery must be an ARN that begins with "arn:aws:kms:us-west-2:111122223333:key/", got "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555". ${again}`,
    ],
    [
      "a mechanism that nobody knows",
      ({ copies }) => Object.assign(copies[0] ?? {}, { mechanism: "rsync" }),
      `${at}.copies[0].mechanism must be a mechanism that this release knows, got "rsync". ${again}`,
    ],
  ])("are refused with %s", (_what, mutate, message) => {
    const cell = sampleCell();
    mutate(cell);
    const read = readOutputs(JSON.stringify({ disasterRecovery: outputsWith(cell) }));
    expect(read.ok ? [] : read.problems.map((problem) => problem.message)).toContain(message);
  });

  test("with both sides alike are refused", () => {
    const cell = sampleCell();
    Object.assign(cell.regions, { recovery: "us-east-1" });
    const read = readOutputs(JSON.stringify({ disasterRecovery: outputsWith(cell) }));
    const messages = read.ok ? [] : read.problems.map(({ message }) => message);
    expect(messages).toContain(
      `${at}.regions.recovery must be another Region than the primary, got "us-east-1". ${again}`,
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
