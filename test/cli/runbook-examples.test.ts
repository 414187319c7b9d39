import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cellExamples, exampleOutputs } from "../support/example-outputs.js";
import { ran } from "./harness.js";

const folder = mkdtempSync(join(tmpdir(), "runbook-examples-"));

describe("the runbook of an example", () => {
  test.each(cellExamples)(
    "%s is rendered from what its program says of itself, and holds no secret",
    async (name) => {
      const text = await exampleOutputs(name);
      expect(text).not.toMatch(/4dabf18193072939515e22adb298388d|\[secret\]/);
      const file = join(folder, `${name}.json`);
      writeFileSync(file, text);
      const { code, stdout, stderr } = await ran(["runbook", file]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).not.toMatch(/undefined|NaN|\[object/);
      await expect(stdout).toMatchFileSnapshot(`../../docs/runbooks/${name}.md`);
    },
  );
});
