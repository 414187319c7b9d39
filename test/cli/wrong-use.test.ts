import { describe, expect, test } from "vitest";
import { ran, sixServersFile } from "./harness.js";

const commands = ["check", "preview", "rehearse", "emulate"] as const;

describe("wrong use", () => {
  test.each([
    [["chekc", "file"], /unknown command 'chekc'/],
    [["check"], /missing required argument 'file'/],
    [["check", "a", "b"], /too many arguments/],
    [["rehearse", "a", "--sede", "1"], /unknown option '--sede'/],
    [["rehearse", "a", "--seed", "1.5"], /It must be a whole number/],
    [["rehearse", "a", "--stranger", "thief"], /Allowed choices are drill, recovery, terminate/],
  ])("%j exits with 2 and says why on stderr alone", async (argv, why) => {
    const { code, stdout, stderr } = await ran(argv);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(why);
    expect(stderr).toMatch(/^aws-dr: /);
  });

  test("with --json it is one document on stdout", async () => {
    const { code, stdout, stderr } = await ran(["check", "--json"]);
    expect(code).toBe(2);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      error: "missing required argument 'file'",
      problems: [],
    });
  });

  test("no command at all shows the help on stderr", async () => {
    const { code, stdout, stderr } = await ran([]);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("Usage: aws-dr");
  });
});

describe("help and version", () => {
  test.each(commands)("aws-dr %s --help shows an example", async (command) => {
    const { code, stdout, stderr } = await ran([command, "--help"]);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toMatch(new RegExp(`Examples?:\n  \\$ aws-dr ${command} .*examples/`));
  });

  test("aws-dr --help lists every command and the exit codes", async () => {
    const { code, stdout } = await ran(["--help"]);
    expect(code).toBe(0);
    for (const command of commands) expect(stdout).toContain(`  ${command} `);
    expect(stdout).toContain("Exit codes: 0 done, 1 refused or failed, 2 wrong use.");
  });

  test("--version prints the package's", async () => {
    expect(await ran(["--version"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });
});

describe("what goes wrong inside", () => {
  const failing = { load: () => Promise.reject(new Error("the disk is gone")) };

  test("is told without a stack trace, and exits with 1", async () => {
    expect(await ran(["check", sixServersFile], failing)).toEqual({
      code: 1,
      stdout: "",
      stderr: "aws-dr: the disk is gone\n",
    });
  });

  test("shows its trace where DR_DEBUG asks for it", async () => {
    const { stderr } = await ran(["check", "f"], failing, { variables: { DR_DEBUG: "1" } });
    expect(stderr).toMatch(/^aws-dr: the disk is gone\nError: the disk is gone\n +at /);
  });

  test("is a document with --json", async () => {
    const { stdout } = await ran(["check", "f", "--json"], failing);
    expect(JSON.parse(stdout)).toEqual({ error: "the disk is gone", problems: [] });
  });
});
