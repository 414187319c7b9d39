import { describe, expect, it } from "vitest";
import {
  BackupVaultPair,
  GlobalTable,
  RegionalQueue,
  ReplicatedBucket,
  ReplicatedRegistry,
  ReplicatedSecret,
  type StoreObjectives,
} from "../../../components/index.js";
import { keyArns, orders } from "../../support/cells.js";
import { refusalOf, runProgram } from "../../support/pulumi-mocks.js";

const common = { cell: orders, name: "ledger", keyArns };

/** Each store with the objectives that were promised of it; databases and caches have tests of their own. */
const stores: readonly [string, (objectives: StoreObjectives) => unknown][] = [
  [
    "BackupVaultPair",
    (objectives) => new BackupVaultPair("one", { ...common, stores: ["rds"], objectives }),
  ],
  ["GlobalTable", (objectives) => new GlobalTable("one", { ...common, hashKey: "id", objectives })],
  [
    "RegionalQueue",
    (objectives) =>
      new RegionalQueue("one", {
        ...common,
        pattern: "outbox",
        onRecovery: "purge",
        objectives,
      }),
  ],
  ["ReplicatedBucket", (objectives) => new ReplicatedBucket("one", { ...common, objectives })],
  [
    "ReplicatedRegistry",
    (objectives) => new ReplicatedRegistry("one", { ...common, repositories: ["api"], objectives }),
  ],
  ["ReplicatedSecret", (objectives) => new ReplicatedSecret("one", { ...common, objectives })],
];

describe("what is promised of a store", () => {
  it.each(stores)("stands in the contract of a %s", async (type, make) => {
    const objectives = { rtoMinutes: 15, rpoSeconds: 900 };
    const run = await runProgram(() => make(objectives));
    const component = run.one(`aws-dr:data:${type}`, "one");
    expect(component.inputs).toMatchObject({ objectives });
    expect(component.outputs).toMatchObject({ objectives });
  });

  it.each(stores)("may be no more than a time, of a %s", async (type, make) => {
    const run = await runProgram(() => make({ rtoMinutes: 15 }));
    expect(run.one(`aws-dr:data:${type}`, "one").inputs.objectives).toEqual({ rtoMinutes: 15 });
  });

  it.each(stores)("is refused out of bounds, before a %s is made", async (_type, make) => {
    const { message, children } = await refusalOf(() => make({ rtoMinutes: 0, rpoSeconds: -1 }));
    expect(message).toBe(
      "objectives.rtoMinutes must be 1 to 10080 minutes, got 0.\n" +
        "objectives.rpoSeconds must be 0 to 86400 seconds, got -1.",
    );
    expect(children).toEqual([]);
  });
});
