import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { leftOut } from "../../../../runtime/rehearsal/services/drs/left-out.js";
import { operations } from "../../../../runtime/rehearsal/services/drs/routes.js";

const model = JSON.parse(
  readFileSync(new URL("../../../models/drs.json", import.meta.url), "utf8"),
);

describe("the operations that AWS publishes", () => {
  it("are each emulated or told as left out, and none is both", () => {
    const emulated = operations.map(({ name }) => name);
    const refused = leftOut.flatMap((family) => family.operations);
    expect([...emulated, ...refused].sort()).toEqual(Object.keys(model.operations).sort());
  });
});
