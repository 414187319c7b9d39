import { describe, expect, test } from "vitest";
import type { CellOutputs } from "../../runtime/runbook/outputs/cell.js";
import { readOutputs } from "../../runtime/runbook/outputs/read.js";
import { outputsWith, sampleCell } from "./sample-cell.js";
import { cells } from "./sections.js";

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
