import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runbook } from "../../runtime/runbook/runbook.js";
import { filled } from "../../runtime/runbook/words.js";
import { sampleOutputs, sampleText } from "../runbook/sample-outputs.js";
import { ran } from "./harness.js";

const folder = mkdtempSync(join(tmpdir(), "runbook-"));

function written(text: string): string {
  const file = join(folder, "outputs.json");
  writeFileSync(file, text);
  return file;
}

describe("aws-dr runbook", () => {
  test("renders Markdown from what Pulumi prints, piped into it", () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["dist/runtime/cli/main.js", "runbook", "-"],
      { input: sampleText(), encoding: "utf8" },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^# Runbook of thousand-servers\n/);
  });

  test("writes HTML into a file and says nothing", async () => {
    const output = join(folder, "runbook.html");
    const file = written(sampleText());
    const outcome = await ran(["runbook", file, "--format", "html", "--output", output]);
    expect(outcome).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(readFileSync(output, "utf8")).toMatch(/^<!doctype html>\n/);
  });

  test("renders the sections that are asked for, in their own order", async () => {
    const { stdout } = await ran([
      "runbook",
      written(sampleText()),
      "--section",
      "recovery",
      "drill",
    ]);
    expect(stdout.match(/^## .*$/gm)).toEqual(["## Drill", "## Recovery"]);
  });

  test("refuses a section that there is not, and names those that there are", async () => {
    const { code, stderr } = await ran(["runbook", written(sampleText()), "--section", "drills"]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'aws-dr: --section must be one of the sections of this runbook, got "drills". Choose from: overview, drill, recovery, clean-up, lost-hub-region.\n',
    });
  });

  test("renders nothing of outputs that it refuses", async () => {
    const file = written(sampleText().replaceAll("us-west-2", "us-west-9"));
    const { code, stdout, stderr } = await ran(["runbook", file]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("does not hold the outputs of a stack that this release can render\n");
    expect(stderr).toContain("disasterRecovery.hub.standbyRegion must be a Region");
    expect(stderr).toContain("disasterRecovery.spokes[1].lanes[0].region must be a Region");
  });

  test("refuses a file that is not there", async () => {
    const { code, stderr } = await ran(["runbook", join(folder, "nowhere.json")]);
    expect(code).toBe(1);
    expect(stderr).toContain("aws-dr: file must be one that can be read: ENOENT");
  });
});

test("the sample of the documentation is what is rendered now (else: -u)", async () => {
  const { stdout } = await ran(["runbook", written(sampleText())]);
  await expect(stdout).toMatchFileSnapshot("../../docs/runbooks/thousand-servers.md");
});

/** The sample's estate with a tenth of its servers: the same plan in a tenth of the time. */
function smallerEstate(): string {
  const text = readFileSync("examples/thousand-servers/environment.yaml", "utf8");
  const file = join(folder, "environment.yaml");
  writeFileSync(file, text.replace(/\b((?:servers|count): \d+)0\b/g, "$1"));
  return file;
}

describe("the commands of this package in a runbook", () => {
  const values = { ENVIRONMENT_FILE: smallerEstate() };
  const lines = runbook(sampleOutputs())
    .sections.flatMap(({ steps }) => steps)
    .flatMap(({ commands }) => commands)
    .filter(({ argv }) => argv[0] === "aws-dr")
    .map(({ argv }) => filled(argv, values).slice(1));

  test("are those by which a person prepares", () => {
    expect(lines.map(([command]) => command)).toEqual(["check", "rehearse", "rehearse"]);
  });

  test.each(lines)("run to their end: aws-dr %s %s %s %s %s", async (...argv) => {
    const { code, stderr } = await ran(argv);
    expect(code, stderr).toBe(0);
  });
});
