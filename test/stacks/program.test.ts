import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runProgram } from "../../runtime/rehearsal/program/run-program.js";
import { readOutputs } from "../../runtime/runbook/outputs/read.js";

const directory = fileURLToPath(new URL("../..", import.meta.url));

/** Runs the built program as Pulumi would, in a process of its own. */
function run(config: Readonly<Record<string, string>>, preview: boolean) {
  const disabled = { "pulumi:disable-default-providers": '["aws"]' };
  return runProgram({
    directory,
    entry: "dist/program/index.js",
    project: "pulumi-aws-dr",
    stack: "test",
    config: { ...disabled, ...config },
    preview,
  });
}

async function outputOf(preview: boolean) {
  const { succeeded, resources, messages } = await run(
    { environment: "examples/thousand-servers/environment.yaml" },
    preview,
  );
  expect(messages).toEqual([]);
  expect(succeeded).toBe(true);
  return resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs.disasterRecovery;
}

describe("the program", () => {
  test("answers one output that is known at preview, to the last ARN", async () => {
    const output = await outputOf(false);
    await expect(`${JSON.stringify(output, null, 2)}\n`).toMatchFileSnapshot(
      "../golden/stack-output.json",
    );
    expect(await outputOf(true)).toEqual(output);
  });

  test("answers nothing that is secret, and what a runbook is rendered of", async () => {
    const text = JSON.stringify({ disasterRecovery: await outputOf(false) });
    expect(text).not.toMatch(/4dabf18193072939515e22adb298388d|\[secret\]/);
    const read = readOutputs(text);
    expect(read.ok ? [] : read.problems).toEqual([]);
  });

  test("ends with one message where no environment is configured", async () => {
    const { succeeded, messages } = await run({}, true);
    expect(succeeded).toBe(false);
    expect(messages).toEqual([
      {
        severity: "error",
        text: 'pulumi-aws-dr:environment must be the path of an environment file, got nothing. Run "pulumi config set environment <path>".',
      },
    ]);
  });

  test("ends with every problem of the environment, by line and without a stack trace", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "environment-")), "environment.yaml");
    writeFileSync(file, "schemaVersion: 1\nname: Sample\nowner: nobody\n");
    const { succeeded, resources, messages } = await run({ environment: file }, true);
    expect(succeeded).toBe(false);
    const [{ text } = { text: "" }, ...others] = messages;
    expect(others).toEqual([]);
    expect(text).toContain(`${file}:2: name must be `);
    expect(text).toContain(`${file}:3: owner must be `);
    expect(text).not.toMatch(/^\s+at /m);
    expect(resources.filter(({ custom }) => custom)).toEqual([]);
  });
});
