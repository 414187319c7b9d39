import { describe, expect, test } from "vitest";
import type { CellOutputs } from "../../runtime/runbook/outputs/cell.js";
import { readOutputs } from "../../runtime/runbook/outputs/read.js";
import { outputsWith, sectionOf, tableRestoredCell } from "./sample-cell.js";
import { linesOf, titlesOf } from "./sections.js";

const linesIn = (id: string) => linesOf(sectionOf(tableRestoredCell(), `cell-orders-${id}`));

describe("a table without a replica", () => {
  test.each(["drill", "failover", "failback"])(
    "is taken through a %s by these commands",
    async (id) => {
      const lines = linesIn(id).filter((line) => / (backup|dynamodb) /.test(line));
      await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(`golden/restored-table-${id}.txt`);
    },
  );

  test("is restored by a failover under its own name, with the role and the key of the outputs", () => {
    const restores = linesIn("failover").filter((line) => line.includes("start-restore-job"));
    expect(restores).toHaveLength(1);
    expect(restores[0]).toContain("--region us-west-2");
    expect(restores[0]).toContain("role/shop-orders-backups-restore");
    expect(restores[0]).toContain(
      '{"targetTableName":"shop-orders-sessions","encryptionType":"KMS","kmsMasterKeyArn":"arn:aws:kms:us-west-2:',
    );
  });

  test("is backed up in both Regions before the one at home makes room for it", () => {
    const lines = linesIn("failback");
    const at = (...words: readonly string[]) =>
      lines.findIndex((line) => words.every((word) => line.includes(word)));
    const order = [
      at("start-backup-job", "--region us-west-2"),
      at("start-backup-job", "--region us-east-1"),
      at("start-copy-job", "--region us-west-2"),
      at("delete-table", "--region us-east-1"),
      at("start-restore-job", "--region us-east-1"),
      at("delete-table", "--region us-west-2"),
    ];
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });

  test("is home before anything answers there, and goes away elsewhere last", () => {
    const order = [
      "See that nothing writes in us-east-1",
      "Back the tables up in both Regions, and copy those of us-west-2 to us-east-1",
      "Make room for the tables in us-east-1",
      "Restore the tables in us-east-1 from the copies there",
      "Give the tables in us-east-1 what a restore leaves out",
      "Raise what runs in us-east-1",
      "Turn traffic to us-east-1",
      "See that it works",
      "Take away the tables in us-west-2",
    ];
    const titles = titlesOf(tableRestoredCell(), "cell-orders-failback");
    expect(titles.filter((title) => order.includes(title))).toEqual(order);
  });

  test("leaves a drill as it found it", () => {
    const lines = linesIn("drill");
    expect(lines.filter((line) => line.includes("delete-table"))).toEqual([
      "aws dynamodb delete-table --region us-west-2 --table-name shop-orders-sessions",
    ]);
  });
});

describe("the outputs of a table without a replica", () => {
  const again = 'Take them anew from the stack: "pulumi stack output --json".';
  const at = "disasterRecovery.cells[0]";

  test.each<readonly [string, (cell: CellOutputs) => unknown, readonly string[]]>([
    [
      "the vault that it is restored from",
      (cell) => Object.assign(cell, { backupVault: undefined, copies: cell.copies.slice(0, -1) }),
      [`${at}.backupVault must be the vault that tables are restored from, got nothing. ${again}`],
    ],
    [
      "the roles that restore it",
      (cell) => Reflect.deleteProperty(cell, "backupRoles"),
      [`${at}.backupRoles must be a mapping, as tables are restored, got nothing. ${again}`],
    ],
    [
      "the role of its own cell",
      ({ backupRoles }) =>
        Object.assign(backupRoles ?? {}, { restore: "arn:aws:iam::111122223333:role/other" }),
      [
        `${at}.backupRoles.restore must be "arn:aws:iam::111122223333:role/shop-orders-backups-restore", got "arn:aws:iam::111122223333:role/other". ${again}`,
      ],
    ],
    [
      "what a restore leaves out",
      ({ tables: [one] }) => Reflect.deleteProperty(one ?? {}, "restored"),
      [
        `${at}.copies must be a list with the copy of "sessions" (tables), got none. ${again}`,
        `${at}.copies[0].name must be the name of a store that is copied by "dynamodb-backup-copy", got "sessions". ${again}`,
        `${at}.backupRoles must be absent where no table is restored, got a mapping. ${again}`,
      ],
    ],
  ])("are refused without %s", (_title, mutate, problems) => {
    const cell = tableRestoredCell();
    mutate(cell);
    const read = readOutputs(JSON.stringify({ disasterRecovery: outputsWith(cell) }));
    expect(read.ok ? [] : read.problems.map(({ message }) => message)).toEqual(problems);
  });
});
