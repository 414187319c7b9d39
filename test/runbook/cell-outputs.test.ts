import { describe, expect, test } from "vitest";
import type { CellOutputs } from "../../runtime/runbook/outputs/cell.js";
import { readOutputs } from "../../runtime/runbook/outputs/read.js";
import { outputsWith, sampleCell, turnedBy } from "./sample-cell.js";
import { cells } from "./sections.js";

type Controls = NonNullable<NonNullable<CellOutputs["traffic"]>["controls"]>;

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
      `${at}.keyArns.recovery must be text that begins with "arn:aws:kms:us-west-2:111122223333:key/", got "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555". ${again}`,
    ],
    [
      "a mechanism that nobody knows",
      ({ copies }) => Object.assign(copies[0] ?? {}, { mechanism: "rsync" }),
      `${at}.copies[0].mechanism must be a mechanism that this release knows, got "rsync". ${again}`,
    ],
    [
      "a queue of another account, which would be purged",
      ({ queues: [one] }) =>
        Object.assign(one?.queueUrls ?? {}, {
          primary: "https://sqs.us-east-1.amazonaws.com/999999999999/shop-orders-work",
        }),
      `${at}.queues[0].queueUrls.primary must be "https://sqs.us-east-1.amazonaws.com/111122223333/shop-orders-work", got "https://sqs.us-east-1.amazonaws.com/999999999999/shop-orders-work". ${again}`,
    ],
    [
      "a global database of another cell",
      ({ auroraDatabases: [one] }) =>
        Object.assign(one ?? {}, { globalClusterIdentifier: "shop-billing-ledger" }),
      `${at}.auroraDatabases[0].globalClusterIdentifier must be "shop-orders-ledger", got "shop-billing-ledger". ${again}`,
    ],
    [
      "endpoints that changed places",
      ({ auroraDatabases: [one] }) => {
        if (one) one.members.recovery.clusterEndpoint = one.members.primary.clusterEndpoint;
      },
      `${at}.auroraDatabases[0].members.recovery.clusterEndpoint must be text that begins with "shop-orders-ledger-us-west-2.cluster-" and ends with ".us-west-2.rds.amazonaws.com", got "shop-orders-ledger-us-east-1.cluster-1.us-east-1.rds.amazonaws.com". ${again}`,
    ],
    [
      "an address of another Region's database",
      ({ replicatedDatabases: [one] }) => {
        if (one) one.instances.recovery.address = one.instances.primary.address;
      },
      `${at}.replicatedDatabases[0].instances.recovery.address must be text that begins with "shop-orders-catalogue-us-west-2." and ends with ".us-west-2.rds.amazonaws.com", got "shop-orders-catalogue-us-east-1.1.us-east-1.rds.amazonaws.com". ${again}`,
    ],
    [
      "a load balancer of the other Region",
      ({ services: [one] }) => {
        if (one?.recovery) one.recovery.loadBalancerDnsName = one.primary.loadBalancerDnsName;
      },
      `${at}.services[0].recovery.loadBalancerDnsName must be text that ends with ".us-west-2.elb.amazonaws.com", got "api-1.us-east-1.elb.amazonaws.com". ${again}`,
    ],
    [
      "a database that no copy counts in the arithmetic",
      ({ copies }) => copies.splice(0, 1),
      `${at}.copies must be a list with the copy of "ledger" (auroraDatabases), got none. ${again}`,
    ],
    [
      "a copy of a database that no step would promote",
      (cell) => Object.assign(cell, { auroraDatabases: [] }),
      `${at}.copies[0].name must be the name of a store that is copied by "aurora-global-database", got "ledger". ${again}`,
    ],
    [
      "a database twice, which would be failed over twice",
      ({ auroraDatabases }) => auroraDatabases.push(...auroraDatabases),
      `${at}.auroraDatabases[1].name must be given once, got "ledger". ${again}`,
    ],
    [
      "a failover that leaves less than there is",
      ({ services: [one] }) => {
        if (one) one.primary.tasks.failover = 10;
      },
      `${at}.services[0].primary.tasks.failover must be at least 50, as what runs without a failover, got 10. ${again}`,
    ],
    [
      "an option in the place of a public name",
      ({ traffic }) => traffic && Object.assign(traffic.records[0] ?? {}, { name: "-f/etc/hosts" }),
      `${at}.traffic.records[0].name must be a whole domain name in lower case, got "-f/etc/hosts". ${again}`,
    ],
    [
      "a path that leads to another host",
      ({ services: [one] }) => Object.assign(one ?? {}, { healthCheckPath: ".evil.example/" }),
      `${at}.services[0].healthCheckPath must be a path that begins with a slash, got ".evil.example/". ${again}`,
    ],
    [
      "a table of another environment",
      ({ tables: [one] }) => Object.assign(one ?? {}, { tableName: "test-orders-sessions" }),
      `${at}.tables[0].tableName must be "shop-orders-sessions", got "test-orders-sessions". ${again}`,
    ],
    [
      "a promise of the database that its copy does not keep",
      ({ auroraDatabases: [one] }) => Object.assign(one ?? {}, { onPartition: "keep-committing" }),
      `${at}.auroraDatabases[0].onPartition must be "block-commits", as its copy says, got "keep-committing". ${again}`,
    ],
  ])("are refused with %s", (_what, mutate, message) => {
    const cell = sampleCell();
    mutate(cell);
    const read = readOutputs(JSON.stringify({ disasterRecovery: outputsWith(cell) }));
    expect(read.ok ? [] : read.problems.map((problem) => problem.message)).toContain(message);
  });

  test.each<readonly [string, (controls: Controls) => unknown, string]>([
    [
      "one control for both Regions",
      ({ controlArns }) => Object.assign(controlArns, { recovery: controlArns.primary }),
      `${at}.traffic.controls.controlArns.recovery must be given once, got "arn:aws:route53-recovery-control::111122223333:controlpanel/1/routingcontrol/1". ${again}`,
    ],
    [
      "no endpoint to turn them at",
      (controls) => Object.assign(controls, { endpoints: [] }),
      `${at}.traffic.controls.endpoints must be a list of at least one endpoint, got an empty list. ${again}`,
    ],
    [
      "an endpoint of another Region",
      ({ endpoints: [one] }) => Object.assign(one ?? {}, { region: "us-east-2" }),
      `${at}.traffic.controls.endpoints[0].endpoint must be an address in us-east-2, got "https://host.route53-recovery-cluster.us-east-1.amazonaws.com/v1". ${again}`,
    ],
  ])("with routing controls are refused with %s", (_what, mutate, message) => {
    const cell = turnedBy("routing-control");
    if (cell.traffic?.controls) mutate(cell.traffic.controls);
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
