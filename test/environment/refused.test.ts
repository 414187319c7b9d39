import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadEnvironment } from "../../runtime/environment/load.js";

const folder = fileURLToPath(new URL("refused/", import.meta.url));

interface Refused {
  readonly file: string;
  readonly message: string;
  readonly line: number;
}

/** What a fixture says of itself in its first two lines. */
function refused(file: string): Refused {
  const [expected = "", line = ""] = readFileSync(`${folder}${file}`, "utf8").split("\n");
  return {
    file,
    message: expected.replace(/^# expect: /, ""),
    line: Number(line.replace(/^# line: /, "")),
  };
}

describe("an environment with one mistake", () => {
  const fixtures = readdirSync(folder).map(refused);

  it.each(fixtures)("is refused with that mistake alone, in whole words: $file", (fixture) => {
    const loaded = loadEnvironment(`${folder}${fixture.file}`);

    const problems = loaded.ok ? [] : loaded.problems;
    expect(problems.map(({ message, line }) => ({ message, line }))).toEqual([
      { message: fixture.message, line: fixture.line },
    ]);
  });

  it("has a fixture for every kind of mistake that is known", () => {
    expect(fixtures.length).toBeGreaterThanOrEqual(90);
  });
});
