import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import {
  filled,
  jsonWord,
  shellLine,
  variable,
  variablesOf,
  type Word,
} from "../../runtime/runbook/words.js";

const execution = variable("EXECUTION");

/** The arguments that a shell makes of a line. */
function readByShell(argv: readonly Word[], values: Readonly<Record<string, string>>): unknown {
  const print = `"$0" -e 'console.log(JSON.stringify(process.argv.slice(1)))' -- `;
  const { stdout } = spawnSync("sh", ["-c", `${print}${shellLine(argv)}`, process.execPath], {
    env: values,
    encoding: "utf8",
  });
  return JSON.parse(stdout);
}

describe("a command's words", () => {
  const argv: readonly Word[] = [
    "plain",
    'it\'s; a $HOME `pwd` "word"',
    '{"sk":{"S":"HEAD"}}',
    ["arn:", execution],
    jsonWord({
      operation: "start",
      executionId: execution,
      odd: 'a "b" $c `d` \\e',
      list: [1, true],
    }),
  ];
  const values = { EXECUTION: "drill one" };

  test("are read by a shell as they were meant, variables filled in", () => {
    expect(readByShell(argv, values)).toEqual(filled(argv, values));
  });

  test("hold a payload that is JSON once the variables have values", () => {
    expect(JSON.parse(filled(argv, values)[4] ?? "")).toEqual({
      operation: "start",
      executionId: "drill one",
      odd: 'a "b" $c `d` \\e',
      list: [1, true],
    });
  });

  test("name each variable once", () => {
    expect(variablesOf(argv)).toEqual(["EXECUTION"]);
  });

  test("are not filled where a variable has no value", () => {
    expect(() => filled(argv, {})).toThrow("EXECUTION must have a value, got none.");
  });
});
