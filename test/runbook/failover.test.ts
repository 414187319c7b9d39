import { describe, expect, test } from "vitest";
import { headlessCell, restoredCell, sampleCell, sectionOf, turnedBy } from "./sample-cell.js";
import { cells, linesOf, regionIn, titlesOf } from "./sections.js";

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
      "Sign in without us-east-1",
      "Decide whether us-west-2 takes over",
      "Stop deployments",
      "Stop what writes in us-east-1",
      "Turn the consumers off in us-east-1",
      "Fail over ledger to us-west-2",
      "Only if the failover of ledger stays refused: detach the member in us-west-2",
      "Promote catalogue in us-west-2",
      "Give catalogue in us-west-2 the class of its source",
      "Let pages write in us-west-2",
      "Raise what runs in us-west-2",
      "Look at tables and buckets in us-west-2",
      "Turn the consumers on in us-west-2",
      "Let us-west-2 take over",
      "See that it works",
      "Only if a secret must change: part its replica in us-west-2",
      "As soon as us-east-1 answers again: keep it from writing",
    ]);
  });

  test("runs these commands", async () => {
    await expect(`${linesOf({ steps, variables }).join("\n")}\n`).toMatchFileSnapshot(
      "golden/failover-commands.txt",
    );
  });

  test("makes an instance first where the secondary has none", () => {
    const titles = titlesOf(headlessCell(), "cell-orders-failover");
    expect(titles.indexOf("Make an instance of ledger in us-west-2")).toBe(
      titles.indexOf("Fail over ledger to us-west-2") - 1,
    );
  });

  test("leaves traffic to Route 53 where health turns it", () => {
    const { steps: all } = sectionOf(turnedBy("health"), "cell-orders-failover");
    const step = all.find(({ title }) => title === "See that traffic goes to us-west-2");
    expect(step?.commands.map(({ argv }) => argv[0])).toEqual(["dig", "dig"]);
  });

  test("asks the five endpoints of routing controls one after the other, that of the lost Region last", () => {
    const { steps: all } = sectionOf(turnedBy("routing-control"), "cell-orders-failover");
    const step = all.find(({ title }) => title === "Turn the routing controls to us-west-2");
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
    const titles = titlesOf(restoredCell(), "cell-orders-failover");
    expect(titles).toContain("Restore from the copies in us-west-2");
    expect(titles).toContain("Deploy what does not stand in us-west-2");
  });

  test("shows how much would be lost before anybody decides, as the Region sees it that survives", () => {
    const decide = steps.find(({ title }) => title.startsWith("Decide"));
    expect(decide?.commands.map(({ argv }) => [argv[2], regionIn(argv)])).toEqual([
      ["describe-alarms", "us-west-2"],
      ["get-metric-statistics", "us-west-2"],
      ["get-metric-statistics", "us-west-2"],
    ]);
  });

  test("proves first that somebody can sign in where the lost Region is not asked", () => {
    expect(linesOf({ steps: steps.slice(0, 1), variables })).toEqual([
      "aws sts get-caller-identity --region us-west-2",
    ]);
  });

  test("detaches a member only where its failover stays refused, and never before", () => {
    const lines = linesOf({ steps, variables });
    const call = (operation: string) => lines.findIndex((line) => line.includes(operation));
    expect(call("remove-from-global-cluster")).toBeGreaterThan(call("failover-global-cluster"));
    expect(sectionOf(sampleCell(), "cell-orders-failover").never).toContain(
      "Detach a member while its failover may still be accepted: it is the last resort, and has no way back.",
    );
  });

  test("keeps the backups of what it promotes, of which RDS would keep one day", () => {
    expect(linesOf({ steps, variables })).toContain(
      "aws rds promote-read-replica --region us-west-2 --db-instance-identifier shop-orders-catalogue-us-west-2 --backup-retention-period 35 --preferred-backup-window 03:00-03:30",
    );
  });

  test("ends by holding the lost Region down, which comes back as it was", () => {
    const last = steps.at(-1);
    expect(last?.isBestEffort).toBe(true);
    const lines = linesOf({ steps: last ? [last] : [], variables });
    expect(lines.filter((line) => line.endsWith(" --desired-count 0"))).toHaveLength(1);
    expect(lines.filter((line) => line.endsWith(" --no-enabled"))).toHaveLength(1);
  });

  test("gives what clients are told something to be compared with", () => {
    expect(linesOf({ steps, variables }).filter((line) => line.startsWith("dig"))).toEqual([
      "dig +short api.shop.example",
      "dig +short api-1.us-west-2.elb.amazonaws.com",
    ]);
  });
});

test.each(["failover", "drill", "failback", "standby-lost"])(
  "the section %s says what must never be done",
  (id) => {
    for (const [name, cell] of cells) {
      expect(sectionOf(cell, `cell-orders-${id}`).never?.length, name).toBeGreaterThan(0);
    }
  },
);
