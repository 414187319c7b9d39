import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { describedOperations } from "../../../runtime/rehearsal/emulator/behaviour.js";
import { operations } from "../../../runtime/rehearsal/services/drs/routes.js";

const described = describedOperations.map(({ name }) => name).sort();

describe("the described operations", () => {
  it("are those of the published model, each once", () => {
    const model = JSON.parse(readFileSync("test/models/drs.json", "utf8")) as {
      operations: Readonly<Record<string, unknown>>;
    };
    expect(described).toEqual(Object.keys(model.operations).sort());
  });

  it("hold every operation that is emulated", () => {
    expect(operations.filter(({ name }) => !described.includes(name))).toEqual([]);
  });
});
