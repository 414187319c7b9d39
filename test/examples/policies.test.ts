import { existsSync, readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleRun } from "../support/example-runs.js";
import { type OwnPacks, startOwnPacks } from "../support/own-packs.js";

const examples = readdirSync("examples").filter((example) =>
  existsSync(`examples/${example}/environment.yaml`),
);

/** The rules that only advise an example, or cannot check all of it before it is deployed. */
const advised: Readonly<Record<string, readonly string[]>> = {
  "active-active": ["dr-no-wildcard-action"],
  "backup-and-restore": ["dr-no-wildcard-action", "dr-standby-capacity"],
  "pilot-light": ["dr-no-wildcard-action"],
  "six-servers": ["dr-plan-drilled"],
  "thousand-servers": ["dr-fleet-below-warning"],
  "warm-standby": ["dr-no-wildcard-action"],
};

describe("an example's environment", () => {
  let packs: OwnPacks;
  beforeAll(async () => {
    packs = await startOwnPacks();
  });
  afterAll(() => packs.stop());

  it.each(examples)("of %s is refused by no policy of any pack", async (example) => {
    const run = await exampleRun(example, true);
    const violations = await packs.judge(run);

    expect(run.messages).toEqual([]);
    expect(violations.filter(({ level }) => level === "mandatory")).toEqual([]);
    const rules = [...new Set(violations.map(({ policy }) => policy))];
    expect(rules.toSorted()).toEqual(advised[example] ?? []);
  });
});
