import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Tools } from "../../runtime/cli/tools.js";
import { environmentProgram } from "../../runtime/rehearsal/program/environment-program.js";
import { runProgram } from "../../runtime/rehearsal/program/run-program.js";
import { type OwnPacks, startOwnPacks } from "../support/own-packs.js";
import { ran } from "./harness.js";

const mistakes = "test/environment/refused/";
const judged = "test/policies/environments/";

/** The lines with which a fixture says what is expected of it. */
function headerOf(file: string): readonly string[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line.startsWith("# ")).map((line) => line.slice(2));
}

describe("an environment file with one mistake", () => {
  it.each(readdirSync(mistakes))("is refused by check and by preview alike: %s", async (name) => {
    const file = `${mistakes}${name}`;
    const [expected = ""] = headerOf(file);
    const message = expected.replace(/^expect: /, "");

    for (const command of ["check", "preview"]) {
      const { code, stderr } = await ran([command, file]);
      expect(code).toBe(1);
      expect(stderr).toContain(message);
    }
  });
});

interface PreviewedViolations {
  readonly violations: readonly { level: string; policy: string; message: string }[];
}

describe("an environment that a policy judges", () => {
  let packs: OwnPacks;
  beforeAll(async () => {
    packs = await startOwnPacks();
  });
  afterAll(() => packs.stop());

  /** As the real one, but over packs that were started once. */
  const preview: Tools["preview"] = async (file, { name }) => {
    const run = await runProgram({ ...environmentProgram(".", file, name), preview: true });
    return { ...run, violations: await packs.judge(run) };
  };

  it.each(readdirSync(judged))(
    "meets that policy in a preview, word for word: %s",
    async (name) => {
      const file = `${judged}${name}`;
      const expected = headerOf(file);

      const { code, stdout } = await ran(["preview", file, "--json"], { preview });

      const { violations } = JSON.parse(stdout) as PreviewedViolations;
      expect(
        violations.map(({ level, policy, message }) => `${level} ${policy}: ${message}`),
      ).toEqual(expected);
      expect(code).toBe(expected.some((line) => line.startsWith("mandatory")) ? 1 : 0);
    },
  );

  it.each(readdirSync(judged))(
    "is refused by check where a preview refuses it: %s",
    async (name) => {
      const file = `${judged}${name}`;
      const isRefused = headerOf(file).some((line) => line.startsWith("mandatory"));

      const { code } = await ran(["check", file]);

      expect(code).toBe(isRefused ? 1 : 0);
    },
  );
});
